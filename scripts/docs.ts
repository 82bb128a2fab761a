import { writeFileSync } from 'node:fs';
import { workflowDoc } from './support/workflow-doc';

/** `npm run docs`: writes what is made from code. */
writeFileSync('docs/workflow.md', workflowDoc());
console.log('Written: docs/workflow.md');
