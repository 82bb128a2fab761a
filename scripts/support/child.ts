import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { closeAtEnd } from './run-script';

type Options = { env?: Record<string, string | undefined>; output: 'shown' | 'kept' };

export type Ended = { code: number; output: string };

const PATIENCE_MS = 5_000;
const LEASH = pathToFileURL(path.resolve('scripts/support/leash.mjs')).href;

/** Starts a Node program that ends with this script, however either of them is killed. */
export function startNode(args: readonly string[], { env = {}, output }: Options): ChildProcess {
  const stdio: StdioOptions = output === 'shown' ? ['ignore', 'inherit', 'inherit', 'ipc'] : ['ignore', 'pipe', 'pipe', 'ipc'];
  const child = spawn(process.execPath, ['--import', LEASH, ...args], { stdio, env: { ...process.env, ...env, ONWARD_PARENT: String(process.pid) } });
  closeAtEnd(() => stopChild(child));
  return child;
}

/** Runs a Node program to its end; with kept output, both streams come back as one text. */
export async function runNode(args: readonly string[], options: Options): Promise<Ended> {
  const child = startNode(args, options);
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  await once(child, 'close');
  return { code: child.exitCode ?? 1, output: said.join('') };
}

/** Asks a child to end, and ends it when it does not within five seconds. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(impatience);
}
