import type { Manager } from '@/lib/auth/clients.queries';
import { newId } from '@/lib/platform/id';
import { readClock } from '@/lib/platform/time';
import { Fault } from './support/fault';
import { done, parsed, readArguments, say } from './support/manage';
import { openForScript } from './support/open-for-script';
import { runScript } from './support/run-script';

const HELP = `npm run registry:sources -- COMMAND

  list                                   every system that entries are re-read from
  add --root URL --name NAME --reads-for ODS
                                         a new one: its FHIR service root, and the
                                         organisation that Onward reads for
  off ID, on ID                          switches one off or on`;

const OPTIONS = { root: { type: 'string' }, name: { type: 'string' }, 'reads-for': { type: 'string' }, help: { type: 'boolean' } } as const;

const { values: given, positionals } = readArguments(OPTIONS, HELP);
const [command, sourceId = ''] = positionals;

runScript(work, { interruptedCode: 0 });

/** `npm run registry:sources`: looks after the sources of the registry from the terminal of the installation. */
async function work(): Promise<number> {
  if (given.help || !command) return say(HELP);
  const { url } = await openForScript();
  process.env['DATABASE_URL'] = url;
  const ctx: Manager = { actor: { kind: 'job', id: 'registry-sources' }, now: readClock(), requestId: newId() };
  switch (command) {
    case 'list':
      return list(ctx);
    case 'add':
      return add(ctx);
    case 'off':
    case 'on':
      return switchTo(ctx, command);
    default:
      throw new Fault(`There is no command “${command}”.\n\n${HELP}`);
  }
}

async function list(ctx: Manager): Promise<number> {
  const [{ listSources }, { answeredWords, entriesWords, sourceState }] = await Promise.all([import('@/lib/registry/sources.queries'), import('@/components/registry/source-words')]);
  const sources = await listSources(ctx);
  for (const source of sources) {
    const { id, name, root, readsForCode, entries } = source;
    say(`${id}  ${name}\n  ${root} for ${readsForCode}\n  ${sourceState(source, ctx.now).words}. Last answer: ${answeredWords(source, ctx.now)}. Appointments: ${entriesWords(entries)}.`);
  }
  return sources.length > 0 ? 0 : say('There are no sources.');
}

async function add(ctx: Manager): Promise<number> {
  const [{ addSource }, { sourceForm }] = await Promise.all([import('@/lib/registry/sources.commands'), import('@/lib/registry/source.schema')]);
  const form = parsed(sourceForm.safeParse({ root: given.root, name: given.name, readsForCode: given['reads-for'] }));
  const added = await done(ctx, await addSource(ctx, form));
  return say(`Added ${added.sourceId}. Its entries are re-read within the next hour.`);
}

async function switchTo(ctx: Manager, wanted: 'on' | 'off'): Promise<number> {
  const [{ sourceFor }, { switchSource }] = await Promise.all([import('@/lib/registry/sources.queries'), import('@/lib/registry/sources.commands')]);
  const source = await sourceFor(ctx, sourceId);
  const { isChanged } = await done(ctx, await switchSource(ctx, { sourceId, version: source?.version ?? 0, isOn: wanted === 'on' }));
  return say(isChanged ? `The source is ${wanted}.` : `The source was ${wanted} already.`);
}
