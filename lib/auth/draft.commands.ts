import { createHash } from 'node:crypto';
import type { Ctx } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { addMinutes } from '@/lib/platform/time';

export const DRAFT_MINUTES = 120;

/** A form as it was typed, by whom, for which page; the token is in a cookie of that browser alone. */
type Draft = { token: string; staffId: string; path: string; values: Record<string, string> };

/** Keeps a form whose session had ended, for two hours, for the person who typed it; clears away those that are too old. */
export async function keepDraft({ now }: { now: Date }, { token, staffId, path, values }: Draft): Promise<void> {
  await db.formDraft.deleteMany({ where: { expiresAt: { lte: now } } });
  await db.formDraft.create({
    data: { id: draftId(token), staffId, path, values: storable(values), expiresAt: addMinutes(now, DRAFT_MINUTES) },
  });
}

/**
 * What the same person had typed on this page in this browser, once; null when there is nothing, or it is too old.
 * Somebody else gets nothing, and the draft is gone.
 */
export async function claimDraft(ctx: Ctx, { token, path }: { token: string; path: string }): Promise<Record<string, string> | null> {
  const id = draftId(token);
  const draft = await db.formDraft.findUnique({ where: { id }, select: { staffId: true, path: true, values: true, expiresAt: true } });
  if (!draft) return null;
  const isTheirs = draft.staffId === ctx.actor.id;
  if (isTheirs && draft.path !== path) return null;

  // The delete is the claim: of two pages loading at once, one gets the draft.
  const { count } = await db.formDraft.deleteMany({ where: { id } });
  if (count === 0 || !isTheirs || draft.expiresAt <= ctx.now) return null;
  return texts(draft.values);
}

// PostgreSQL takes no NUL in JSON either.
function storable(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.replaceAll('\0', ''), value.replaceAll('\0', '')]));
}

function texts(values: unknown): Record<string, string> {
  const entries = Object.entries(values ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return Object.fromEntries(entries);
}

function draftId(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
