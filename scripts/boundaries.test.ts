import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const CRUISE = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const CONFIG = path.resolve('.dependency-cruiser.cjs');
const FOLDERS = ['app', 'components', 'lib', 'scripts'];

// One violation of each wall: the wall, the file that breaks it, what it imports.
const PLANTS: readonly (readonly [wall: string, from: string, to: string])[] = [
  ['no-cycles', 'lib/patient/about.rules.ts', 'lib/patient/round.rules.ts'],
  ['app-is-the-top', 'components/call/top.tsx', 'app/page.tsx'],
  ['lib-knows-no-screen', 'lib/booking/screen.rules.ts', 'components/ui/button.tsx'],
  ['lib-knows-no-framework', 'lib/booking/framework.commands.ts', 'next'],
  ['platform-is-the-floor', 'lib/platform/floor.ts', 'lib/patient/rules.ts'],
  ['hono-only-in-fhir', 'lib/patient/hono.commands.ts', 'hono'],
  ['nhs-kit-only-in-ui', 'components/booking/kit.tsx', 'nhsuk-react-components'],
  ['temporal-only-in-time', 'lib/schedule/temporal.rules.ts', 'temporal-polyfill'],
  ['database-only-in-queries-and-commands', 'app/database.tsx', 'lib/platform/db.ts'],
  ['database-only-in-queries-and-commands', 'lib/booking/schema.ts', 'lib/platform/transact.ts'],
  ['prisma-only-behind-db', 'lib/booking/prisma.queries.ts', 'prisma/generated/client.ts'],
  ['prisma-only-behind-db', 'lib/booking/pg.queries.ts', 'pg'],
  ['rules-are-pure', 'lib/booking/impure.rules.ts', 'lib/booking/queries.ts'],
  ['rules-are-pure', 'lib/booking/clock.rules.ts', 'lib/platform/env.ts'],
  ['rules-are-pure', 'lib/booking/files.rules.ts', 'node:fs'],
  ['features-meet-at-named-files', 'lib/booking/client.ts', 'lib/directory/client.ts'],
  ['features-know-no-fhir', 'lib/booking/fhir.commands.ts', 'lib/fhir/app.ts'],
  ['stu3-and-r4-are-strangers', 'lib/fhir/stu3/routes.ts', 'lib/fhir/r4/routes.ts'],
  ['fhir-shared-knows-no-version', 'lib/fhir/shared/http.ts', 'lib/fhir/r4/routes.ts'],
  ['doors-enter-fhir-by-app-only', 'app/door.ts', 'lib/fhir/shared/format.ts'],
  ['conformance-stands-alone', 'scripts/conformance/asks.ts', 'lib/platform/db.ts'],
  ['components-take-props', 'components/call/asks.tsx', 'lib/booking/queries.ts'],
  ['ui-knows-no-domain', 'components/ui/knows.tsx', 'lib/booking/rules.ts'],
  ['graph-auth', 'lib/auth/up.commands.ts', 'lib/directory/queries.ts'],
  ['graph-audit', 'lib/audit/up.queries.ts', 'lib/directory/queries.ts'],
  ['graph-directory', 'lib/directory/up.commands.ts', 'lib/booking/queries.ts'],
  ['graph-patient', 'lib/patient/up.commands.ts', 'lib/registry/queries.ts'],
  ['graph-crossborder', 'lib/crossborder/up.commands.ts', 'lib/booking/queries.ts'],
  ['graph-schedule', 'lib/schedule/up.commands.ts', 'lib/booking/queries.ts'],
  ['graph-registry', 'lib/registry/up.commands.ts', 'lib/booking/queries.ts'],
  ['graph-referral', 'lib/referral/up.commands.ts', 'lib/booking/queries.ts'],
  ['graph-notify', 'lib/notify/up.commands.ts', 'lib/booking/queries.ts'],
  ['graph-booking', 'lib/booking/up.commands.ts', 'lib/reports/queries.ts'],
  ['graph-federation', 'lib/federation/up.commands.ts', 'lib/schedule/queries.ts'],
  ['graph-reports', 'lib/reports/up.commands.ts', 'lib/federation/queries.ts'],
];

