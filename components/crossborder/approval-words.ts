import type { ApprovalRow } from '@/lib/crossborder/approval.schema';
import type { Approver, Commissioner } from '@/lib/crossborder/schema';
import { clockTime, dayWords, londonDate, whenWords } from '@/lib/platform/time-words';

/** `42 years, female`: all that an approver learns of the patient. */
export function whoWords({ ageYears, sex }: ApprovalRow['patient']): string {
  const age = ageYears === 0 ? 'under 1 year' : `${ageYears} ${ageYears === 1 ? 'year' : 'years'}`;
  return `${age}, ${sex === 'indeterminate' ? 'sex not known' : sex}`;
}

/** `Dx05 Contact primary care within 2 hours, due by 14:55`, with the day when that is not today. */
export function needWords({ code, title, dueAt }: ApprovalRow['disposition'], now: Date): string {
  const due = dueAt ? `, due by ${whenWords(dueAt, now)}` : '';
  return `${code} ${title}${due}`;
}

/** `today 14:20 to 14:30`, with how it stands to the due time when it is after it. */
export function slotWords({ slot: { startsAt, endsAt }, disposition: { dueAt } }: Pick<ApprovalRow, 'slot' | 'disposition'>, now: Date): string {
  const over = dueAt && startsAt > dueAt ? ', after the due time' : '';
  return `${dayWords(londonDate(startsAt), now)} ${clockTime(startsAt)} to ${clockTime(endsAt)}${over}`;
}

/** `West Yorkshire → Greater Manchester`: whose patient, and where the service is. */
export function betweenWords(from: Commissioner | null, to: Commissioner | null): string {
  return `${from?.name ?? 'not known'} → ${to?.name ?? 'not known'}`;
}

/** How a question ended: who answered and when, or that nobody did. */
export function answerWords({ state, answered }: Pick<ApprovalRow, 'state' | 'answered'>, now: Date): string {
  if (!answered) return 'Nobody answered while the call held the slot';
  return `${state === 'approved' ? 'Approved' : 'Declined'} by ${answered.by}, ${whenWords(answered.at, now)}`;
}

/** As what somebody answers, where it is not plain: who answers for an area. */
export function standingWords(standing: Approver, { host, responsible }: Pick<ApprovalRow, 'host' | 'responsible'>): string {
  const words: Record<Approver, string> = {
    host: `You answer for the host, ${host?.name ?? ''}`,
    responsible: `You answer for the responsible commissioner, ${responsible?.name ?? ''}`,
    supervisor: 'You answer as a supervisor',
    clinician: 'You answer as a clinician',
  };
  return words[standing];
}
