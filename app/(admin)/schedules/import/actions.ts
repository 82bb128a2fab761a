'use server';

import { redirect } from 'next/navigation';
import { refused } from '@/components/layout/refusal-words';
import type { Ctx } from '@/lib/auth/actor';
import { formCtx } from '@/lib/auth/session';
import { proposeEdit } from '@/lib/booking/proposal.commands';
import { applyServices, readServices } from '@/lib/directory/import.commands';
import { appliedChanges } from '@/lib/directory/service-csv.schema';
import { formValues } from '@/lib/platform/form';
import { readPatterns } from '@/lib/schedule/import.commands';
import type { ImportState } from './import-state';
import { uploadedText } from './upload';

/** One action for the file and for what was looked at: without JavaScript a page has only one form state. */
export async function importFile(_before: ImportState, form: FormData): Promise<ImportState> {
  const ctx = await formCtx(form, '/schedules/import');
  const { changes, ...values } = formValues(form);
  if (changes !== undefined) return applyLook(ctx, changes, values);

  const text = await uploadedText(form.get('file'));
  if (!text.ok) return { fields: { file: text.error }, values };
  return values['what'] === 'services' ? lookAtServices(ctx, text.value, values) : proposePatterns(ctx, text.value, values);
}

async function proposePatterns(ctx: Ctx, text: string, values: Record<string, string>): Promise<ImportState> {
  const read = await readPatterns(ctx, text);
  if (!read.ok) return { refused: refused(read.error, ctx), values };
  const { edits, same } = read.value;
  const [first] = edits;
  if (!first) return { nothingIn: same, values };

  const proposed = await proposeEdit(ctx, { serviceId: first.serviceId, edit: { kind: 'several', edits } });
  if (proposed.ok) redirect(`/schedules/${first.serviceId}/proposals/${proposed.value.proposalId}`);
  return { refused: refused(proposed.error, ctx), values };
}

async function lookAtServices(ctx: Ctx, text: string, values: Record<string, string>): Promise<ImportState> {
  const read = await readServices(ctx, text);
  if (!read.ok) return { refused: refused(read.error, ctx), values };
  const { changes, same } = read.value;
  if (changes.length === 0) return { nothingIn: same, values };
  const applied = changes.map(({ serviceId, version, cells }) => ({ serviceId, version, cells: cells.map(({ column, after }) => ({ column, after })) }));
  return { look: { services: changes.map(({ serviceName, cells }) => ({ name: serviceName, cells })), same, applied: JSON.stringify(applied) }, values };
}

async function applyLook(ctx: Ctx, changes: string, values: Record<string, string>): Promise<ImportState> {
  const input = appliedChanges.safeParse(changes);
  if (!input.success) return { fields: { file: 'Choose the file again' }, values };
  const applied = await applyServices(ctx, input.data);
  if (applied.ok) redirect(`/schedules/import?changed=${applied.value.services}`);
  return { refused: refused(applied.error, ctx), values };
}
