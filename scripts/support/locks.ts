import path from 'node:path';
import { Fault } from './fault';
import { lockHolder, releaseLock, takeLock } from './lock.mjs';
import { closeAtEnd } from './run-script';

const START = path.resolve('.data/start.lock');
const TEST = path.resolve('.data/test.lock');

/** Makes this the only script that serves from this folder. Throws a Fault when another does. */
export function lockServing(): void {
  lock(START, (pid) => `Onward is already running from this folder (process ${pid}): stop that one first.`);
}

/** Makes this the only run of the tests in this folder: they share a build and a database. Throws a Fault when another runs. */
export function lockTesting(): void {
  lock(TEST, (pid) => `The tests are already running in this folder (process ${pid}): wait for them to end.`);
}

/** The process id of the script that serves from this folder, or null. */
export function servingPid(): number | null {
  return lockHolder(START);
}

function lock(file: string, words: (pid: number) => string): void {
  const holder = takeLock(file);
  if (holder !== null) throw new Fault(words(holder));
  closeAtEnd(async () => releaseLock(file));
}
