// A lock file with the process that holds it: one that was killed leaves a file behind, but no process.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Takes the lock and returns null, or returns the process id of the living script that holds it. */
export function takeLock(file) {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return null;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = lockHolder(file);
    if (holder !== null) return holder;
    rmSync(file, { force: true });
  }
}

/** The process id of the living script that holds the lock, or null. */
export function lockHolder(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return pid > 0 && pid !== process.pid && isOurs(pid) ? pid : null;
  } catch {
    return null;
  }
}

/** Lets go of a lock that this process holds. */
export function releaseLock(file) {
  try {
    if (Number(readFileSync(file, 'utf8')) === process.pid) rmSync(file, { force: true });
  } catch {
    // Somebody removed the folder: then the lock is gone too.
  }
}

// A killed script's number may have been given to another program since.
function isOurs(pid) {
  return /scripts\/(run\.mjs|[a-z-]+\.ts)/.test(commandLine(pid));
}

function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return process.platform === 'linux' ? '' : psLine(pid);
  }
}

function psLine(pid) {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
