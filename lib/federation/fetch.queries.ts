import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { request, type Agent } from 'node:https';
import { promisify } from 'node:util';
import { gunzip, type ZlibOptions } from 'node:zlib';
import { publicLookup } from '@/lib/federation/address.queries';

/** How long Onward waits for another system to connect, and for the whole answer, in milliseconds; and how many bytes it takes, unpacked too. */
export type Limits = { connectMs: number; wholeMs: number; mostBytes: number };

/** What another system answered; `text` null: too long, or not text in UTF-8. Of other statuses than 200 nothing is read. */
export type Answer = { status: number; contentType: string | null; retryAfter: string | null; date: string | null; text: string | null };

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const unpack = promisify<Uint8Array, ZlibOptions, Uint8Array>(gunzip);

/**
 * One GET over https with an answer of limited time and size; redirects are not followed, and only public addresses are connected to (B-928). Null when no
 * answer came: no such name, no connection, not trusted, too late, broken off.
 */
export async function getLimited(url: string, { agent, headers, limits }: { agent: Agent; headers: Record<string, string>; limits: Limits }): Promise<Answer | null> {
  const call = request(url, { agent, headers, lookup: publicLookup, signal: AbortSignal.timeout(limits.wholeMs) });
  // Without somebody who listens, an error that comes after the answer would end the process.
  call.on('error', () => undefined);
  call.once('socket', (socket) => {
    // One that was kept alive is connected, and its address was looked at then.
    if (!socket.connecting) return;
    const late = setTimeout(() => call.destroy(new Error('Not connected in time')), limits.connectMs);
    for (const event of ['secureConnect', 'close']) socket.once(event, () => clearTimeout(late));
  });
  call.end();
  try {
    const given: unknown[] = await once(call, 'response');
    const [response] = given;
    return response instanceof IncomingMessage ? await answerOf(response, limits) : null;
  } catch {
    // Whatever the other side does, nobody else waits for it: the caller is told that nothing came.
    return null;
  }
}

async function answerOf(response: IncomingMessage, limits: Limits): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  const head = { status, contentType: headers['content-type'] ?? null, retryAfter: headers['retry-after'] ?? null, date: headers.date ?? null };
  if (status === 200) return { ...head, text: await textOf(response, limits) };
  response.destroy();
  return { ...head, text: null };
}

async function textOf(response: IncomingMessage, { mostBytes }: Limits): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response) {
    if (!(part instanceof Uint8Array)) return null;
    size += part.length;
    // Leaving the loop closes the connection: the rest is not waited for.
    if (size > mostBytes) return null;
    parts.push(part);
  }
  return decoded(Buffer.concat(parts), { encoding: response.headers['content-encoding'] ?? 'identity', mostBytes });
}

async function decoded(bytes: Uint8Array, { encoding, mostBytes }: { encoding: string; mostBytes: number }): Promise<string | null> {
  if (encoding !== 'identity' && encoding !== 'gzip') return null;
  try {
    return UTF8.decode(encoding === 'gzip' ? await unpack(bytes, { maxOutputLength: mostBytes }) : bytes);
  } catch {
    return null;
  }
}
