import { newId } from '@/lib/platform/id';
import { readClock } from '@/lib/platform/time';
import type { Finding } from '@/lib/registry/verify.queries';
import { Fault } from './support/fault';
import { openForScript } from './support/open-for-script';
import { showProgress } from './support/progress';
import { runScript } from './support/run-script';

const WORDS: Record<Finding['kind'], string> = {
  'entry-missing': 'a live appointment has no entry',
  'appointment-missing': 'an entry of Onward’s own has no appointment',
  'status-differs': 'the entry has another status than its appointment',
  'times-differ': 'the entry has other times than its appointment',
  'number-differs': 'the entry has another NHS number than the patient of its appointment',
  'service-differs': 'the entry names another service or organisation than its appointment',
  'seal-differs': 'the entry is sealed and its service not sensitive, or the other way round',
  'history-ends-otherwise': 'the newest version kept is not what the entry says',
  'history-broken': 'versions of the entry are missing; what they said is not known any more',
  'registrar-unknown': 'the organisation that registered the entry is not in the directory',
};

runScript(work, { interruptedCode: 130 });

/**
 * `npm run registry:verify`: whether every live appointment has its entry, and every entry says what is so. With `-- --repair` it mends what the
 * appointments tell, and names what a person must look at. The exit code is 1 when something stays wrong.
 */
async function work(): Promise<number> {
  const [option] = process.argv.slice(2);
  if (option && option !== '--repair') throw new Fault('npm run registry:verify takes no other option than --repair.');
  const { url } = await openForScript();
  process.env['DATABASE_URL'] = url;
  const findings = await look();
  if (findings.length === 0) return say('Nothing is wrong: appointments and entries agree.', 0);
  return option ? repair(findings) : report(findings);
}

async function look(): Promise<Finding[]> {
  const { aboutHowMany, verifyRegistry } = await import('@/lib/registry/verify.queries');
  const total = await aboutHowMany();
  const done = { appointments: 0, entries: 0 };
  const findings: Finding[] = [];
  const { progress, end } = showProgress();
  for await (const looked of verifyRegistry()) {
    done[looked.of] += looked.count;
    progress(`looking at ${looked.of}`, done[looked.of], total[looked.of]);
    findings.push(...looked.findings);
  }
  end();
  console.log(`Looked at ${done.appointments} appointments and ${done.entries} entries.`);
  return findings;
}

function report(findings: readonly Finding[]): number {
  for (const finding of findings) console.log(lineOf(finding));
  return say(`${findings.length} ${findings.length === 1 ? 'thing is' : 'things are'} wrong. npm run registry:verify -- --repair mends what can be mended.`, 1);
}

async function repair(findings: readonly Finding[]): Promise<number> {
  const { repairFinding } = await import('@/lib/registry/verify.commands');
  let left = 0;
  for (const finding of findings) {
    const ctx = { actor: { kind: 'job', id: 'registry-verify' }, now: readClock(), requestId: newId() } as const;
    const isMended = await repairFinding(ctx, finding);
    if (!isMended) left += 1;
    console.log(`${isMended ? 'mended          ' : 'cannot be mended'}  ${lineOf(finding)}`);
  }
  return left === 0 ? say(`All ${findings.length} mended.`, 0) : say(`${findings.length - left} mended, ${left} for a person to look at.`, 1);
}

function lineOf({ kind, entryId, appointmentId }: Finding): string {
  const ids = [...(entryId ? [`entry ${entryId}`] : []), ...(appointmentId ? [`appointment ${appointmentId}`] : [])];
  return `${kind}  ${ids.join('  ')}  ${WORDS[kind]}`;
}

function say(words: string, code: number): number {
  console.log(words);
  return code;
}