// What the walls let through: each lies next to a planted violation.
const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ['lib/booking/good.commands.ts', 'lib/platform/transact.ts'],
  ['lib/booking/good.commands.ts', 'lib/directory/queries.ts'],
  ['lib/platform/db.ts', 'prisma/generated/client.ts'],
  ['lib/platform/time.ts', 'temporal-polyfill'],
  ['components/ui/icon.tsx', 'nhsuk-react-components'],
  ['app/good.ts', 'lib/booking/queries.ts'],
  ['scripts/good.ts', 'hono'],
];

const PACKAGES = ['next', 'hono', 'nhsuk-react-components', 'temporal-polyfill', 'pg'];

const report = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});
type Report = z.infer<typeof report>;

const folder = mkdtempSync(path.join(tmpdir(), 'onward-boundaries-'));
let planted: Report;

beforeAll(() => {
  copyFileSync('tsconfig.json', path.join(folder, 'tsconfig.json'));
  write('package.json', JSON.stringify({ type: 'module', dependencies: Object.fromEntries(PACKAGES.map((name) => [name, '1.0.0'])) }));
  for (const name of PACKAGES) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'export const it = 1;');
  }
  const imports = new Map<string, string[]>();
  for (const [from, to] of [...PLANTS.map(([, from, to]): [string, string] => [from, to]), ...ALLOWED]) {
    imports.set(from, [...(imports.get(from) ?? []), to]);
    if (to.includes('/') && !imports.has(to)) imports.set(to, []);
  }
  for (const [from, targets] of imports) write(from, source(targets));
  write('lib/patient/round.rules.ts', source(['lib/patient/about.rules.ts']));
  write('components/call/types.tsx', "import type { it } from '@/lib/platform/db';\nexport type It = typeof it;\n");
  planted = cruise(folder);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(PLANTS)('the wall %s stops %s from importing %s', (wall, from, to) => {
  const caught = planted.summary.violations.filter((violation) => violation.rule.name === wall && violation.from === from);
  expect(caught.map((violation) => violation.to)).toEqual([expect.stringContaining(to.replace('node:', ''))]);
});

test('every wall has a planted violation', () => {
  const config = execFileSync(process.execPath, ['-p', 'JSON.stringify(require(process.argv[1]).forbidden.map((wall) => wall.name))', CONFIG], { encoding: 'utf8' });
  expect(new Set(PLANTS.map(([wall]) => wall))).toEqual(new Set(z.array(z.string()).parse(JSON.parse(config))));
});

test('what is allowed passes: types over any wall, and each library in its home', () => {
  const planters = new Set(PLANTS.map(([, from]) => from));
  const innocent = planted.summary.violations.filter(({ from }) => !planters.has(from) && from !== 'lib/patient/round.rules.ts');
  expect(innocent.map(({ from, rule }) => `${rule.name}: ${from}`)).toEqual([]);
});

test('the walls see the whole project: more than 100 modules, of every folder', { timeout: 120_000 }, () => {
  expect(cruise('.').summary.totalCruised).toBeGreaterThan(100);
});

function cruise(cwd: string): Report {
  const { stdout, stderr } = spawnSync(process.execPath, [CRUISE, '--config', CONFIG, '--output-type', 'json', ...FOLDERS], { cwd, encoding: 'utf8', maxBuffer: 100_000_000 });
  expect(stderr).toBe('');
  return report.parse(JSON.parse(stdout));
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

function source(targets: readonly string[]): string {
  const lines = targets.map((target, index) => `import * as it${index} from '${specifier(target)}';\nexport const use${index} = it${index};\n`);
  return `${lines.join('')}export const it = 1;\n`;
}

function specifier(target: string): string {
  return target.startsWith('node:') || !target.includes('/') ? target : `@/${target.replace(/\.tsx?$/, '')}`;
}
