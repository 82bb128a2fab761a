import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runNode } from './child';
import { Fault } from './fault';
import { isEnding } from './run-script';

type Environment = Record<string, string | undefined>;

const FOLDERS = ['app', 'components', 'lib', 'prisma/schema', 'prisma/seed', 'public'];
const FILES = ['next.config.js', 'postcss.config.js', 'package-lock.json', 'tsconfig.json'];
// Pages made at build time may hold these.
const SETTINGS = ['ONWARD_DEMONSTRATION', 'NODE_ENV'];

/** Builds the pages into `folder` unless the build there was made from these very files. Throws a Fault with the compiler's words. */
export async function buildPages(folder: string, env: Environment): Promise<void> {
  const stamp = path.join(folder, 'onward.digest');
  const digest = digestOf(env);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  console.log('  Building the pages: half a minute or so');
  rmSync(stamp, { force: true });
  const { code, output } = await runNode(['node_modules/next/dist/bin/next', 'build'], { env: { ...env, ONWARD_DIST: folder, NEXT_TELEMETRY_DISABLED: '1' }, output: 'kept' });
  if (code !== 0 && !isEnding()) throw new Fault(`The pages could not be built.\n${output.trim()}`);
  if (code === 0) writeFileSync(stamp, digest);
}

function digestOf(env: Environment): string {
  const hash = createHash('sha256');
  for (const name of SETTINGS) hash.update(`${name}=${env[name] ?? ''}\n`);
  for (const file of [...FILES, ...FOLDERS.flatMap(filesUnder)]) {
    if (existsSync(file)) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
