import type { AuditDetail, AuditEvent } from '@/lib/audit/events';
import { auditRow, record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission } from '@/lib/auth/permissions';
import { lastServiceChange } from '@/lib/directory/profile.queries';
import { settingsOfOwn } from '@/lib/directory/service-csv.queries';
import { planServices, settingsFrom } from '@/lib/directory/service-csv.rules';
import { MAX_SERVICE_ROWS, SERVICE_COLUMNS, type AppliedChange, type ServiceChange, type ServiceSettings } from '@/lib/directory/service-csv.schema';
import { readCsv } from '@/lib/platform/csv';
import { db, type Tx } from '@/lib/platform/db';
import type { CsvFault, Refusal, RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

/** What a file would change: one for each service that would be another, and how many rows are already so. */
export type ServiceImport = { changes: readonly ServiceChange[]; same: number };

/**
 * Reads a file of settings of the actor's services as the changes that it asks for; nothing changes yet.
 *
 * Refuses with `csv-invalid`, which has every fault of the file, also when a service is another's; audited. Throws ForbiddenError
 * without `service:configure`. Source: docs/rules.md#files.
 */
export async function readServices(ctx: Ctx, text: string): Promise<Result<ServiceImport, RefusalOf<'csv-invalid'>>> {
  requirePermission(ctx.actor, 'service:configure');

  const outcome = await planOf(ctx, text);
  if (outcome.ok) return outcome;
  await record(db, ctx, { type: 'schedule.import-refused', detail: { what: 'services', faults: outcome.error.length } });
  return refuse({ code: 'csv-invalid', faults: outcome.error });
}

/**
 * Applies changes of settings that were looked at, all or none.
 *
 * Refuses with `service-not-found` (also when it is another's), `csv-invalid` for a value that no look showed, or `service-changed`
 * when one is no longer the version that was looked at. Every refusal is audited. Throws ForbiddenError without `service:configure`.
 */
export async function applyServices(ctx: Ctx, changes: readonly AppliedChange[]): Promise<Result<{ services: number }, Refusal>> {
  requirePermission(ctx.actor, 'service:configure');

  const outcome = await attempt(ctx, changes);
  if (!outcome.ok) await record(db, ctx, { type: 'schedule.import-refused', detail: { what: 'services', code: outcome.error.code, services: changes.length } });
  return outcome;
}

async function planOf(ctx: Ctx, text: string): Promise<Result<ServiceImport, readonly CsvFault[]>> {
  const records = readCsv(text, { known: SERVICE_COLUMNS, needed: ['dos_id'], maxRows: MAX_SERVICE_ROWS });
  if (!records.ok) return records;
  const changes = planServices(records.value, await settingsOfOwn(ctx));
  return changes.ok ? ok({ changes: changes.value, same: records.value.length - changes.value.length }) : changes;
}

type Write = Omit<AppliedChange, 'cells'> & { settings: Partial<ServiceSettings> };

async function attempt(ctx: Ctx, changes: readonly AppliedChange[]): Promise<Result<{ services: number }, Refusal>> {
  if (changes.some(({ serviceId }) => !isAdminOf(ctx.actor, serviceId))) return refuse({ code: 'service-not-found' });

  const writes: Write[] = [];
  // In one order for everybody: two imports that wait for each other would both end.
  for (const { serviceId, version, cells } of changes.toSorted((one, other) => one.serviceId.localeCompare(other.serviceId))) {
    const settings = settingsFrom(cells);
    if (!settings.ok) return refuse({ code: 'csv-invalid', faults: Object.entries(settings.error).map(([column, message]) => ({ row: 1, column, message })) });
    writes.push({ serviceId, version, settings: settings.value });
  }
  return transact(async (tx) => {
    const before = await tx.service.findMany({ where: { id: { in: writes.map(({ serviceId }) => serviceId) } }, select: { id: true, ...BOOKING } });
    for (const { serviceId, version, settings } of writes) {
      // The claim is the lock: of two who save at once, exactly one finds the version that both looked at.
      const claimed = await tx.service.updateMany({ where: { id: serviceId, version }, data: { ...settings, version: { increment: 1 } } });
      if (claimed.count === 0) return changedBy(tx, ctx, serviceId);
    }
    await tx.auditEvent.createMany({ data: writes.map((write) => auditRow(ctx, changedEvent(write, before.find(({ id }) => id === write.serviceId)))) });
    return ok({ services: writes.length });
  });
}

async function changedBy(tx: Tx, { now }: Ctx, serviceId: string): Promise<Result<never, Refusal>> {
  const last = await lastServiceChange(tx, serviceId);
  return refuse({ code: 'service-changed', ...(last ?? { by: 'A colleague', at: now }) });
}

const BOOKING = { isBookable: true, isBookingOnly: true, holdMinutes: true, cancelBy: true } as const;

/** What the audit keeps: numbers and choices before and after, and of free text only which changed. */
function changedEvent({ serviceId, settings }: Write, before: AuditDetail = {}): AuditEvent {
  const set = Object.entries(settings);
  const chosen = set.filter(([name]) => name in before);
  const changed = set.map(([name]) => name).filter((name) => !(name in before));
  const after = { ...Object.fromEntries(chosen), ...(changed.length > 0 && { changed }) };
  return { type: 'service.changed', subject: serviceId, detail: { section: 'import', before: Object.fromEntries(chosen.map(([name]) => [name, before[name] ?? null])), after } };
}
