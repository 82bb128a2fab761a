import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/id';
import { editState } from '@/lib/schedule/edit.rules';
import type { ScheduleEdit, ScheduleState, SessionNow } from '@/lib/schedule/schema';
import { aPattern, aSessionNow, aState, aTemplateNow, aTemplatePattern, day } from '@/prisma/factories/pattern';

const NOW = new Date('2026-11-24T10:00:00Z');
const [TODAY, TOMORROW, FRIDAY] = [day(2026, 11, 24), day(2026, 11, 25), day(2026, 11, 27)];
const FACTS = { name: 'Video clinic', channel: 'video', practitionerRole: null, practitionerName: null, practitionerGender: null } as const;

/** A schedule with a template since last week, a made day of it tomorrow, and a one-off session on Friday. */
function aWorld() {
  const state = aState();
  const { scheduleId, serviceId } = state;
  const template = aTemplateNow({ scheduleId, validFrom: day(2026, 11, 16) });
  const made = aSessionNow({ scheduleId, templateId: template.id, date: TOMORROW });
  const single = aSessionNow({ scheduleId, date: FRIDAY, opensMinute: 780, closesMinute: 900, extras: [{ fromMinute: 780, toMinute: 795, places: 1 }] });
  const closure = { id: newId(), kind: 'closure' as const, serviceIds: [serviceId, newId()], startsAt: new Date('2026-11-26T00:00:00Z'), endsAt: new Date('2026-11-27T00:00:00Z'), reason: 'Training' };
  return { state: { ...state, templates: [template], sessions: [made, single], closures: [closure] }, serviceId, scheduleId, template, made, single, closure };
}

type World = ReturnType<typeof aWorld>;

function edited(state: ScheduleState, edit: ScheduleEdit): ScheduleState {
  const outcome = editState(state, edit, { now: NOW, mint: newId });
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value;
}

const refusal = (state: ScheduleState, edit: ScheduleEdit) => {
  const outcome = editState(state, edit, { now: NOW, mint: newId });
  return outcome.ok ? null : outcome.error;
};
const sessionIn = (state: ScheduleState, id: string): SessionNow | undefined => state.sessions.find((session) => session.id === id);
const setTemplate = ({ serviceId, scheduleId, template }: World, given: Partial<Extract<ScheduleEdit, { kind: 'set-template' }>> = {}): ScheduleEdit => ({
  ...{ kind: 'set-template', serviceId, templateId: template.id, nextTemplateId: newId(), schedule: { id: scheduleId, facts: null } },
  ...{ pattern: aTemplatePattern({ slotMinutes: 30, validFrom: template.validFrom }), from: TODAY },
  ...given,
});
const setSession = ({ serviceId, scheduleId, single }: World, given: Partial<Extract<ScheduleEdit, { kind: 'set-session' }>> = {}): ScheduleEdit => ({
  ...{ kind: 'set-session', serviceId, sessionId: single.id, schedule: { id: scheduleId, facts: null }, date: FRIDAY, pattern: aPattern({ places: 3 }) },
  ...given,
});

describe('a weekly template', () => {
  test('is made, with a new schedule of its own facts', () => {
    const world = aWorld();
    const [templateId, id] = [newId(), newId()];
    const after = edited(world.state, setTemplate(world, { templateId, schedule: { id, facts: FACTS } }));
    expect(after.templates.at(-1)).toMatchObject({ id: templateId, scheduleId: id, slotMinutes: 30 });
    expect(after.schedules.at(-1)).toEqual({ ...FACTS, id, serviceId: world.serviceId });
  });

  test('changes in place from today on, and takes other facts for its schedule along', () => {
    const world = aWorld();
    const after = edited(world.state, setTemplate(world, { schedule: { id: world.scheduleId, facts: FACTS } }));
    expect(after.templates).toMatchObject([{ id: world.template.id, slotMinutes: 30, validFrom: '2026-11-16' }]);
    expect(after.schedules).toEqual([{ ...FACTS, id: world.scheduleId, serviceId: world.serviceId }]);
  });

  test('from a later day on: the old one ends the day before, the next begins, and days made since then are the next one’s', () => {
    const world = aWorld();
    const nextTemplateId = newId();
    const after = edited(world.state, setTemplate(world, { nextTemplateId, from: TOMORROW }));
    expect(after.templates).toMatchObject([{ id: world.template.id, slotMinutes: 15, validTo: '2026-11-24' }, { id: nextTemplateId, slotMinutes: 30, validFrom: '2026-11-25', validTo: null }]);
    expect(sessionIn(after, world.made.id)?.templateId).toBe(nextTemplateId);
  });

  test('that has not begun changes in place, from whatever day', () => {
    const world = aWorld();
    const state = { ...world.state, templates: [{ ...world.template, validFrom: FRIDAY }] };
    expect(edited(state, setTemplate(world, { from: FRIDAY, pattern: aTemplatePattern({ validFrom: FRIDAY }) })).templates).toHaveLength(1);
  });

  test('ends after its last day, with days adjusted by hand; an earlier end stands', () => {
    const world = aWorld();
    const state = { ...world.state, sessions: [{ ...world.made, isAdjusted: true }] };
    const end = { kind: 'end-template', serviceId: world.serviceId, templateId: world.template.id } as const;
    const after = edited(state, { ...end, lastDate: TODAY });
    expect([after.templates[0]?.validTo, after.sessions[0]?.isAdjusted]).toEqual(['2026-11-24', false]);
    expect(edited(after, { ...end, lastDate: FRIDAY }).templates[0]?.validTo).toBe('2026-11-24');
  });
});

