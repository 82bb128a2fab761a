import type { Metadata } from 'next';
import { AccessTable, KIND_WORDS } from '@/components/registry/access-table';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Link } from '@/components/ui/link';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import { staffCtxWith } from '@/lib/auth/session';
import { accessList, LOOKS_A_PAGE } from '@/lib/registry/access-list.queries';
import { ACCESS_KINDS, accessSearch, type AccessSearch } from '@/lib/registry/access-list.rules';
import { listPath } from './list-path';

export const metadata: Metadata = { title: 'Looks with a reason' };

type Typed = Partial<Record<'kind' | 'from' | 'to' | 'page', string | string[]>>;

export default async function AccessPage({ searchParams }: { searchParams: Promise<Typed> }) {
  const typed = await searchParams;
  const asked = { kind: one(typed.kind), from: one(typed.from), to: one(typed.to), page: one(typed.page) };
  const { search, faults } = accessSearch(asked);
  const ctx = await staffCtxWith('access:review', listPath(search));
  const { lines, total } = await accessList(ctx, search);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-1">Looks with a reason</h1>
      <p className="max-w-measure text-quiet">Somebody opened a sealed appointment, or looked at all that a patient has without being in a call with them. Each gave a reason. That you look at this list is recorded too.</p>
      <ErrorSummary errors={faults} />
      <form method="get" className="mb-2 flex flex-wrap items-end gap-x-5" role="search" aria-label="Which looks">
        <Select name="kind" label="Looked at" blank="Either" defaultValue={search.kind ?? ''} options={ACCESS_KINDS.map((value) => ({ value, words: KIND_WORDS[value] }))} />
        <TextInput name="from" label="First day" optional type="date" width={10} defaultValue={asked.from} error={faults['from']} />
        <TextInput name="to" label="Last day" optional type="date" width={10} defaultValue={asked.to} error={faults['to']} />
        <div className="mb-4">
          <Button variant="secondary">Show these</Button>
        </div>
      </form>
      <h2 className="nhsuk-heading-s mb-2">{countWords(search, { shown: lines.length, total })}</h2>
      {lines.length > 0 ? <AccessTable lines={lines} now={ctx.now} /> : <Nothing search={search} total={total} />}
      <Pages search={search} total={total} />
    </>
  );
}

function Nothing({ search, total }: { search: AccessSearch; total: number }) {
  const isNarrowed = search.kind !== null || search.from !== null || search.to !== null;
  return (
    <p className="panel max-w-measure">
      {total > 0 ? 'There are not so many pages. ' : isNarrowed ? 'No look is as you chose. ' : 'Nobody has needed a reason to look yet. When somebody does, it is listed here at once.'}
      {total > 0 || isNarrowed ? <Link href="/access">Show all looks</Link> : null}
    </p>
  );
}

function Pages({ search, total }: { search: AccessSearch; total: number }) {
  const { page } = search;
  const last = Math.ceil(total / LOOKS_A_PAGE);
  if (last <= 1 || page > last) return null;
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center gap-x-5">
      {page > 1 ? <Link href={listPath({ ...search, page: page - 1 })}>Later looks</Link> : null}
      <span className="tabular">
        Page {page} of {last}
      </span>
      {page < last ? <Link href={listPath({ ...search, page: page + 1 })}>Earlier looks</Link> : null}
    </nav>
  );
}

function countWords({ page }: AccessSearch, { shown, total }: { shown: number; total: number }): string {
  if (shown === 0) return 'No looks';
  if (total <= LOOKS_A_PAGE) return total === 1 ? '1 look' : `${total} looks`;
  const before = (page - 1) * LOOKS_A_PAGE;
  return `Looks ${before + 1} to ${before + shown} of ${total}`;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
