import { Notice } from '@/components/ui/notice';

/** What a form needs so that it outlives its session: who it was given to, and what they had typed before. */
export type Kept = { owner: string; draft: Record<string, string> | null };

/** Inside each such form: the sealed owner, and the notice while it shows what was kept. */
export function KeptForm({ kept, isDraftShown }: { kept: Kept; isDraftShown: boolean }) {
  return (
    <>
      <input type="hidden" name="formOwner" value={kept.owner} />
      {isDraftShown ? (
        <Notice tone="info" title="You were signed out">
          What you typed is still here: check it and send it again.
        </Notice>
      ) : null}
    </>
  );
}
