import type { CsvFault } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import type { LocalDate } from '@/lib/platform/time-words';
import { patternCells, type PatternRow } from '@/lib/schedule/csv.schema';
import type { ScheduleFacts, SingleEdit, TemplateNow, TemplatePattern } from '@/lib/schedule/schema';
import { minuteWords } from '@/lib/schedule/typed.rules';

/** The schedules of one service with those of their weekly patterns that are not over. */
export type ServicePatterns = { serviceId: string; dosId: string; odsCode: string; schedules: readonly { id: string; facts: ScheduleFacts; templates: readonly TemplateNow[] }[] };

/** The change of a weekly pattern, or a new one. */
export type TemplateEdit = Extract<SingleEdit, { kind: 'set-template' }>;

/** A row with where it goes; without `template` it is a new pattern. `had`: the facts of its schedule, null for a new one. */
type Placed = PatternRow & { service: ServicePatterns; scheduleId: string; had: ScheduleFacts | null; template: TemplateNow | undefined; isSame: boolean };

/**
 * What a file of weekly patterns changes in the services of whoever sent it. A row that is as a pattern already is changes nothing; one
 * that crosses a pattern of its schedule changes that one, from `today` or its first day on; any other is a new pattern. Patterns that
 * are not in the file stay. A schedule is known by its name, one without a name by its channel and practitioner.
 * Refuses with every fault at once: those of the rows themselves (a row that changes nothing has none), a service that is not theirs, a
 * schedule that is not clear, patterns of one schedule that cross, a practitioner in two places. Source: docs/rules.md#files.
 */
export function planPatterns(rows: readonly PatternRow[], { services, today, mint }: { services: readonly ServicePatterns[]; today: LocalDate; mint: () => string }): Result<{ edits: TemplateEdit[]; same: number }, readonly CsvFault[]> {
  const { placed, faults } = place(rows, { services, mint });
  const clear = placed.filter(({ isRead }) => isRead);
  const found = [...faults, ...factFaults(clear), ...crossings(clear, services), ...practitionerFaults(clear)];
  if (found.length > 0) return refuse(found.toSorted((one, other) => one.row - other.row));
  const edits = placed.filter(({ isSame }) => !isSame).map((row) => editOf(row, { today, mint }));
  return ok({ edits, same: placed.length - edits.length });
}

type Given = { services: readonly ServicePatterns[]; mint: () => string };
type Placing = Given & { taken: Set<string>; fresh: Map<string, string> };

function place(rows: readonly PatternRow[], given: Given): { placed: Placed[]; faults: CsvFault[] } {
  const placing: Placing = { ...given, taken: new Set(), fresh: new Map() };
  const faults: CsvFault[] = [];
  const known = rows.flatMap((row) => {
    const service = given.services.find(({ dosId }) => dosId === row.dosId);
    if (service) return [{ row, service }];
    const isNamed = row.faults.every(({ column }) => column !== 'service_dos_id');
    faults.push(...row.faults, ...(isNamed ? [{ row: row.row, column: 'service_dos_id', message: 'You run no service with this DoS id' }] : []));
    return [];
  });
  // Rows that change nothing first, so that no other row takes their pattern for its own.
  const same = known.map(({ row, service }) => unchanged(row, service, placing));
  const placed = known.flatMap(({ row, service }, index) => {
    const found = same[index] ?? changed(row, service, placing);
    if (!found?.isSame) faults.push(...row.faults);
    if (found) return [found];
    faults.push({ row: row.row, column: 'schedule', message: 'The service has several schedules of this name, none with this channel and practitioner' });
    return [];
  });
  return { placed, faults };
}

function unchanged(row: PatternRow, service: ServicePatterns, { taken }: Placing): Placed | null {
  if (!row.isRead) return null;
  for (const { id, facts, templates } of service.schedules) {
    const template = sameFacts(facts, row.facts) && templates.find((had) => !taken.has(had.id) && samePattern(had, row.pattern));
    if (!template) continue;
    taken.add(template.id);
    return { ...row, service, scheduleId: id, had: facts, template, isSame: true };
  }
  return null;
}

function changed(row: PatternRow, service: ServicePatterns, { taken, fresh, mint }: Placing): Placed | null {
  const schedules = candidatesFor(row, service);
  if (!schedules) return null;
  const template = nearest(row.pattern, schedules.flatMap(({ templates }) => templates).filter(({ id }) => !taken.has(id)));
  if (template) taken.add(template.id);
  const schedule = schedules.find(({ id }) => id === template?.scheduleId) ?? schedules[0];
  const key = `${service.serviceId} ${scheduleKey(row.facts)}`;
  const scheduleId = schedule?.id ?? fresh.get(key) ?? mint();
  if (!schedule) fresh.set(key, scheduleId);
  return { ...row, service, scheduleId, had: schedule?.facts ?? null, template, isSame: false };
}

