import type { DirectBooking } from '@/lib/booking/direct.schema';
import type { SentPatient } from '@/lib/booking/submission.schema';
import { db } from '@/lib/platform/db';
import { aSubmission } from './api-appointment';

type SlotRow = { id: string; sessionId: string; startsAt: Date; endsAt: Date };

/** What another system sends to book the whole of a slot, for somebody whom nobody knows unless said otherwise. */
export async function aDirectBooking({ id, sessionId, startsAt, endsAt }: SlotRow, patient: Partial<SentPatient> = {}): Promise<DirectBooking> {
  const { scheduleId } = await db.session.findUniqueOrThrow({ where: { id: sessionId }, select: { scheduleId: true } });
  return { slot: { id, scheduleId, startsAt, endsAt }, startsAt, endsAt, reason: '111 referral: fever, drinking little', submission: aSubmission({ patient }) };
}
