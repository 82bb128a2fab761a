import type { Area } from '@/lib/crossborder/schema';

/** A side of an agreement from its two columns. */
export function areaFrom(kind: string, code: string | null): Area {
  if (code === null) return { kind: 'any' };
  return { kind: kind === 'region' ? 'region' : 'commissioner', code };
}

/** The code of a side, null for any: the second of its columns. */
export function areaCode(area: Area): string | null {
  return area.kind === 'any' ? null : area.code;
}
