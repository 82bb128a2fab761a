import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import typescript from 'typescript-eslint';

const CLOCK = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Now is ctx.now; only doors read the clock, by readClock().' },
  { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'Now is ctx.now; only doors read the clock, by readClock().' },
];
const FORMATS = [
  { selector: 'MemberExpression[object.name="Intl"]', message: 'Times and dates become words in lib/platform/time.ts alone.' },
  { selector: 'MemberExpression[property.name=/^toLocale(Date|Time)?String$/]', message: 'Times and dates become words in lib/platform/time.ts alone.' },
];
const DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Export by name; only Next and the tools need a default.' };
const USE_SERVER = { selector: 'ExpressionStatement[directive="use server"]', message: 'Actions live in files named actions.ts.' };
const CASTS = { selector: 'TSAsExpression:not([typeAnnotation.typeName.name="const"])', message: 'Parse at the door, trust inside: no cast but "as const".' };

const RESTRICTED = [...CLOCK, ...FORMATS, DEFAULT_EXPORT, USE_SERVER, CASTS];
const allow = (...allowed) => ['error', ...RESTRICTED.filter((rule) => !allowed.includes(rule))];
const lines = (max) => ['error', { max, skipBlankLines: true, skipComments: true }];

export default defineConfig(
  globalIgnores(['.next*/**', '.data/**', 'prisma/generated/**', 'test-results/**', 'next-env.d.ts']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [typescript.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-restricted-syntax': allow(),
      'max-lines': lines(250),
      'max-lines-per-function': lines(50),
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['**/*.tsx'], extends: [hooks.configs.flat.recommended], rules: { 'max-lines-per-function': lines(90) } },
  { files: ['app/**/*.{ts,tsx}'], rules: { 'no-restricted-syntax': allow(DEFAULT_EXPORT) } },
  { files: ['app/**/actions.ts'], rules: { 'no-restricted-syntax': allow(USE_SERVER) } },
  { files: ['lib/platform/{time,time-words}.ts'], rules: { 'no-restricted-syntax': allow(...CLOCK, ...FORMATS, CASTS) } },
  // The edges where an untyped library or a brand meets our types.
  { files: ['lib/platform/{migrate,migration-adapter,db}.ts', '**/*.schema.ts', 'lib/*/schema.ts'], rules: { 'no-restricted-syntax': allow(CASTS) } },
  { files: ['*.config.{ts,js}', 'scripts/test-support/cluster.ts'], rules: { 'no-restricted-syntax': allow(DEFAULT_EXPORT) } },
  { files: ['scripts/**/*.{ts,mjs}'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**/*.ts'],
    rules: { 'max-lines': lines(400), 'max-lines-per-function': 'off', 'no-restricted-syntax': allow(...CLOCK, CASTS) },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable', URL: 'readonly', setInterval: 'readonly' } },
  },
  // Old Node must be able to read it.
  { files: ['scripts/run.mjs'], rules: { 'no-var': 'off' } },
);
