import { Fault } from './fault';
import { portState } from './port';

/** Where the web server listens and what it calls itself. */
export type Settings = { port: number; host: string; publicUrl: string; isDemonstration: boolean };

/** Reads PORT (3000), HOST (127.0.0.1), PUBLIC_URL and ONWARD_DEMONSTRATION (0 switches it off) from the environment. */
export function readSettings(): Settings {
  const port = readPort(process.env['PORT'] || '3000');
  return {
    port,
    host: process.env['HOST'] || '127.0.0.1',
    publicUrl: readPublicUrl(process.env['PUBLIC_URL'] || `http://localhost:${port}`),
    isDemonstration: process.env['ONWARD_DEMONSTRATION'] !== '0',
  };
}

/** Throws a Fault unless the web server could listen there now: asked before the long work, not after it. */
export async function requireFreePort({ port, host }: Settings): Promise<void> {
  const state = await portState(port, host).catch(() => null);
  if (state === null) throw new Fault(`HOST is ${host}, which is no address of this machine.`);
  if (state === 'taken') throw new Fault(`Port ${port} is taken by another program: stop that, or choose another with PORT=3001 npm start.`);
  if (state === 'not-allowed') throw new Fault(`Port ${port} may not be used by this user: choose one above 1023, as in PORT=3001 npm start.`);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Fault(`PORT is ${text}, which is no port: it must be a whole number from 1 to 65535.`);
  return port;
}

function readPublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new Fault('PUBLIC_URL must be a web address, such as https://onward.example.org.');
  return url.href.replace(/\/$/, '');
}
