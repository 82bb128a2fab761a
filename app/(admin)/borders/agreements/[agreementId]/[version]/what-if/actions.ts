'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { after } from 'next/server';
import { refused } from '@/components/layout/refusal-words';
import { formCtx } from '@/lib/auth/session';
import { runWhatIf, startWhatIf } from '@/lib/crossborder/what-if.commands';
import { wholeMonths } from '@/lib/crossborder/what-if.rules';
import { whatIfForm } from '@/lib/crossborder/what-if.schema';
import { fieldErrors, formValues, type FormState } from '@/lib/platform/form';
import { readClock } from '@/lib/platform/time';

export async function startReplay(_before: FormState, form: FormData): Promise<FormState> {
  const values = formValues(form);
  const { agreementId = '', version = '' } = values;
  const path = `/borders/agreements/${agreementId}/${version}/what-if`;
  const ctx = await formCtx(form, path);
  const input = whatIfForm(wholeMonths(ctx.now)).safeParse(values);
  if (!input.success) return { fields: fieldErrors(input.error), values };

  const { agreementId: id, ...asked } = input.data;
  const started = await startWhatIf(ctx, { id, ...asked });
  if (started.ok) {
    // The answer does not wait for it: the page says how far it is.
    after(() => runWhatIf(ctx, { whatIfId: started.value.whatIfId, clock: readClock }));
    redirect(path);
  }
  refresh(); // A colleague's replay is shown instead of the form.
  return { refused: refused(started.error, ctx), values };
}
