import { z } from 'zod';
import type { AgreementContent } from '@/lib/crossborder/agreement.schema';
import { OUTCOMES, PARTIES, type Area, type Commissioner, type Conditions, type Terms } from '@/lib/crossborder/schema';
import { termsForm, termsValues } from '@/lib/crossborder/terms-form.schema';
import { dateFields, typedDate, typedList, type Typed } from '@/lib/crossborder/typed.rules';
import { clockText, minuteOf } from '@/lib/directory/hours.rules';
import { requiredLine } from '@/lib/patient/schema';
import { DAY_MINUTES, type MinuteOfDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const MAX_TITLE = 80;
const MAX_WORDS = 200;
const MOST_A_DAY = 10_000;
const LAST_WEEKDAY = 8;

/** What the field of an area says for any commissioner. */
export const ANYBODY = 'any';

/** What the form is filled in from. `dispositions`: to name, and to check codes against. */
export type AgreementChoices = {
  regions: readonly { code: string; name: string; commissioners: readonly Commissioner[] }[];
  nations: readonly Commissioner[];
  serviceTypes: readonly { id: number; name: string }[];
  families: readonly string[];
  dispositions: readonly { code: string; title: string; family: string }[];
};

/** What was typed, before anybody looked up what it names: areas by code or `any`, one service by its DoS id. */
export type TypedAgreement = Omit<AgreementContent, 'from' | 'to' | 'serviceId'> & { from: string; to: string; dosId: string | null };

type Faults = Record<string, string>;

/**
 * An agreement from the flat texts of its form, every fault at its field at once; `today` is the date in London, before which none begins. Fields:
 * `title`; `from`, `to` (a code of a commissioner or region, or `any`); `serviceTypeId` (empty: every type), `dosId` (empty: every service);
 * `dispositions` (codes behind commas or spaces), `families`, `weekdays` (lists, 8 a bank holiday); `fromTime`, `toTime` (both empty: the whole day);
 * `validFrom`, `validTo` (dates in three fields each); `dailyQuota`; and the fields of `termsForm`. A refusal has no price and no quota: told, not dropped.
 */
export function agreementForm(today: LocalDate, choices: AgreementChoices): z.ZodType<TypedAgreement> {
  return z.record(z.string(), z.string()).transform((typed, context) => readAgreement(typed, { today, choices, context }));
}

/** The same while it is typed, for how it stands to others: where and when it holds must be right, the rest may still be missing. */
export function standingForm(today: LocalDate, choices: AgreementChoices): z.ZodType<TypedAgreement> {
  const neutral = { title: 'This agreement', outcome: OUTCOMES[0], pricing: 'within', failedContact: PARTIES[0], followUp: PARTIES[0] };
  return z.record(z.string(), z.string()).transform((typed, context) => readAgreement({ ...typed, ...neutral }, { today, choices, context }));
}

/** The fields that `agreementForm` would read this agreement from; `dosId`: of its one service. */
export function agreementValues(content: AgreementContent, dosId: string | null): Record<string, string> {
  const { title, from, to, serviceTypeId, dispositions, families, weekdays, fromMinute, toMinute, validFrom, validTo, dailyQuota } = content;
  return {
    title,
    from: areaCode(from),
    to: areaCode(to),
    serviceTypeId: serviceTypeId === null ? '' : String(serviceTypeId),
    dosId: dosId ?? '',
    dispositions: dispositions.join(', '),
    families: families.join(','),
    weekdays: weekdays.join(','),
    fromTime: fromMinute === null ? '' : clockText(fromMinute),
    toTime: toMinute === null ? '' : clockText(toMinute),
    ...dateFields('validFrom', validFrom),
    ...dateFields('validTo', validTo),
    dailyQuota: dailyQuota === null ? '' : String(dailyQuota),
    ...termsValues(content),
  };
}

const wholeNumber = z.coerce.number().int().catch(0);

/** Which version is changed, and as which edition it was looked at. */
export const agreementTarget = z.object({ id: z.string().default(''), version: wholeNumber, edition: wholeNumber });

/** Why an agreement is declined, for the other side to read. */
export const declineForm = agreementTarget.extend({ text: requiredLine('reason', MAX_WORDS) });

/** The last day of an agreement, in three fields. */
export const endForm: z.ZodType<z.infer<typeof agreementTarget> & { lastDay: LocalDate }> = z.record(z.string(), z.string()).transform((typed, context) => {
  const lastDay = typedDate(typed, 'lastDay');
  if (lastDay.ok && lastDay.value) return { ...agreementTarget.parse(typed), lastDay: lastDay.value };
  context.addIssue({ code: 'custom', path: ['lastDay'], message: lastDay.ok ? 'Enter the last day on which it holds' : lastDay.error });
  return z.NEVER;
});

function readAgreement(typed: Typed, { today, choices, context }: { today: LocalDate; choices: AgreementChoices; context: z.core.$RefinementCtx }): TypedAgreement {
  const faults: Faults = {};
  const title = titleOf(typed, faults);
  const where = whereOf(typed, { choices, faults });
  const needs = needsOf(typed, { choices, faults });
  const hours = hoursOf(typed, faults);
  const dates = datesOf(typed, { today, faults });
  const terms = termsOf(typed, faults);
  const dailyQuota = quotaOf(typed, faults);
  if (dates && terms && Object.keys(faults).length === 0) return { title, ...where, ...needs, ...hours, ...dates, ...terms, dailyQuota };

  for (const [field, message] of Object.entries(faults)) context.addIssue({ code: 'custom', path: [field], message });
  return z.NEVER;
}

function titleOf(typed: Typed, faults: Faults): string {
  const title = requiredLine('title', MAX_TITLE).safeParse(typed['title']);
  if (!title.success) faults['title'] = title.error.issues[0]?.message ?? 'Enter the title';
  return title.data ?? '';
}

function whereOf(typed: Typed, { choices, faults }: { choices: AgreementChoices; faults: Faults }): Pick<TypedAgreement, 'from' | 'to' | 'serviceTypeId' | 'dosId'> {
  const [from, to] = [(typed['from'] ?? '').trim(), (typed['to'] ?? '').trim()];
  if (from === '') faults['from'] = 'Choose whose patients it is about';
  if (to === '') faults['to'] = 'Choose where the services are';
  // Within a region there are borders between its boards; within a board or a nation there are none.
  const isWide = from === ANYBODY || choices.regions.some(({ code }) => code === from);
  if (from !== '' && from === to && !isWide) faults['to'] = 'Choose another commissioner: within one no border is crossed';
  const type = (typed['serviceTypeId'] ?? '').trim();
  const serviceTypeId = choices.serviceTypes.find(({ id }) => String(id) === type)?.id ?? null;
  if (type !== '' && serviceTypeId === null) faults['serviceTypeId'] = 'Choose a type of service from the list';
  const dosId = (typed['dosId'] ?? '').trim() || null;
  if (dosId !== null && !/^\d{1,20}$/.test(dosId)) faults['dosId'] = 'Enter the DoS id of one service: digits alone';
  else if (dosId !== null && type !== '') faults['dosId'] = 'Choose a type of service, or one service: not both';
  return { from, to, serviceTypeId, dosId };
}

function needsOf(typed: Typed, { choices, faults }: { choices: AgreementChoices; faults: Faults }): Pick<Conditions, 'dispositions' | 'families'> {
  const known = new Map(choices.dispositions.map(({ code }) => [code.toLowerCase(), code]));
  const codes = typedList(typed['dispositions']);
  const unknown = codes.filter((code) => !known.has(code.toLowerCase()));
  if (unknown.length > 0) faults['dispositions'] = `There is no disposition ${unknown.slice(0, 5).map((code) => code.slice(0, 10)).join(', ')}: enter codes like Dx05, Dx06`;
  const families = typedList(typed['families']);
  if (families.some((family) => !choices.families.includes(family))) faults['families'] = 'Choose families from the list';
  return { dispositions: [...new Set(codes.map((code) => known.get(code.toLowerCase()) ?? code))].sort(), families: families.toSorted() };
}

function hoursOf(typed: Typed, faults: Faults): Pick<Conditions, 'weekdays' | 'fromMinute' | 'toMinute'> {
  const weekdays = typedList(typed['weekdays']).map(Number).sort((one, other) => one - other);
  if (weekdays.some((day) => !Number.isInteger(day) || day < 1 || day > LAST_WEEKDAY)) faults['weekdays'] = 'Choose days from the list';
  const [from, to] = [(typed['fromTime'] ?? '').trim(), (typed['toTime'] ?? '').trim()];
  if (from === '' && to === '') return { weekdays, fromMinute: null, toMinute: null };
  const fromMinute = timeOf(from, { field: 'fromTime', missing: 'Enter when it begins, or leave both times empty', faults });
  // Until midnight is until the end of the day.
  const toMinute = timeOf(to, { field: 'toTime', missing: 'Enter when it ends, or leave both times empty', faults }) || DAY_MINUTES;
  if (fromMinute === DAY_MINUTES) faults['fromTime'] = 'Enter 00:00 for the beginning of a day';
  else if (fromMinute !== null && fromMinute === toMinute) faults['toTime'] = 'It must not end when it begins: leave both times empty for the whole day';
  return fromMinute === 0 && toMinute === DAY_MINUTES ? { weekdays, fromMinute: null, toMinute: null } : { weekdays, fromMinute, toMinute };
}

function timeOf(text: string, { field, missing, faults }: { field: string; missing: string; faults: Faults }): MinuteOfDay | null {
  const minute = minuteOf(text);
  if (minute === null) faults[field] = text === '' ? missing : 'Enter a time like 09:00 or 17:30; 24:00 is the end of the day';
  return minute;
}

function datesOf(typed: Typed, { today, faults }: { today: LocalDate; faults: Faults }): Pick<Conditions, 'validFrom' | 'validTo'> | null {
  const [from, to] = [typedDate(typed, 'validFrom'), typedDate(typed, 'validTo')];
  if (!from.ok) faults['validFrom'] = from.error;
  else if (from.value === null) faults['validFrom'] = 'Enter the first day on which it holds';
  else if (from.value < today) faults['validFrom'] = 'What is past stays as it was: choose today or a later day';
  if (!to.ok) faults['validTo'] = to.error;
  else if (from.ok && from.value && to.value && to.value < from.value) faults['validTo'] = 'The last day cannot be before the first';
  return from.ok && from.value && to.ok ? { validFrom: from.value, validTo: to.value } : null;
}

function termsOf(typed: Typed, faults: Faults): Terms | null {
  const terms = termsForm.safeParse(typed);
  for (const { path, message } of terms.error?.issues ?? []) faults[String(path[0])] ??= message;
  return terms.data ?? null;
}

function quotaOf(typed: Typed, faults: Faults): number | null {
  const text = (typed['dailyQuota'] ?? '').trim();
  if (text === '') return null;
  if (!/^\d{1,6}$/.test(text) || Number(text) < 1 || Number(text) > MOST_A_DAY) faults['dailyQuota'] = `Enter a whole number from 1 to ${MOST_A_DAY}, or nothing for as many as there are`;
  else if (typed['outcome'] === 'refuse') faults['dailyQuota'] = 'What is refused has no quota: leave it empty';
  return Number(text);
}

function areaCode(area: Area): string {
  return area.kind === 'any' ? ANYBODY : area.code;
}
