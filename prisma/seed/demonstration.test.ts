import { describe, expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { DECEASED_PATIENT, patientRows } from './demonstration/patients';
import { composeServices } from './demonstration/services';
import type { ServicePlan } from './demonstration/plan';

const services = composeServices(111);
const bookable = services.filter(({ isBookable }) => isBookable);
const ofType = (typeId: number) => services.filter((service) => service.typeId === typeId);

describe('the demonstration', () => {
  test('has at least 15,000 services, of which 6,000 are bookable, about one in ten of these by booking only', () => {
    expect(services.length).toBeGreaterThanOrEqual(15_000);
    expect(bookable.length).toBeGreaterThanOrEqual(6_000);
    const share = bookable.filter(({ isBookingOnly }) => isBookingOnly).length / bookable.length;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.15);
  });

  test('is the same for the same seed, and another for another', () => {
    // As text: comparing 17,000 objects one by one takes seconds.
    const text = JSON.stringify(services);
    expect(JSON.stringify(composeServices(111)) === text).toBe(true);
    expect(JSON.stringify(composeServices(112)) === text).toBe(false);
  });

  test('D-063: every service has a DoS id of its own, ten digits from 999', () => {
    expect(new Set(services.map(({ dosId }) => dosId)).size).toBe(services.length);
    expect(services.filter(({ dosId }) => !/^999\d{7}$/.test(dosId))).toEqual([]);
  });

  test('D-064: a service accepts what its type accepts', () => {
    expect(ofType(105)[0]?.dispositions).toEqual(['Dx02', 'Dx03']);
    expect(ofType(135)[0]?.dispositions).toEqual(['Dx02', 'Dx03', 'Dx05', 'Dx06', 'Dx07', 'Dx08']);
    expect(ofType(46)[0]?.dispositions).toEqual(['Dx03', 'Dx05', 'Dx06', 'Dx07', 'Dx08']);
    expect(ofType(150)[0]?.dispositions).toEqual(['Dx02', 'Dx03']);
  });

  test('D-065: emergency departments are profiled for more symptoms than practices, none for ambulance ones', () => {
    expect(ofType(105)[0]?.symptoms).toHaveLength(14);
    expect(ofType(100)[0]?.symptoms).toHaveLength(6);
    expect(ofType(100)[0]?.symptoms).toContainEqual({ groupId: 1011, discriminatorId: 4003 });
  });

  test('D-066: some treatment centres take no infants, children’s hospitals no adults, all others everybody', () => {
    expect(ofType(135).filter(({ ages }) => ages.daysFrom > 0).length).toBeGreaterThan(3);
    expect(services.find(({ name }) => name === 'Emergency department, Sheffield Children\'s Hospital')?.ages).toEqual({ daysFrom: 0, daysTo: 5_844 });
    expect(ofType(100).every(({ ages }) => ages.daysFrom === 0 && ages.daysTo === 47_481)).toBe(true);
  });

  test('D-070: every telephone number is a drama number and every website an example', () => {
    const numbers = services.flatMap(({ publicPhone, staffPhone }) => [publicPhone, staffPhone]);
    expect(numbers.filter((number) => !/^(01632 960\d{3}|07700 900\d{3}|020 7946 0\d{3})$/.test(number))).toEqual([]);
    expect(services.filter(({ website }) => website !== null && !website.startsWith('https://www.example.com/'))).toEqual([]);
  });

  test('every out-of-hours practice list and every kind of limit occurs', () => {
    expect(ofType(25).flatMap(({ practices }) => practices)).toHaveLength(ofType(100).length);
    expect(services.filter(({ isRestricted }) => isRestricted).every(({ practices }) => practices.length === 10)).toBe(true);
    for (const is of [isRestricted, isLimited, isAmber, isRed, isForClinicians, isOnlyIfOpen, hasException, hasNoSlots]) expect(services.some(is)).toBe(true);
  });

  test('D-068: every session lies within the opening hours of its days, and sessions of one schedule never meet', () => {
    expect(bookable.filter((service) => !isWithinHours(service)).map(({ dosId }) => dosId)).toEqual([]);
    expect(bookable.flatMap(({ schedules }) => schedules).filter(({ templates }) => templates.some((a) => templates.some((b) => a !== b && overlap(a, b))))).toEqual([]);
  });

  test('one of its patients is marked deceased, and none is unknown', () => {
    const { columns, rows } = patientRows();
    const column = (name: string) => [...rows].map((row) => row[columns.indexOf(name)]);
    expect(column('deceased_on').filter(Boolean)).toEqual([DECEASED_PATIENT.on]);
    expect(column('nhs_number')).toContain(DECEASED_PATIENT.nhsNumber);
    expect(column('is_unknown').every((isUnknown) => isUnknown === false)).toBe(true);
  });

  test('its dispositions, symptoms and types are all in the reference data', async () => {
    const codes = new Set((await db.disposition.findMany({ select: { code: true } })).map(({ code }) => code));
    const types = new Set((await db.serviceType.findMany({ select: { id: true } })).map(({ id }) => id));
    expect(services.every((service) => types.has(service.typeId) && service.dispositions.every((code) => codes.has(code)))).toBe(true);
  });
});

type Template = ServicePlan['schedules'][number]['templates'][number];

const isRestricted = (service: ServicePlan) => service.isRestricted;
const isLimited = (service: ServicePlan) => service.areas.length > 0;
const isAmber = (service: ServicePlan) => service.capacity?.colour === 'amber';
const isRed = (service: ServicePlan) => service.capacity?.colour === 'red';
const isForClinicians = (service: ServicePlan) => !service.referralRoles.includes('call-handler');
const isOnlyIfOpen = (service: ServicePlan) => service.isOnlyIfOpen;
const hasException = (service: ServicePlan) => service.exceptions.length > 0;
const hasNoSlots = (service: ServicePlan) => service.isBookable && service.schedules.length === 0;

function isWithinHours(service: ServicePlan): boolean {
  if (service.isOpenAllHours) return true;
  const templates = service.schedules.flatMap(({ templates: each }) => each);
  return templates.every((template) =>
    [...template.weekdays, ...(template.worksHolidays ? [8] : [])].every((day) =>
      service.openings.some((hours) => hours.day === day && hours.fromMinute <= template.opensMinute && template.closesMinute <= hours.toMinute),
    ),
  );
}

function overlap(a: Template, b: Template): boolean {
  return a.weekdays.some((day) => b.weekdays.includes(day)) && a.opensMinute < b.closesMinute && b.opensMinute < a.closesMinute;
}
