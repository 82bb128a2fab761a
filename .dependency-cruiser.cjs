// The walls of docs/architecture.md: what may import what. scripts/boundaries.test.ts plants a violation of each.
const FEATURE = '^lib/(?!platform/|fhir/)([^/]+)/';
const DATA = '(^|[/.])(queries|commands)\\.ts$';
const TEST = '\\.test\\.tsx?$';
const value = { dependencyTypesNot: ['type-only'] }; // Types may cross a wall, code may not.
const wall = (name, from, to) => ({ name, severity: 'error', from, to });

// The feature graph, lowest first: what each feature may use besides platform, auth and audit. No arrow back.
const GRAPH = {
  auth: [],
  audit: [],
  directory: [],
  patient: [],
  crossborder: ['directory', 'patient'],
  schedule: ['directory'],
  registry: ['directory', 'patient'],
  referral: ['directory', 'patient'],
  notify: ['directory', 'patient'],
  booking: ['directory', 'patient', 'schedule', 'registry', 'crossborder', 'referral', 'notify'],
  federation: ['directory', 'patient', 'registry', 'crossborder', 'booking'],
  reports: ['directory', 'schedule', 'booking', 'registry', 'crossborder', 'referral'],
};

module.exports = {
  forbidden: [
    wall('no-cycles', { pathNot: '^prisma/generated/' }, { circular: true }),
    wall('app-is-the-top', { pathNot: '^(app|e2e)/' }, { path: '^app/' }),
    wall('lib-knows-no-screen', { path: '^lib/' }, { path: '^components/' }),
    wall('lib-knows-no-framework', { path: '^lib/', pathNot: '^lib/auth/(session|config)\\.ts$' }, { path: 'node_modules/(next|next-auth|react|react-dom)/' }),
    wall('platform-is-the-floor', { path: '^lib/platform/', pathNot: TEST }, { path: '^lib/(?!platform/)' }),
    wall('hono-only-in-fhir', { pathNot: '^(lib/fhir|scripts)/' }, { path: 'node_modules/(hono|@hono)/' }),
    wall('nhs-kit-only-in-ui', { pathNot: '^components/(ui|layout)/' }, { path: 'node_modules/(nhsuk-react-components|nhsuk-frontend)/' }),
    wall('temporal-only-in-time', { pathNot: '^lib/platform/time(\\.test)?\\.ts$' }, { path: 'node_modules/temporal-polyfill/' }),
    wall(
      'database-only-in-queries-and-commands',
      { path: '^(app|components|lib)/', pathNot: ['^lib/platform/', DATA, '^lib/audit/(record|seal)\\.ts$', TEST, '^app/api/health/'] },
      { path: '^lib/platform/(db|transact|copy)\\.ts$', ...value },
    ),
    wall(
      'prisma-only-behind-db',
      { path: '^(app|components|lib)/', pathNot: ['^lib/platform/(db|copy|embedded|jobs|migrate|migration-adapter|migration-state)\\.ts$', TEST] },
      { path: '^prisma/generated/|node_modules/(@prisma|pg|pg-copy-streams)/', ...value },
    ),
    wall(
      'rules-are-pure',
      { path: '(^|[/.])rules\\.ts$' },
      { path: ['^lib/platform/(?!result|errors|time)', DATA, 'node_modules/(?!zod)', '^(node:|fs$|crypto$)'], ...value },
    ),
    wall(
      'features-meet-at-named-files',
      { path: FEATURE, pathNot: TEST },
      { path: FEATURE, pathNot: ['^lib/$1/', '(^|[/.])(rules|queries|commands|schema)\\.ts$', '^lib/audit/(record|events)\\.ts$', '^lib/auth/(actor|permissions)\\.ts$'] },
    ),
    wall('features-know-no-fhir', { path: '^lib/(?!fhir/|federation/)' }, { path: '^lib/fhir/' }),
    wall('stu3-and-r4-are-strangers', { path: '^lib/fhir/(stu3|r4)/' }, { path: '^lib/fhir/(stu3|r4)/', pathNot: '^lib/fhir/$1/' }),
    wall('fhir-shared-knows-no-version', { path: '^lib/fhir/shared/' }, { path: '^lib/fhir/(stu3|r4)/' }),
    wall('doors-enter-fhir-by-app-only', { path: '^(app|components|scripts)/' }, { path: '^lib/fhir/', pathNot: '^lib/fhir/app\\.ts$' }),
    wall('conformance-stands-alone', { path: '^scripts/conformance(/|\\.ts$)' }, { path: '^(app|components|lib|prisma)/|node_modules/(pg|@prisma)/' }),
    wall('components-take-props', { path: '^components/' }, { path: DATA, ...value }),
    wall('ui-knows-no-domain', { path: '^components/ui/' }, { path: ['^lib/(?!platform/)', '^components/(?!ui/)'] }),
    ...Object.entries(GRAPH).map(([name, below]) =>
      wall(`graph-${name}`, { path: `^lib/${name}/`, pathNot: TEST }, { path: FEATURE, pathNot: [name, 'audit', 'auth', ...below].map((feature) => `^lib/${feature}/`) }),
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^\\.(next|data)' },
  },
};
