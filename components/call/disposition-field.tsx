import { Candidates } from '@/components/call/candidates';
import { TextInput } from '@/components/ui/text-input';
import type { Refused } from '@/lib/platform/form';

type DispositionFieldProps = {
  dispositions: readonly { code: string; title: string }[];
  values: Record<string, string>;
  error: string | undefined;
  refused: Refused | undefined;
};

/** The disposition by code or words: the browser's own type-ahead where it has one, a list to choose from after sending otherwise. */
export function DispositionField({ dispositions, values, error, refused }: DispositionFieldProps) {
  const own = refused?.refusal.code.startsWith('disposition-') ? refused : null;
  return (
    <>
      <TextInput
        name="disposition"
        label="Disposition"
        hint="Code or words, such as Dx05 or “primary care 2 hours”"
        error={error ?? (own ? `${own.title}. ${own.todo}` : undefined)}
        defaultValue={values['disposition']}
        list="dispositions"
        autoComplete="off"
        spellCheck={false}
      />
      <datalist id="dispositions">
        {dispositions.map(({ code, title }) => (
          <option key={code} value={`${code} ${title}`} />
        ))}
      </datalist>
      {own?.refusal.code === 'disposition-ambiguous' ? <Candidates name="pickDisposition" title="Which disposition?" candidates={own.refusal.candidates} /> : null}
    </>
  );
}
