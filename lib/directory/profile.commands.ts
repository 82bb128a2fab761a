import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { ownService } from '@/lib/directory/own-service.queries';
import { placeFor } from '@/lib/directory/place.queries';
import { differenceOf, keptAges, type ProfileDifference } from '@/lib/directory/profile.rules';
import { lastServiceChange, readProfile, type Profile } from '@/lib/directory/profile.queries';
import type { ProfileChange, ProfileRequest } from '@/lib/directory/profile.schema';
import { db, type Prisma, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { transact } from '@/lib/platform/transact';

type Columns = Prisma.ServiceUpdateManyMutationInput;

/** Whether anything was changed: a form saved as it stood makes no new version. */
export type ProfileSaved = { isChanged: boolean };

/**
 * Changes one part of the profile of a service, at once: slots stay as they are. Dispositions and symptoms that nobody knows are
 * dropped. A postcode gives the position and the commissioner of the place.
 *
 * Refuses with `service-not-found` (also when it is another's), `service-changed` when it is no longer the version that was
 * looked at, `place-unknown`, or `organisation-unknown` for an ODS code that nobody has. Every refusal is audited. Throws ForbiddenError without `service:configure`.
 */
export async function saveProfile(ctx: Ctx, request: ProfileRequest): Promise<Result<ProfileSaved, Refusal>> {
  requirePermission(ctx.actor, 'service:configure');

  const outcome = await attempt(ctx, request);
  if (!outcome.ok) {
    await record(db, ctx, { type: 'service.change-refused', subject: request.serviceId.slice(0, 36), detail: { code: outcome.error.code, section: request.change.section } });
  }
  return outcome;
}

async function attempt(ctx: Ctx, request: ProfileRequest): Promise<Result<ProfileSaved, Refusal>> {
  const { serviceId, version } = request;
  const own = await ownService(ctx, serviceId);
  const profile = own && (await readProfile(db, { serviceId, from: londonDate(ctx.now) }));
  if (!profile) return refuse({ code: 'service-not-found' });
  if (profile.version !== version) return changedBy(ctx, db, serviceId);

  const change = await knownOf(profile, request.change);
  if (!change.ok) return change;
  const difference = differenceOf(profile, change.value.change);
  return difference ? write(ctx, { ...change.value, profile, difference }) : ok({ isChanged: false });
}

/** A change with the columns of the service that it sets. */
type Known = { change: ProfileChange; columns: Columns };

/** The change with what the database knows of it: codes that exist, the position of the postcode. */
async function knownOf(profile: Profile, change: ProfileChange): Promise<Result<Known, Refusal>> {
  switch (change.section) {
    case 'accepts': {
      const known = await db.disposition.findMany({ where: { code: { in: [...change.dispositions] } }, select: { code: true } });
      const columns = { genders: [...change.genders], referralRoles: [...change.roles] };
      return ok({ change: { ...change, dispositions: known.map(({ code }) => code), ages: keptAges(profile.ages, change.ages) }, columns });
    }
    case 'symptoms':
      return ok({ change: { ...change, symptoms: await db.symptomPair.findMany({ where: { OR: [...change.symptoms] } }) }, columns: {} });
    case 'hours': {
      const { isOpenAllHours, onlyIfOpenMinutes } = change;
      return ok({ change, columns: { isOpenAllHours, isOnlyIfOpen: onlyIfOpenMinutes !== null, ...(onlyIfOpenMinutes === null ? {} : { onlyIfOpenMinutes }) } });
    }
    case 'booking':
      return bookingColumns(change);
    case 'words':
      return ok({ change, columns: change.words });
    case 'place':
      return placeColumns(change);
    default:
      return ok({ change, columns: {} });
  }
}

async function bookingColumns(change: Extract<ProfileChange, { section: 'booking' }>): Promise<Result<Known, Refusal>> {
  const { isBookable, isBookingOnly, holdMinutes, cancelBy, refusesFrom } = change;
  const known = await db.organisation.findMany({ where: { odsCode: { in: [...refusesFrom] } }, select: { odsCode: true } });
  const unknown = refusesFrom.find((code) => !known.some(({ odsCode }) => odsCode === code));
  if (unknown) return refuse({ code: 'organisation-unknown', odsCode: unknown });
  return ok({ change, columns: { isBookable, isBookingOnly, holdMinutes, cancelBy, refusesFrom: [...refusesFrom] } });
}

async function placeColumns(change: Extract<ProfileChange, { section: 'place' }>): Promise<Result<Known, Refusal>> {
  const place = await positionOf(change.postcode);
  if (!place.ok) return place;
  return ok({ change: { ...change, postcode: place.value.postcode }, columns: { name: change.name, address: change.address, ...place.value } });
}

/** Where patients go, by a whole postcode. Refuses with `place-unknown`. */
export async function positionOf(typed: string): Promise<Result<{ postcode: string; latitude: number; longitude: number; icbCode: string | null }, Refusal>> {
  const place = await placeFor(typed);
  // An outcode has a middle, but nobody can be sent there.
  if (!place.ok || !place.value.postcode.includes(' ')) return refuse({ code: 'place-unknown', postcode: typed.trim().toUpperCase().slice(0, 10) });
  const { postcode, latitude, longitude, icbCode } = place.value;
  return ok({ postcode, latitude, longitude, icbCode });
}

async function write(ctx: Ctx, { change, columns, profile, difference }: Known & { profile: Profile; difference: ProfileDifference }): Promise<Result<ProfileSaved, Refusal>> {
  const { id: serviceId, version } = profile;
  return transact(async (tx) => {
    // The claim is the lock: of two who save at once, exactly one finds the version that both looked at.
    const claimed = await tx.service.updateMany({ where: { id: serviceId, version }, data: { ...columns, version: { increment: 1 } } });
    if (claimed.count === 0) return changedBy(ctx, tx, serviceId);
    await writeRows(tx, serviceId, change);
    await record(tx, ctx, { type: 'service.changed', subject: serviceId, detail: { section: change.section, ...difference } });
    return ok({ isChanged: true });
  });
}

async function changedBy({ now }: Ctx, tx: Tx, serviceId: string): Promise<Result<ProfileSaved, Refusal>> {
  const last = await lastServiceChange(tx, serviceId);
  return refuse({ code: 'service-changed', ...(last ?? { by: 'A colleague', at: now }) });
}

/** The rows beside the service itself: those of the part that changed are replaced. */
async function writeRows(tx: Tx, serviceId: string, change: ProfileChange): Promise<void> {
  switch (change.section) {
    case 'accepts':
      await tx.serviceDisposition.deleteMany({ where: { serviceId } });
      await tx.serviceDisposition.createMany({ data: change.dispositions.map((code) => ({ serviceId, code })) });
      await tx.serviceAge.deleteMany({ where: { serviceId } });
      await tx.serviceAge.createMany({ data: change.ages.map((range) => ({ serviceId, ...range })) });
      return;
    case 'symptoms':
      await tx.serviceSymptom.deleteMany({ where: { serviceId } });
      await tx.serviceSymptom.createMany({ data: change.symptoms.map(({ groupId, discriminatorId }) => ({ serviceId, groupId, discriminatorId })) });
      return;
    case 'hours':
      await tx.opening.deleteMany({ where: { serviceId } });
      await tx.opening.createMany({ data: change.hours.map((hours) => ({ serviceId, ...hours })) });
      return;
    case 'dates':
    case 'date-removed': {
      const date = toDateColumn(change.date);
      await tx.openingException.deleteMany({ where: { serviceId, date } });
      if (change.section === 'dates') await tx.openingException.createMany({ data: change.sessions.map((session) => ({ serviceId, date, ...session, reason: change.reason })) });
      return;
    }
    default:
      return;
  }
}
