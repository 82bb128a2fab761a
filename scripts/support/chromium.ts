import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { chromium } from '@playwright/test';
import { runNode } from './child';
import { Fault } from './fault';

const DEBIAN = '/usr/bin/chromium';

/**
 * The Chromium of the journeys, installed when there is none; null is Playwright's own.
 * Looked for in CHROMIUM_PATH, /usr/bin and Playwright's folder; got by apt-get as root, else by Playwright's download.
 */
export async function findChromium(): Promise<string | null> {
  const given = process.env['CHROMIUM_PATH'];
  if (given) {
    if (!existsSync(given)) throw new Fault(`CHROMIUM_PATH is ${given}, and there is no such file.`);
    return given;
  }
  if (existsSync(DEBIAN)) return DEBIAN;
  if (existsSync(chromium.executablePath())) return null;
  if (installByApt()) return DEBIAN;
  const { code, output } = await runNode(['node_modules/playwright/cli.js', 'install', 'chromium'], { output: 'kept' });
  if (code === 0) return null;
  throw new Fault(`No Chromium was found, and none could be installed: set CHROMIUM_PATH to one.\n${output.trim()}`);
}

function installByApt(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log('Installing Chromium (apt-get)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return existsSync(DEBIAN);
}
