import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { fhirApp } from '@/lib/fhir/app';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';

/** The service root as the tests' installation has it. */
export const ROOT = 'https://onward.example.nhs.uk/STU3';

/** The root of the registry. */
export const REGISTRY_ROOT = 'https://onward.example.nhs.uk/registry/STU3';

/** Sent as it is when it is text or bytes, else as JSON; headers override the ones that belong to it. */
export type Asked = { method?: string; headers?: Readonly<Record<string, string>>; body?: unknown };

/** `resource`: what was answered, when that was JSON. */
export type Told = { status: number; headers: Headers; text: string; resource: z.infer<typeof resource> | null };

export type Door = (path: string, asked?: Asked) => Promise<Told>;

const issue = z.looseObject({ severity: z.string(), code: z.string(), diagnostics: z.string().optional() });
const resource = z.looseObject({
  resourceType: z.string(),
  id: z.string().optional(),
  total: z.number().optional(),
  meta: z.looseObject({ versionId: z.string().optional() }).optional(),
  entry: z.array(z.looseObject({ fullUrl: z.string().optional(), resource: z.looseObject({ resourceType: z.string(), id: z.string().optional() }) })).optional(),
  issue: z.array(issue).optional(),
});

/** The API in this process, as one client with this token meets it at this moment; `path` is below the service root, that of the booking API unless said otherwise. */
export function aDoor({ token, now = A_TUESDAY_AT_TEN, root = ROOT }: { token: string | null; now?: Date; root?: string }): Door {
  const app = fhirApp(() => now);
  return async (path, { method = 'GET', headers = {}, body } = {}) => {
    const own = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }) };
    const answer = await app.fetch(new Request(`${root}${path}`, { method, headers: { ...own, ...headers }, body: body === undefined ? null : written(body) }));
    const text = textOf(Buffer.from(await answer.arrayBuffer()), answer);
    return { status: answer.status, headers: answer.headers, text, resource: isJson(answer) && text ? resource.parse(JSON.parse(text)) : null };
  };
}

function written(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

function textOf(bytes: Buffer, { headers }: Response): string {
  return (headers.get('content-encoding') === 'gzip' ? gunzipSync(bytes) : bytes).toString();
}

function isJson(answer: Response): boolean {
  return /\bjson\b/.test(answer.headers.get('content-type') ?? '');
}
