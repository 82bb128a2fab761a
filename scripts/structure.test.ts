import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const FEATURES = ['auth', 'audit', 'directory', 'schedule', 'booking', 'patient', 'registry', 'crossborder', 'referral', 'notify', 'reports', 'federation'];
const TOP = ['app', 'components', 'docs', 'e2e', 'lib', 'prisma', 'public', 'scripts'];
const MADE = ['node_modules', 'test-results', 'playwright-report'];

const WORDS = /^([a-z0-9-]+\.)?(schema|rules|queries|commands|client)(\.test)?\.ts$/;
const MORE_WORDS: Record<string, RegExp> = {
  auth: /^(actor|permissions|config|session|client-token)(\.test)?\.ts$/,
  audit: /^(events|record|seal)(\.test)?\.ts$/,
};
// What a library without types of its own needs.
const DECLARATION = /^[a-z0-9-]+\.d\.ts$/;
const KEBAB = /^(\[{1,2}(\.\.\.)?[a-zA-Z]+\]{1,2}|\([a-z]+\)|@[a-z]+|\.?[a-z0-9]+([.-][a-z0-9]+)*)$/;
// The last is part of an address (B-003).
const SHOUTED = ['README.md', 'LICENSE', 'STU3'];

test('the folders at the top are exactly those of the architecture', () => {
  const found = readdirSync('.', { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  expect(found.map((entry) => entry.name).filter((name) => !MADE.includes(name)).sort()).toEqual(TOP);
});

test('the folders of lib are platform, fhir and the features, and nothing lies beside them', () => {
  for (const entry of readdirSync('lib', { withFileTypes: true })) {
    expect(entry.isDirectory(), `lib/${entry.name} must be a folder`).toBe(true);
    expect(['platform', 'fhir', ...FEATURES]).toContain(entry.name);
  }
});

test('a feature folder has only files of the closed vocabulary', () => {
  const strangers = FEATURES.flatMap((feature) => namesIn(`lib/${feature}`).filter((name) => !isKnown(feature, name)).map((name) => `lib/${feature}/${name}`));
  expect(strangers).toEqual([]);
});

test('files and folders are named in kebab-case', () => {
  const shouting = TOP.filter((folder) => folder !== 'public')
    .flatMap((folder) => namesUnder(folder))
    .filter((file) => !file.startsWith(path.join('prisma', 'generated')))
    .filter((file) => !file.split(path.sep).every((part) => KEBAB.test(part) || SHOUTED.includes(part) || /^\d+_[a-z0-9_]+$/.test(part)));
  expect(shouting.filter((file) => !/\.(toml|png|txt)$/.test(file))).toEqual([]);
});

function isKnown(feature: string, name: string): boolean {
  return WORDS.test(name) || DECLARATION.test(name) || (MORE_WORDS[feature]?.test(name) ?? false);
}

function namesIn(folder: string): string[] {
  return readdirSync('lib').includes(path.basename(folder)) ? readdirSync(folder) : [];
}

function namesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).map((entry) => path.join(entry.parentPath, entry.name));
}
