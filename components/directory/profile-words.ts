import { ageWords } from '@/lib/directory/age.rules';
import { hoursText, isClosed } from '@/lib/directory/hours.rules';
import type { Profile, SpecifiedDate } from '@/lib/directory/profile.queries';
import { OPENING_DAYS } from '@/lib/directory/profile.schema';
import type { Gender, Hours, ReferralRole } from '@/lib/directory/schema';

export const GENDER_WORDS: Record<Gender, string> = { F: 'Female', M: 'Male', I: 'Not known or indeterminate' };

export const REFERRAL_ROLE_WORDS: Record<ReferralRole, string> = { 'call-handler': 'Call handlers', clinician: 'Clinicians' };

const FAMILY_WORDS: Record<string, string> = {
  primary_care: 'Primary care',
  emergency_treatment_centre: 'Emergency treatment centre',
  ambulance: 'Ambulance',
  dental: 'Dental',
  pharmacy: 'Pharmacy',
  covid_cas: 'COVID clinical assessment',
};

/** `Primary care` for `primary_care`. */
export function familyWords(family: string): string {
  const plain = family.replaceAll('_', ' ');
  return FAMILY_WORDS[family] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** `every age`, or `1 to 15 years and 75 years and over`. */
export function agesWords(ages: Profile['ages']): string {
  return ages.length === 0 ? 'none yet' : ages.map(ageWords).join(' and ');
}

/** The week in as few lines as say it: `Monday to Friday: 08:00 to 20:00`; days without hours are closed. */
export function weekLines(hours: Profile['hours']): string[] {
  const days = OPENING_DAYS.map((name, index) => ({ name, words: dayHoursWords(hours.filter(({ day }) => day === index + 1)) }));
  const runs: { from: string; to: string; words: string }[] = [];
  for (const { name, words } of days) {
    const last = runs.at(-1);
    // Public holidays stand by themselves: they are no day of the week.
    if (last && last.words === words && name !== OPENING_DAYS[7]) last.to = name;
    else runs.push({ from: name, to: name, words });
  }
  return runs.map(({ from, to, words }) => `${from === to ? from : `${from} to ${to}`}: ${words}`);
}

/** `closed`, or `09:00 to 12:30, 13:30 to 18:00`. */
export function dayHoursWords(sessions: readonly Hours[]): string {
  return sessions.length === 0 || isClosed(sessions) ? 'closed' : hoursText(sessions);
}

/** The hours of a bank holiday: its own, else those of public holidays, else all hours (D-020). */
export function holidayWords(profile: Pick<Profile, 'hours' | 'isOpenAllHours'>, own: SpecifiedDate | undefined): string {
  if (own) return dayHoursWords(own.sessions);
  if (profile.isOpenAllHours) return 'open all hours';
  return `${dayHoursWords(profile.hours.filter(({ day }) => day === 8))}, as on public holidays`;
}

/** Who may cancel, in words. */
export function cancelWords(cancelBy: string): string {
  return cancelBy === 'booker' ? 'Only the organisation that booked' : 'Any organisation';
}
