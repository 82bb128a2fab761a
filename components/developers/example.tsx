import { Code } from '@/components/developers/code';

/** Text to be copied; wide lines scroll by themselves. */
export function Example({ label, children }: { label: string; children: string }) {
  return (
    <pre className="mb-3 max-h-128 overflow-auto border border-line bg-page p-3 text-small" tabIndex={0} role="region" aria-label={label}>
      <Code>{children}</Code>
    </pre>
  );
}