describe('a session', () => {
  test('of a template is adjusted, cancelled and restored; a one-off never counts as adjusted', () => {
    const world = aWorld();
    const { serviceId, made, single } = world;
    const adjusted = edited(world.state, setSession(world, { sessionId: made.id, date: TOMORROW }));
    expect(sessionIn(adjusted, made.id)).toMatchObject({ places: 3, isAdjusted: true, isCancelled: false });
    expect(sessionIn(edited(world.state, setSession(world)), single.id)).toMatchObject({ places: 3, isAdjusted: false, extras: single.extras });
    const cancelled = [made, single].reduce<ScheduleState>((state, { id }) => edited(state, { kind: 'cancel-session', serviceId, sessionId: id }), world.state);
    expect([made, single].map(({ id }) => sessionIn(cancelled, id))).toMatchObject([{ isCancelled: true, isAdjusted: true }, { isCancelled: true, isAdjusted: false }]);
    const restored = [made, single].reduce<ScheduleState>((state, { id }) => edited(state, { kind: 'restore-session', serviceId, sessionId: id }), cancelled);
    expect([made, single].map(({ id }) => sessionIn(restored, id))).toMatchObject([{ isCancelled: false, isAdjusted: false }, { isCancelled: false, isAdjusted: false }]);
  });

  test('gets places besides those it has', () => {
    const { state, serviceId, single } = aWorld();
    const extra = { fromMinute: 840, toMinute: 900, places: 2 };
    expect(sessionIn(edited(state, { kind: 'add-places', serviceId, sessionId: single.id, extra }), single.id)?.extras).toEqual([...single.extras, extra]);
  });

  test('is made again on other days as a one-off: made or not, extra places too, of a day gone by as it was', () => {
    const { state, serviceId, single, template, scheduleId } = aWorld();
    const past = aSessionNow({ scheduleId, date: day(2026, 11, 20), places: 4 });
    const before = { ...state, sessions: [past, ...state.sessions] };
    const after = edited(before, { kind: 'copy-days', serviceId, days: [{ from: FRIDAY, to: day(2026, 12, 5) }, { from: day(2026, 11, 20), to: day(2026, 12, 6) }, { from: day(2026, 11, 28), to: day(2026, 12, 7) }] });
    const copies = after.sessions.slice(before.sessions.length);
    expect(copies.map(({ date, opensMinute, places, templateId, extras }) => [date, opensMinute, places, templateId, extras.length])).toEqual([
      ['2026-12-05', single.opensMinute, 1, null, 1],
      ['2026-12-05', template.opensMinute, 1, null, 0],
      ['2026-12-06', 540, 4, null, 0],
    ]);
    expect(new Set(after.sessions.map(({ id }) => id))).toHaveLength(after.sessions.length);
  });
});

