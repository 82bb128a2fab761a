import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { workflowDoc } from './support/workflow-doc';

test('docs/workflow.md is what the table of transitions says: npm run docs writes it anew', () => {
  expect(readFileSync('docs/workflow.md', 'utf8')).toBe(workflowDoc());
});
