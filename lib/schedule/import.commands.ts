import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { readCsv } from '@/lib/platform/csv';
import { db } from '@/lib/platform/db';
import type { CsvFault, RefusalOf } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { refuse, type Result } from '@/lib/platform/result';
import { londonDate } from '@/lib/platform/time-words';
import { planPatterns, type TemplateEdit } from '@/lib/schedule/csv.rules';
import { MAX_PATTERN_ROWS, NEEDED_PATTERN_COLUMNS, PATTERN_COLUMNS, readPatternRow } from '@/lib/schedule/csv.schema';
import { patternsOf } from '@/lib/schedule/export.queries';

/** What a file of weekly patterns would change, and how many of its rows are already so. */
export type PatternImport = { edits: readonly TemplateEdit[]; same: number };

/**
 * Reads a file of weekly patterns of the actor's services as the edits that it asks for; nothing changes yet.
 *
 * Refuses with `csv-invalid`, which has every fault of the file, also when a service is another's; audited. Throws ForbiddenError
 * without `schedule:change`. Source: docs/rules.md#files.
 */
export async function readPatterns(ctx: Ctx, text: string): Promise<Result<PatternImport, RefusalOf<'csv-invalid'>>> {
  requirePermission(ctx.actor, 'schedule:change');

  const outcome = await attempt(ctx, text);
  if (outcome.ok) return outcome;
  await record(db, ctx, { type: 'schedule.import-refused', detail: { what: 'patterns', faults: outcome.error.length } });
  return refuse({ code: 'csv-invalid', faults: outcome.error });
}

async function attempt(ctx: Ctx, text: string): Promise<Result<PatternImport, readonly CsvFault[]>> {
  const records = readCsv(text, { known: PATTERN_COLUMNS, needed: NEEDED_PATTERN_COLUMNS, maxRows: MAX_PATTERN_ROWS });
  if (!records.ok) return records;

  return planPatterns(records.value.map(readPatternRow), { services: await patternsOf(ctx), today: londonDate(ctx.now), mint: newId });
}
