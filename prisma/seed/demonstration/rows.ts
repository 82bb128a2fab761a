import type { CopyValue } from '@/lib/platform/copy';
import { newId } from '@/lib/platform/id';
import { addDays, addMinutes } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { scheduleRow, serviceRow } from '@/prisma/factories/rows';
import { copyOf, type TableLoad } from '../steps';
import type { ServicePlan } from './plan';

type Row = readonly CopyValue[];

/** The rows of all directory tables for these services, in the order in which they can be inserted. Dates and resets count from `now`. */
export function directoryRows(plans: readonly ServicePlan[], now: Date): TableLoad[] {
  const today = londonDate(now);
  const services = plans.map((plan) => ({ id: newId(), plan }));
  const each = (table: string, columns: readonly string[], rowsOf: (id: string, plan: ServicePlan) => Row[]): TableLoad => ({
    table,
    columns,
    key: null,
    rows: services.flatMap(({ id, plan }) => rowsOf(id, plan)),
  });
  return [
    copyOf('service', services.map(({ id, plan }) => serviceRow({ id, isDemonstration: true, ...profileOf(plan) }))),
    each('service_disposition', ['code', 'service_id'], (id, plan) => plan.dispositions.map((code) => [code, id])),
    each('service_symptom', ['group_id', 'discriminator_id', 'service_id'], (id, plan) => plan.symptoms.map(({ groupId, discriminatorId }) => [groupId, discriminatorId, id])),
    each('service_age', ['service_id', 'days_from', 'days_to'], (id, { ages }) => [[id, ages.daysFrom, ages.daysTo]]),
    each('service_area', ['service_id', 'icb_code'], (id, plan) => plan.areas.map((code) => [id, code])),
    each('service_practice', ['service_id', 'practice'], (id, plan) => plan.practices.map((code) => [id, code])),
    each('opening', ['service_id', 'day', 'from_minute', 'to_minute'], (id, plan) => plan.openings.map((hours) => [id, hours.day, hours.fromMinute, hours.toMinute])),
    each('opening_exception', ['service_id', 'date', 'from_minute', 'to_minute', 'reason'], (id, plan) =>
      plan.exceptions.map((hours) => [id, addDays(today, hours.daysAhead), hours.fromMinute, hours.toMinute, hours.reason]),
    ),
    each('capacity_state', ['id', 'service_id', 'colour', 'note', 'set_by', 'at', 'resets_at'], (id, { capacity }) =>
      capacity ? [[newId(), id, capacity.colour, capacity.note, 'Demonstration', now, addMinutes(now, 15 * capacity.quarterHours)]] : [],
    ),
    ...scheduleRows(services, today),
  ];
}

// What of a plan is in the service's own row.
function profileOf({ kind: _kind, dispositions: _d, symptoms: _s, ages: _a, areas: _r, practices: _p, openings: _o, exceptions: _e, capacity: _c, schedules: _t, ...profile }: ServicePlan) {
  return { ...profile, genders: [...profile.genders], referralRoles: [...profile.referralRoles] };
}

function scheduleRows(services: readonly { id: string; plan: ServicePlan }[], today: string): TableLoad[] {
  const schedules = services.flatMap(({ id: serviceId, plan }) => plan.schedules.map((schedule) => ({ id: newId(), serviceId, schedule })));
  return [
    copyOf('schedule', schedules.map(({ id, serviceId, schedule: { templates: _templates, ...stated } }) => ({ ...scheduleRow({ serviceId, ...stated }), id }))),
    {
      table: 'template',
      columns: ['id', 'schedule_id', 'weekdays', 'opens_minute', 'closes_minute', 'slot_minutes', 'places', 'works_holidays', 'valid_from'],
      key: null,
      rows: schedules.flatMap(({ id, schedule: { templates } }) =>
        templates.map((each): Row => [newId(), id, each.weekdays, each.opensMinute, each.closesMinute, each.slotMinutes, each.places, each.worksHolidays, today]),
      ),
    },
  ];
}
