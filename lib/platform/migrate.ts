import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { MigrationPg } from '@/lib/platform/migration-adapter';
import { migrationNames, MIGRATIONS_FOLDER } from '@/lib/platform/migration-state';

const SCHEMA_FOLDER = 'prisma/schema';
const FILTERS = { externalTables: [], externalEnums: [] };

/** Applies every migration that the database lacks, in order; returns their names. Throws the engine's own words. */
export async function applyMigrations(url: string): Promise<string[]> {
  return withEngine(url, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrationsList(), filters: FILTERS });
    return appliedMigrationNames;
  });
}

/** The SQL that leads from the migrations to the schema files; an SQL comment alone when they are in step. */
export async function diffMigrations(url: string): Promise<string> {
  return withEngine(url, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...migrationsList() },
      to: { tag: 'schemaDatamodel', files: schemaFiles() },
      script: true,
      exitCode: null,
      filters: FILTERS,
    });
    return stdout ?? '';
  });
}

// The engine ships as WebAssembly: its native twin would have to be downloaded.
async function withEngine<Value>(url: string, work: (engine: bindings.SchemaEngine) => Promise<Value>): Promise<Value> {
  const file = createRequire(path.resolve('package.json')).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = new WebAssembly.Module(readFileSync(file.replace(/\.js$/, '.wasm')));
  const { exports } = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports });
  const { __wbg_set_wasm: setWasm } = bindings as unknown as { __wbg_set_wasm: (exports: WebAssembly.Exports) => void };
  setWasm(exports);
  (exports['__wbindgen_start'] as (() => void) | undefined)?.();

  const adapters = new MigrationPg(url);
  const datamodels = schemaFiles().map((schema): [string, string] => [schema.path, schema.content]);
  const engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapters));
  try {
    return await work(engine);
  } finally {
    await adapters.close();
  }
}

function schemaFiles() {
  return readdirSync(SCHEMA_FOLDER)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => path.join(SCHEMA_FOLDER, name))
    .map((file) => ({ path: file, content: readFileSync(file, 'utf8') }));
}

function migrationsList() {
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: { path: 'migration_lock.toml', content: readFileSync(path.join(MIGRATIONS_FOLDER, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames().map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(path.join(MIGRATIONS_FOLDER, name, 'migration.sql'), 'utf8') },
      },
    })),
  };
}
