import { expect, test } from 'vitest';
import { bookAppointment } from '@/lib/booking/book.commands';
import { setContacts } from '@/lib/booking/contacts.commands';
import type { TypedContact } from '@/lib/patient/contacts.schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { aCall, aHeldSlot } from '@/prisma/factories/call';
import { aHandler } from '@/prisma/factories/staff';

const OWN: TypedContact = { isPatient: true, name: '', relationship: '', phone: '01632 960001', isFirst: false };
const MOTHER: TypedContact = { isPatient: false, name: 'Ada Notreal', relationship: 'Mother', phone: '07700 900222', isFirst: true };

const phonesOf = async (callId: string) => (await db.callContact.findMany({ where: { callId }, orderBy: { rank: 'asc' } })).map(({ rank, phone }) => `${rank} ${phone}`);

test('U-140 to U-144: the numbers of a call are replaced by rank, and the records keep how many, never whose', async () => {
  const ctx = await aHandler();
  const { id: callId, patientId } = await aCall(ctx);
  expect(await setContacts(ctx, { callId, contacts: [OWN, MOTHER] })).toEqual({ ok: true, value: { callId } });

  expect(await db.callContact.findMany({ where: { callId }, orderBy: { rank: 'asc' } })).toMatchObject([
    { rank: 1, isPatient: false, name: 'Ada Notreal', relationship: 'Mother', phone: '07700 900222' },
    { rank: 2, isPatient: true, name: null, relationship: null, phone: '01632 960001' },
  ]);
  const detail = { contacts: 2, thirdParties: 1 };
  expect((await db.callEvent.findMany({ where: { callId } })).map(({ kind, body }) => ({ kind, body }))).toEqual([{ kind: 'contacts-set', body: detail }]);
  const audit = await db.auditEvent.findMany({ where: { requestId: ctx.requestId } });
  expect(audit.map(({ type, subject, patientId: of, detail: kept }) => ({ type, subject, of, kept }))).toEqual([{ type: 'call.contacts-set', subject: callId, of: patientId, kept: detail }]);
});

test('U-144: none, or none or two to be rung first, is refused and audited, and the former ones stand', async () => {
  const ctx = await aHandler();
  const { id: callId } = await aCall(ctx);
  for (const contacts of [[], [OWN], [MOTHER, { ...OWN, isFirst: true }], [{ ...MOTHER, phone: null }, OWN]]) {
    expect(await setContacts(ctx, { callId, contacts })).toEqual({ ok: false, error: { code: 'contacts-without-primary' } });
  }
  expect(await phonesOf(callId)).toEqual(['1 07700 900153']);
  expect(await db.auditEvent.count({ where: { requestId: ctx.requestId, type: 'call.refused', subject: callId } })).toBe(4);
});

test('they can be put right after booking, not once the call was closed, and not by a colleague or a stranger', async () => {
  const ctx = await aHandler();
  const { call, request } = await aHeldSlot(ctx);
  await bookAppointment(ctx, request);
  expect(await setContacts(ctx, { callId: call.id, contacts: [MOTHER] })).toMatchObject({ ok: true });
  expect(await phonesOf(call.id)).toEqual(['1 07700 900222']);

  const contacts = [{ ...OWN, isFirst: true }];
  const colleague = await aHandler({ organisationCode: ctx.actor.organisation.code });
  expect(await setContacts(colleague, { callId: call.id, contacts })).toEqual({ ok: false, error: { code: 'call-with-colleague', handlerName: ctx.actor.name } });
  expect(await setContacts(await aHandler(), { callId: call.id, contacts })).toEqual({ ok: false, error: { code: 'call-not-found' } });
  const closed = await aCall(ctx, { state: 'closed', closeReason: 'caller-gone', endedAt: ctx.now });
  expect(await setContacts(ctx, { callId: closed.id, contacts })).toEqual({ ok: false, error: { code: 'call-ended', state: 'closed', endedAt: ctx.now } });
  await expect(setContacts(await aHandler({ role: 'auditor' }), { callId: closed.id, contacts })).rejects.toThrow(ForbiddenError);
  expect(await phonesOf(call.id)).toEqual(['1 07700 900222']);
});

test('two who set them at once: one whole list stands, never a mixture', async () => {
  const ctx = await aHandler();
  const { id: callId } = await aCall(ctx);
  const lists = Array.from({ length: 8 }, (_, index) => [{ ...OWN, phone: `01632 96010${index}`, isFirst: true }, { ...MOTHER, phone: `07700 90010${index}`, isFirst: false }]);
  const outcomes = await Promise.all(lists.map((contacts) => setContacts(ctx, { callId, contacts })));

  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  const [first, second, ...more] = await phonesOf(callId);
  expect(more).toEqual([]);
  expect(first?.at(-1)).toBe(second?.at(-1));
});
