import { serve } from '@hono/node-server';
import { fhirApp } from '@/lib/fhir/app';

/** The API on a free port of this machine, until `close`. */
export async function served(clock: () => Date): Promise<{ origin: string; close: () => Promise<void> }> {
  const app = fhirApp(clock);
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
      const close = () => new Promise<void>((closed) => void server.close(() => closed()));
      resolve({ origin: `http://127.0.0.1:${port}`, close });
    });
  });
}
