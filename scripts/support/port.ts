import { createServer } from 'node:net';

export type PortState = 'free' | 'taken' | 'not-allowed';

const CODES: Record<string, PortState> = { EADDRINUSE: 'taken', EACCES: 'not-allowed' };

/** Whether this script may listen on `port` of `host`; 127.0.0.1 unless said otherwise. Throws for a host that is not ours. */
export function portState(port: number, host = '127.0.0.1'): Promise<PortState> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const state = CODES[error.code ?? ''];
      if (state) resolve(state);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve('free')));
  });
}

/** `preferred` when it is free on 127.0.0.1, else any other port that is. */
export async function freePort(preferred: number): Promise<number> {
  if ((await portState(preferred)) === 'free') return preferred;
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port was given'))));
    });
  });
}
