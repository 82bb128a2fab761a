import { createHash } from 'node:crypto';
import pg from 'pg';

/** A statement as it went over the wire. */
export type Sent = { text: string; values: unknown[] };

/**
 * Runs `work` and returns its value with every statement that was sent meanwhile, in order, so that a bare client
 * can send the very same ones.
 */
export async function listen<Value>(work: () => Promise<Value>): Promise<{ value: Value; sent: Sent[] }> {
  const sent: Sent[] = [];
  const send: unknown = Reflect.get(pg.Client.prototype, 'query');
  if (typeof send !== 'function') throw new Error('pg has no query to listen to');
  Reflect.set(pg.Client.prototype, 'query', function query(this: pg.Client, ...args: unknown[]): unknown {
    sent.push(statementOf(args));
    const answer: unknown = Reflect.apply(send, this, args);
    return answer;
  });
  try {
    return { value: await work(), sent };
  } finally {
    Reflect.set(pg.Client.prototype, 'query', send);
  }
}

/** Sends the statements one after another by a bare client, prepared by name as the application prepares them. */
export async function resend(client: pg.Client, sent: readonly Sent[]): Promise<void> {
  for (const { text, values } of sent) {
    const name = values.length > 0 ? `b${createHash('sha1').update(text).digest('hex').slice(0, 24)}` : undefined;
    await client.query({ text, values, ...(name ? { name } : {}) });
  }
}

function statementOf([first, second]: unknown[]): Sent {
  if (typeof first === 'string') return { text: first, values: listOf(second) };
  if (typeof first !== 'object' || first === null || !('text' in first)) throw new Error('an unknown form of query');
  return { text: String(first.text), values: 'values' in first ? listOf(first.values) : [] };
}

function listOf(values: unknown): unknown[] {
  return Array.isArray(values) ? values : [];
}
