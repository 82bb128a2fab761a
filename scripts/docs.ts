import { readFileSync, writeFileSync } from 'node:fs';
import { withBordersDoc } from './support/borders-doc';
import { workflowDoc } from './support/workflow-doc';

/** `npm run docs`: writes what is made from code. */
writeFileSync('docs/workflow.md', workflowDoc());
writeFileSync('docs/rules.md', withBordersDoc(readFileSync('docs/rules.md', 'utf8')));
console.log('Written: docs/workflow.md and the tables about borders in docs/rules.md');
