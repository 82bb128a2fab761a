// Makes the folder ready to run (packages, links, Prisma client), then runs one script with tsx. Plain Node: nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { releaseLock, takeLock } from './lock.mjs';

const ROOT = path.dirname(fileURLToPath(new URL('../', import.meta.url)));
const DATA = path.join(ROOT, '.data');
const PROBE = path.join(DATA, '.writable');
const INSTALL_LOCK = path.join(DATA, 'install.lock');
const CLIENT = path.join(ROOT, 'prisma', 'generated');
const CLIENT_STAMP = path.join(CLIENT, 'schema.digest');
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

export async function launch(name, args) {
  process.chdir(ROOT);
  const script = path.join('scripts', `${name}.ts`);
  if (!/^[a-z-]+$/.test(name ?? '') || !existsSync(script)) return give(`There is no script named ${name}.`);
  const obstacle = prepareFolder();
  if (obstacle) return give(obstacle);
  const fault = await prepareCode();
  if (fault) return give(fault);
  runScript(script, args);
}

function give(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}

// PostgreSQL's own user must be able to pass through .data when root has made it under a strict umask.
function prepareFolder() {
  try {
    accessSync(ROOT, constants.W_OK);
    mkdirSync(DATA, { recursive: true });
    writeFileSync(PROBE, '');
    rmSync(PROBE);
    if (process.getuid?.() === 0) chmodSync(DATA, 0o755);
    return null;
  } catch {
    return `Onward must be able to write in its own folder, ${ROOT}: it is read-only for this user.`;
  }
}

async function prepareCode() {
  if (isInstalled() && isGenerated()) return link();
  let waits = takeLock(INSTALL_LOCK);
  if (waits !== null) console.log('Waiting for another Onward script that installs packages in this folder.');
  for (; waits !== null; waits = takeLock(INSTALL_LOCK)) await wait(500);
  process.once('exit', () => releaseLock(INSTALL_LOCK));
  try {
    return (isInstalled() ? null : install()) ?? (await link()) ?? (isGenerated() ? null : generate());
  } finally {
    releaseLock(INSTALL_LOCK);
  }
}

// npm notes what it put into node_modules last of all: a broken-off install has no such file.
function isInstalled() {
  const installed = path.join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = packagesOf(path.join(ROOT, 'package-lock.json'));
  const found = packagesOf(installed);
  return Object.entries(wanted).every(([folder, { version, optional }]) => !folder || (found[folder] ? found[folder].version === version : optional));
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function install() {
  console.log('Installing packages (npm ci)');
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // NODE_ENV=production would leave out what builds the pages.
  const { status } = spawnSync(command, [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'], { stdio: 'inherit' });
  return status === 0 ? null : 'The packages could not be installed: npm ci failed, for the reason it gives above.';
}

async function link() {
  const { hydrate } = await import('../hydrate.mjs');
  hydrate();
  return null;
}

function isGenerated() {
  return existsSync(CLIENT_STAMP) && readFileSync(CLIENT_STAMP, 'utf8') === schemaDigest();
}

function generate() {
  // Prisma looks for a native engine that generating does not use: any file that exists will do.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: 'package.json', PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' };
  const { status, stderr } = spawnSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], { env, encoding: 'utf8' });
  if (status !== 0) return `The Prisma client could not be generated: ${stderr.trim()}`;
  writeFileSync(CLIENT_STAMP, schemaDigest());
  return null;
}

function schemaDigest() {
  const hash = createHash('sha1').update(readFileSync(path.join(ROOT, 'package-lock.json')));
  const folder = path.join(ROOT, 'prisma', 'schema');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(path.join(folder, name)));
  return hash.digest('hex');
}

// A group of its own: Ctrl-C in a terminal reaches every process of a group, and npm passes it on as well; the script gets it once,
// from here, and decides the order in which web server and database end. The channel tells it when this process is gone.
function runScript(script, args) {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
  let isEnding = false;
  for (const signal of Object.keys(SIGNAL_CODES)) {
    process.on(signal, () => {
      if (!isEnding) child.kill(signal);
      isEnding = true;
    });
  }
  watchNpm(() => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? SIGNAL_CODES[signal] ?? 1));
}

// npm that is killed hard passes nothing on: its child is then somebody else's.
function watchNpm(orphaned) {
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  setInterval(() => process.ppid !== npm && orphaned(), 500).unref();
}