test('a closure shuts services; lifted for one, it goes on for the others', () => {
  const { state, serviceId, closure } = aWorld();
  const close: ScheduleEdit = { kind: 'close', serviceIds: [serviceId], closureId: newId(), closureKind: 'pause', startsAt: NOW, endsAt: new Date('2026-11-24T10:30:00Z'), reason: 'Fire alarm' };
  expect(edited(state, close).closures.at(-1)).toMatchObject({ kind: 'pause', serviceIds: [serviceId], reason: 'Fire alarm' });
  const lifted = edited(state, { kind: 'lift', serviceIds: [serviceId], closureId: closure.id });
  expect(lifted.closures).toEqual([{ ...closure, serviceIds: closure.serviceIds.slice(1) }]);
  expect(edited(lifted, { kind: 'lift', serviceIds: closure.serviceIds, closureId: closure.id }).closures).toEqual([]);
});

test('several edits are one: each sees what the one before left, and one refusal is that of all', () => {
  const world = aWorld();
  const { serviceId, single } = world;
  const cancel = { kind: 'cancel-session', serviceId, sessionId: single.id } as const;
  const restore = { kind: 'restore-session', serviceId, sessionId: single.id } as const;
  expect(sessionIn(edited(world.state, { kind: 'several', edits: [cancel, restore] }), single.id)?.isCancelled).toBe(false);
  expect(refusal(world.state, { kind: 'several', edits: [cancel, { ...cancel, sessionId: newId() }] })).toEqual({ code: 'session-not-found' });
});

const world = aWorld();
const other = newId();
const { serviceId, template, made, single, closure } = world;
const ended = { ...world.state, sessions: [{ ...single, date: TODAY, opensMinute: 540, closesMinute: 600 }] };
const extra = { fromMinute: 540, toMinute: 600, places: 1 };
const noon = new Date('2026-11-24T09:59:00Z');

test.each<[string, ScheduleState, ScheduleEdit, object]>([
  ['a schedule that is not there, and is not to be made', world.state, setTemplate(world, { schedule: { id: newId(), facts: null } }), { code: 'schedule-not-found' }],
  ['the schedule of another service', world.state, setSession(world, { serviceId: other, sessionId: newId() }), { code: 'schedule-not-found' }],
  ['the template of another service', world.state, setTemplate(world, { serviceId: other, schedule: { id: newId(), facts: FACTS } }), { code: 'template-not-found' }],
  ['no such template to end', world.state, { kind: 'end-template', serviceId, templateId: newId(), lastDate: FRIDAY }, { code: 'template-not-found' }],
  ['to end the template of another service', world.state, { kind: 'end-template', serviceId: other, templateId: template.id, lastDate: FRIDAY }, { code: 'template-not-found' }],
  ['no such session', world.state, { kind: 'cancel-session', serviceId, sessionId: newId() }, { code: 'session-not-found' }],
  ['the session of another service', world.state, { kind: 'restore-session', serviceId: other, sessionId: single.id }, { code: 'session-not-found' }],
  ['a template’s session on another day', world.state, setSession(world, { sessionId: made.id, date: FRIDAY }), { code: 'session-not-found' }],
  ['places for a session that is cancelled', edited(world.state, { kind: 'cancel-session', serviceId, sessionId: single.id }), { kind: 'add-places', serviceId, sessionId: single.id, extra }, { code: 'session-not-found' }],
  ['a session that is over', ended, { kind: 'cancel-session', serviceId, sessionId: single.id }, { code: 'session-in-past', date: TODAY }],
  ['hours that are over', world.state, setSession(world, { date: TODAY, pattern: aPattern({ closesMinute: 600 }) }), { code: 'session-in-past', date: TODAY }],
  ['a copy to a day gone by', world.state, { kind: 'copy-days', serviceId, days: [{ from: FRIDAY, to: day(2026, 11, 23) }] }, { code: 'session-in-past', date: '2026-11-23' }],
  ['a copy of a day without sessions', world.state, { kind: 'copy-days', serviceId, days: [{ from: day(2026, 11, 28), to: day(2026, 11, 29) }] }, { code: 'nothing-to-copy', date: '2026-11-28' }],
  ['a closure that is over', world.state, { kind: 'close', serviceIds: [serviceId], closureId: newId(), closureKind: 'closure', startsAt: noon, endsAt: NOW, reason: 'Late' }, { code: 'closure-in-past' }],
  ['to lift a closure that is not there', world.state, { kind: 'lift', serviceIds: [serviceId], closureId: newId() }, { code: 'closure-not-found' }],
  ['to lift the closure of another service', world.state, { kind: 'lift', serviceIds: [other], closureId: closure.id }, { code: 'closure-not-found' }],
])('refused: %s', (_case, state, edit, expected) => {
  expect(refusal(state, edit)).toEqual(expected);
});
