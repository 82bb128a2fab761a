import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { ErrorSummary } from '@/components/ui/error-summary';
import type { FormState } from '@/lib/platform/form';

/** What every form begins with: the seal of its owner, what was kept of it, its faults, and why it was refused. */
export function FormTop({ kept, state }: { kept: Kept; state: FormState }) {
  return (
    <>
      <KeptForm kept={kept} isDraftShown={state.values === kept.draft} />
      <ErrorSummary errors={state.fields ?? {}} />
      {state.refused ? <RefusalNotice refused={state.refused} /> : null}
    </>
  );
}
