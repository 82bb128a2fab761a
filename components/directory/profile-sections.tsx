import type { ReactNode } from 'react';
import { GENDER_WORDS, REFERRAL_ROLE_WORDS, agesWords, cancelWords, dayHoursWords, holidayWords, weekLines } from '@/components/directory/profile-words';
import { SummaryList, type SummaryRow } from '@/components/ui/summary-list';
import type { Profile } from '@/lib/directory/profile.queries';
import type { SymptomGroup } from '@/lib/directory/schema';
import { shortDate, type LocalDate } from '@/lib/platform/time-words';

type Known = { symptomGroups: readonly SymptomGroup[]; holidays: readonly { date: LocalDate; name: string }[]; now: Date };
type ProfileSectionsProps = Known & { profile: Profile };
type SectionProps = { title: string; id: string; part: string; profile: Profile; rows: readonly (readonly [key: string, value: ReactNode])[] };

/** How many bank holidays the summary shows; the page of dates has them all. */
const HOLIDAYS_SHOWN = 3;

/** The whole profile as it stands, in parts, each with the way to change it. */
export function ProfileSections({ profile, ...known }: ProfileSectionsProps) {
  const { words } = profile;
  return (
    <>
      <Section profile={profile} id="accepts" part="accepts" title="What it accepts" rows={acceptsRows(profile)} />
      <Section profile={profile} id="symptoms" part="symptoms" title="Symptoms" rows={[['Symptoms', <Lines key="symptoms" lines={symptomLines(profile, known.symptomGroups)} none="None: only calls without a symptom group find it" />]]} />
      <Section profile={profile} id="hours" part="hours" title="Opening hours" rows={hoursRows(profile)} />
      <Section profile={profile} id="dates" part="dates" title="Single dates" rows={[['Coming', <Lines key="dates" lines={dateLines(profile, known)} none="None" />]]} />
      <Section
        profile={profile}
        id="booking"
        part="booking"
        title="Booking"
        rows={[
          ['Bookings', profile.isBookable ? 'On' : 'Off'],
          ['Appointment needed', profile.isBookingOnly ? 'Yes: no referral without a slot' : 'No'],
          ['A slot is held for', profile.holdMinutes === 1 ? '1 minute' : `${profile.holdMinutes} minutes`],
          ['Who may cancel', cancelWords(profile.cancelBy)],
          ['Takes no bookings from', profile.refusesFrom.length > 0 ? profile.refusesFrom.join(', ') : 'Nobody: every organisation may book'],
        ]}
      />
      <Section
        profile={profile}
        id="words"
        part="words"
        title="Words and contact"
        rows={[
          ['For the call handler', <Text key="handler" text={words.handlerInstructions} />],
          ['For the patient', <Text key="patient" text={words.patientInformation} />],
          ['Access', <Text key="access" text={words.accessNeeds} />],
          ['Public telephone', words.publicPhone ?? 'None'],
          ['Telephone for clinicians', words.staffPhone ?? 'None'],
          ['Website', words.website ?? 'None'],
        ]}
      />
      <Section
        profile={profile}
        id="place"
        part="place"
        title="Name and address"
        rows={[
          ['Name', profile.name],
          ['Address', `${profile.address}, ${profile.postcode}`],
          ['Type', profile.typeName],
          ['Run by', profile.organisationName],
          ['Directory id', profile.dosId],
        ]}
      />
    </>
  );
}

function Section({ title, id, part, profile, rows }: SectionProps) {
  const action = { href: `/schedules/${profile.id}/profile/${part}`, words: 'Change', about: title.toLowerCase() };
  const list = rows.map(([key, value], index): SummaryRow => ({ key, value, ...(index === 0 ? { action } : {}) }));
  return (
    <section aria-labelledby={`${id}-heading`} className="panel mb-4 pb-0">
      <h2 id={`${id}-heading`} className="mb-2 text-lead">
        {title}
      </h2>
      <SummaryList rows={list} />
    </section>
  );
}

function acceptsRows(profile: Profile): SectionProps['rows'] {
  return [
    ['Dispositions', <Lines key="dispositions" lines={profile.dispositions.map(({ code, title }) => `${code} ${title}`)} none="None yet: no call finds it" />],
    ['Ages', agesWords(profile.ages)],
    ['Sex', profile.genders.map((gender) => GENDER_WORDS[gender]).join(', ') || 'None: no call finds it'],
    ['Who may refer', profile.roles.map((role) => REFERRAL_ROLE_WORDS[role]).join(', ') || 'Nobody: no call finds it'],
  ];
}

function hoursRows(profile: Profile): SectionProps['rows'] {
  const found = profile.onlyIfOpenMinutes === null ? 'Whenever it opens in time for the patient' : `Only while it is open, or opens within ${profile.onlyIfOpenMinutes} minutes`;
  if (profile.isOpenAllHours) return [['Open', 'All hours, every day'], ['Calls find it', found]];
  return [['Open', profile.hours.length === 0 ? 'Never yet: no call finds it' : <Lines key="week" lines={weekLines(profile.hours)} none="" />], ['Calls find it', found]];
}

function symptomLines({ symptoms }: Profile, groups: readonly SymptomGroup[]): string[] {
  return groups.flatMap(({ id, name, discriminators }) => {
    const own = discriminators.filter((discriminator) => symptoms.some(({ groupId, discriminatorId }) => groupId === id && discriminatorId === discriminator.id));
    return own.length === 0 ? [] : [`${name}: ${own.map((discriminator) => discriminator.name).join('; ')}`];
  });
}

function dateLines(profile: Profile, { holidays, now }: Known): string[] {
  const own = new Map(profile.specified.map((specified) => [specified.date, specified]));
  const bank = holidays.slice(0, HOLIDAYS_SHOWN).map(({ date, name }) => ({ date, words: `${shortDate(date, now)}, ${name}: ${holidayWords(profile, own.get(date))}` }));
  const others = profile.specified
    .filter(({ date }) => !bank.some((holiday) => holiday.date === date))
    .map(({ date, sessions, reason }) => ({ date, words: `${shortDate(date, now)}${reason ? `, ${reason}` : ''}: ${dayHoursWords(sessions)}` }));
  return [...bank, ...others].sort((one, other) => one.date.localeCompare(other.date)).map(({ words }) => words);
}

function Lines({ lines, none }: { lines: readonly string[]; none: string }) {
  if (lines.length === 0) return none;
  return (
    <ul className="m-0 list-none p-0 tabular">
      {lines.map((line) => (
        <li key={line} className="mb-0">
          {line}
        </li>
      ))}
    </ul>
  );
}

function Text({ text }: { text: string | null }) {
  return text ? <span className="whitespace-pre-line wrap-anywhere">{text}</span> : 'None';
}
