import { Agent, request, type OutgoingHttpHeaders } from 'node:http';

export type Sending = { method: 'GET' | 'POST' | 'PUT'; path: string; headers: OutgoingHttpHeaders; body?: string };
export type Received = { status: number; headers: Readonly<Record<string, string | string[] | undefined>>; body: string };

/** Sends requests over `connections` that stay open, as a supplier's system does: without what `fetch` adds to the time of each. */
export function sender(base: string, connections: number): { send: (sending: Sending) => Promise<Received>; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return { send: (sending) => send(base, agent, sending), close: () => agent.destroy() };
}

function send(base: string, agent: Agent, { method, path, headers, body }: Sending): Promise<Received> {
  return new Promise((resolve, reject) => {
    const sent = request(`${base}${path}`, { method, agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts).toString('utf8') }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
