import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { TokenSource } from './token-source';

/** What is asked: `path` below the root with its query, headers beside the usual ones (undefined leaves a usual one out). */
export type Ask = {
  method?: string;
  path: string;
  headers?: Readonly<Record<string, string | undefined>>;
  /** An object is sent as JSON. */
  body?: unknown;
  /** Absent: the kit's own; null: none. */
  token?: string | null;
};

/** One request and its answer. */
export type Exchange = {
  method: string;
  path: string;
  sent: Readonly<Record<string, string>>;
  status: number;
  headers: Headers;
  text: string;
  /** The body read as JSON; undefined when it is none. */
  json: unknown;
};

export type Provider = {
  ask: (ask: Ask) => Promise<Exchange>;
  /** Every exchange so far. */
  exchanges: readonly Exchange[];
};

const MAX_WAITS = 3;
const MAX_WAIT_SECONDS = 65;

/** The provider at `base`. Its answers never throw, whatever their status; no answer within `timeoutMs` does. */
export function openProvider({ base, tokens, timeoutMs }: { base: string; tokens: TokenSource; timeoutMs: number }): Provider {
  const exchanges: Exchange[] = [];
  const once = async (ask: Ask): Promise<Exchange> => {
    const exchange = await send(base, timeoutMs, await withHeaders(ask, tokens));
    exchanges.push(exchange);
    return exchange;
  };
  return {
    exchanges,
    ask: async (ask) => {
      let exchange = await once(ask);
      // A provider that limits its consumers is waited for, as its Retry-After says (B-846).
      for (let waits = 0; exchange.status === 429 && waits < MAX_WAITS; waits += 1) {
        await wait(secondsToWait(exchange) * 1_000);
        exchange = await once(ask);
      }
      return exchange;
    },
  };
}

type Sendable = { method: string; path: string; headers: Record<string, string>; body: BodyInit | undefined };

async function withHeaders(ask: Ask, tokens: TokenSource): Promise<Sendable> {
  const method = ask.method ?? 'GET';
  const token = ask.token === undefined ? await tokens.token() : ask.token;
  const body = bodyOf(ask.body);
  const all: Record<string, string | undefined> = {
    accept: 'application/fhir+json',
    authorization: token === null ? undefined : `Bearer ${token}`,
    'content-type': body === undefined ? undefined : 'application/fhir+json',
    'x-request-id': randomUUID(),
    'ssp-traceid': randomUUID(),
    'ssp-from': '999900000101',
    'ssp-to': '999900000202',
    'ssp-interactionid': `urn:nhs:names:services:careconnect:fhir:rest:${interactionOf(method, ask.path)}`,
    ...ask.headers,
  };
  return { method, path: ask.path, headers: Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))), body };
}

async function send(base: string, timeoutMs: number, { method, path, headers, body }: Sendable): Promise<Exchange> {
  // An upload of unknown length goes out in chunks, which fetch wants to be told.
  const duplex = body instanceof ReadableStream ? { duplex: 'half' } : {};
  const answer = await fetch(`${base}${path}`, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs), ...duplex }).catch((error: unknown) => {
    throw new Error(`No answer to ${method} ${path.replace(/\?.*/, '')}: ${reasonOf(error)}`);
  });
  const text = await answer.text();
  return { method, path, sent: headers, status: answer.status, headers: answer.headers, text, json: parsed(text) };
}

function bodyOf(body: unknown): BodyInit | undefined {
  if (body === undefined || typeof body === 'string' || body instanceof ReadableStream || body instanceof Blob || body instanceof URLSearchParams) return body;
  return JSON.stringify(body);
}

function secondsToWait({ headers }: Exchange): number {
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? Math.min(seconds, MAX_WAIT_SECONDS) : 1;
}

function interactionOf(method: string, path: string): string {
  const [, type = '', id] = path.replace(/\?.*/, '').split('/');
  if (type === 'metadata') return 'read:metadata';
  const verb = { POST: 'create', PUT: 'update' }[method] ?? (id ? 'read' : 'search');
  return `${verb}:${type.toLowerCase()}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
