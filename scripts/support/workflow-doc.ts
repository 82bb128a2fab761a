import { WORKFLOW, type StateKind, type Transition } from '@/lib/booking/transitions.rules';

const BEGINS: Record<StateKind, string> = { slot: 'free', appointment: 'booked', call: 'open' };

const NOTES: Record<StateKind, string> = {
  slot: 'One place in time. *Held* is not stored: it is free with an end of the hold in the future, so a hold runs out by comparison and needs no sweeper. A hold can be extended once.',
  appointment: 'Every step makes a new version; all versions are kept and readable. *Cancelled*, *moved* and *entered in error* give the slot back.',
  call: 'One encounter. It is opened, may be handed to a colleague or taken over, and ends in one of three ways. A booked call may still move its appointment.',
};

/** docs/workflow.md: a diagram and a table for each kind of state, from the one table of transitions. */
export function workflowDoc(): string {
  const kinds: readonly StateKind[] = ['slot', 'appointment', 'call'];
  return `# The booking workflow

Made from \`lib/booking/transitions.rules.ts\` by \`npm run docs\`; a test fails when it is out of step. No other transition exists: each is refused by
name, and the database refuses it as well (\`state_transition\`).

${kinds.map(section).join('\n')}`;
}

function section(kind: StateKind): string {
  const steps: readonly Transition[] = WORKFLOW[kind];
  return `## ${kind.charAt(0).toUpperCase()}${kind.slice(1)}

${NOTES[kind]}

\`\`\`mermaid
stateDiagram-v2
  [*] --> ${id(BEGINS[kind])}
${steps.map(({ from, to, by }) => `  ${id(from)} --> ${id(to)}: ${by.join(', ')}`).join('\n')}
\`\`\`

| From | To | By | Means |
|---|---|---|---|
${steps.map(({ from, to, by, means }) => `| ${from} | ${to} | ${by.join(', ')} | ${means} |`).join('\n')}
`;
}

// Mermaid takes no hyphen in the name of a state.
function id(state: string): string {
  return state.replaceAll('-', '_');
}
