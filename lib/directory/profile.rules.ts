import type { AuditDetail } from '@/lib/audit/events';
import { yearsOf, type AgeRange } from '@/lib/directory/age.rules';
import { hoursText } from '@/lib/directory/hours.rules';
import type { Profile, SpecifiedDate } from '@/lib/directory/profile.queries';
import { OPENING_DAYS, type ProfileChange } from '@/lib/directory/profile.schema';

/** One part of a profile before and after a change, as the audit keeps it: codes, numbers and hours, and of free text only which changed. */
export type ProfileDifference = { before: AuditDetail; after: AuditDetail };

/** What a change makes of one part of a profile; null when it changes nothing. */
export function differenceOf(profile: Profile, change: ProfileChange): ProfileDifference | null {
  const before = partOf(profile, change);
  const after = wantedOf(profile, change);
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  const texts = changedTexts(profile, change);
  if (isSame && texts.length === 0) return null;
  return { before, after: texts.length > 0 ? { ...after, changed: texts } : after };
}

/** Ranges as they are kept: one that reads in years as an old one keeps the days of the old, which may be finer. */
export function keptAges(before: readonly AgeRange[], wanted: readonly AgeRange[]): readonly AgeRange[] {
  const years = (range: AgeRange) => JSON.stringify(yearsOf(range));
  return wanted.map((range) => before.find((old) => years(old) === years(range)) ?? range);
}

function partOf(profile: Profile, change: ProfileChange): AuditDetail {
  switch (change.section) {
    case 'accepts':
      return acceptsDetail({ ...profile, dispositions: profile.dispositions.map(({ code }) => code) });
    case 'symptoms':
      return { symptoms: symptomTexts(profile.symptoms) };
    case 'hours':
      return hoursDetail(profile);
    case 'dates':
    case 'date-removed':
      return dateDetail(profile.specified.find(({ date }) => date === change.date));
    case 'booking':
      return bookingDetail(profile);
    case 'words':
      return {};
    case 'place':
      return { postcode: profile.postcode };
  }
}

function wantedOf(profile: Profile, change: ProfileChange): AuditDetail {
  switch (change.section) {
    case 'accepts':
      return acceptsDetail({ ...change, ages: keptAges(profile.ages, change.ages) });
    case 'symptoms':
      return { symptoms: symptomTexts(change.symptoms) };
    case 'hours':
      return hoursDetail(change);
    case 'dates':
      return dateDetail(change);
    case 'date-removed':
      return dateDetail(undefined);
    case 'booking':
      return bookingDetail(change);
    case 'words':
      return {};
    case 'place':
      return { postcode: change.postcode };
  }
}

// Free text is never audited: that it changed is.
function changedTexts(profile: Profile, change: ProfileChange): string[] {
  switch (change.section) {
    case 'words':
      return Object.entries(change.words).flatMap(([name, value]) => (Object.entries(profile.words).some(([known, old]) => known === name && old === value) ? [] : [name]));
    case 'place':
      return [...(change.name === profile.name ? [] : ['name']), ...(change.address === profile.address ? [] : ['address'])];
    case 'dates':
      return (profile.specified.find(({ date }) => date === change.date)?.reason ?? null) === change.reason ? [] : ['reason'];
    default:
      return [];
  }
}

type Accepts = { dispositions: readonly string[]; ages: readonly AgeRange[]; genders: readonly string[]; roles: readonly string[] };

function acceptsDetail({ dispositions, ages, genders, roles }: Accepts): AuditDetail {
  return {
    dispositions: dispositions.toSorted(),
    ages: ages.toSorted((one, other) => one.daysFrom - other.daysFrom).map(({ daysFrom, daysTo }) => `${daysFrom}-${daysTo}`),
    genders: genders.toSorted(),
    roles: roles.toSorted(),
  };
}

function symptomTexts(symptoms: readonly { groupId: number; discriminatorId: number }[]): string[] {
  return symptoms.map(({ groupId, discriminatorId }) => `${groupId}-${discriminatorId}`).toSorted();
}

function hoursDetail({ isOpenAllHours, onlyIfOpenMinutes, hours }: Pick<Profile, 'isOpenAllHours' | 'onlyIfOpenMinutes' | 'hours'>): AuditDetail {
  const days = OPENING_DAYS.flatMap((_, index) => {
    const sessions = hours.filter(({ day }) => day === index + 1);
    return sessions.length > 0 ? [`${index + 1}: ${hoursText(sessions)}`] : [];
  });
  return { isOpenAllHours, onlyIfOpenMinutes, days };
}

function dateDetail(specified: Pick<SpecifiedDate, 'date' | 'sessions'> | undefined): AuditDetail {
  return specified ? { date: specified.date, sessions: hoursText(specified.sessions) } : {};
}

function bookingDetail({ isBookable, isBookingOnly, holdMinutes, cancelBy, refusesFrom }: Pick<Profile, 'isBookable' | 'isBookingOnly' | 'holdMinutes' | 'cancelBy' | 'refusesFrom'>): AuditDetail {
  return { isBookable, isBookingOnly, holdMinutes, cancelBy, refusesFrom: refusesFrom.toSorted() };
}