/** The schedules that the row may mean, none for a new one; null when it is not clear which. */
function candidatesFor({ facts }: PatternRow, { schedules }: ServicePatterns): ServicePatterns['schedules'] | null {
  const known = schedules.filter((schedule) => scheduleKey(schedule.facts) === scheduleKey(facts));
  if (known.length < 2 || facts.name === null) return known;
  const exact = known.filter((schedule) => sameFacts(schedule.facts, facts));
  return exact.length > 0 ? exact : null;
}

function scheduleKey(facts: ScheduleFacts): string {
  return facts.name === null ? JSON.stringify(factList(facts)) : facts.name.toLowerCase();
}

function factList({ name, channel, practitionerRole, practitionerName, practitionerGender }: ScheduleFacts) {
  return [name, channel, practitionerRole, practitionerName, practitionerGender];
}

function sameFacts(one: ScheduleFacts, other: ScheduleFacts): boolean {
  return JSON.stringify(factList(one)) === JSON.stringify(factList(other));
}

// As cells, in which two patterns that mean the same are written the same.
function samePattern(one: TemplatePattern, other: TemplatePattern): boolean {
  const cells = (pattern: TemplatePattern) => patternCells({ dosId: '', facts: NO_FACTS, pattern }).join('\n');
  return cells(one) === cells(other);
}

const NO_FACTS: ScheduleFacts = { name: null, channel: null, practitionerRole: null, practitionerName: null, practitionerGender: null };

/** The pattern that shares the most time with this one; undefined when none does. */
function nearest(pattern: TemplatePattern, templates: readonly TemplateNow[]): TemplateNow | undefined {
  const crossed = templates.filter((template) => sharedMinutes(pattern, template) > 0);
  return crossed.toSorted((one, other) => sharedMinutes(pattern, other) - sharedMinutes(pattern, one))[0];
}

/** Minutes of a week in which both have a session; 0 also when their dates do not meet. */
function sharedMinutes(one: TemplatePattern, other: TemplatePattern): number {
  const isApart = (one.validTo !== null && one.validTo < other.validFrom) || (other.validTo !== null && other.validTo < one.validFrom);
  if (isApart) return 0;
  const minutes = Math.min(one.closesMinute, other.closesMinute) - Math.max(one.opensMinute, other.opensMinute);
  return Math.max(0, minutes) * one.weekdays.filter((day) => other.weekdays.includes(day)).length;
}

function factFaults(placed: readonly Placed[]): CsvFault[] {
  const first = new Map<string, Placed>();
  return placed.flatMap((row) => {
    const before = first.get(row.scheduleId);
    if (!before) first.set(row.scheduleId, row);
    if (!before || sameFacts(before.facts, row.facts)) return [];
    return [{ row: row.row, column: 'schedule', message: `Row ${before.row} has the same schedule with another channel or practitioner` }];
  });
}

function crossings(placed: readonly Placed[], services: readonly ServicePatterns[]): CsvFault[] {
  const taken = new Set(placed.map(({ template }) => template?.id));
  const left = services.flatMap(({ schedules }) => schedules.flatMap(({ templates }) => templates)).filter(({ id }) => !taken.has(id));
  return placed.flatMap((row, index) => {
    const sameSchedule = placed.slice(0, index).filter(({ scheduleId, isSame }) => scheduleId === row.scheduleId && !(isSame && row.isSame));
    const rows = sameSchedule.filter(({ pattern }) => sharedMinutes(pattern, row.pattern) > 0);
    const others = row.isSame ? [] : left.filter(({ scheduleId, ...pattern }) => scheduleId === row.scheduleId && sharedMinutes(pattern, row.pattern) > 0);
    return [
      ...rows.map((other) => ({ row: row.row, column: 'from', message: `It crosses row ${other.row}, of the same schedule` })),
      ...others.map((other) => ({ row: row.row, column: 'from', message: `It crosses the pattern from ${minuteWords(other.opensMinute)} to ${minuteWords(other.closesMinute)} of the same schedule, which is not in the file` })),
    ];
  });
}

// The same person is known by their name within one provider, as for sessions.
function practitionerFaults(placed: readonly Placed[]): CsvFault[] {
  const named = placed.flatMap((row) => (row.facts.practitionerName ? [{ ...row, key: `${row.service.odsCode}:${row.facts.practitionerName.toLowerCase()}` }] : []));
  return named.flatMap((row, index) =>
    named
      .slice(0, index)
      .filter((other) => other.key === row.key && other.scheduleId !== row.scheduleId && !(other.isSame && row.isSame) && sharedMinutes(other.pattern, row.pattern) > 0)
      .map((other) => ({ row: row.row, column: 'practitioner_name', message: `The same person is in row ${other.row} then: nobody can be in two places` })),
  );
}

function editOf({ service, scheduleId, had, facts, template, pattern }: Placed, { today, mint }: { today: LocalDate; mint: () => string }): TemplateEdit {
  return {
    kind: 'set-template',
    serviceId: service.serviceId,
    templateId: template?.id ?? mint(),
    nextTemplateId: mint(),
    schedule: { id: scheduleId, facts: had && sameFacts(had, facts) ? null : facts },
    pattern,
    from: pattern.validFrom > today ? pattern.validFrom : today,
  };
}
