import { HoldCountdown } from '@/components/booking/hold-countdown';
import { answerWords } from '@/components/crossborder/ask-words';
import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import type { ApprovalNow } from '@/lib/crossborder/approval.schema';

type LiveAnswerProps = { callId: string; approval: ApprovalNow | null; isLost: boolean; now: Date };

/** What has become of a call's question, announced once when it changes, and the time that is left for an answer; `now` must tick. */
export function LiveAnswer({ callId, approval, isLost, now }: LiveAnswerProps) {
  return (
    <>
      <div role="status">
        {approval ? <p className="mb-2 text-lead font-bold wrap-anywhere">{answerWords(approval)}</p> : null}
        {isLost ? <p className="mb-2">Onward does not answer now: this may be out of date. It tries again by itself.</p> : null}
      </div>
      {approval?.state === 'waiting' ? <Waiting heldUntil={approval.heldUntil} now={now} /> : null}
      {approval?.state === 'declined' ? (
        <>
          <p className="mb-1">This cannot be asked again: it takes another service, or another slot.</p>
          <p className="mb-3">
            <Link href={`/calls/${callId}/services`} data-command="Choose another service">
              Choose another service
            </Link>
          </p>
        </>
      ) : null}
    </>
  );
}

function Waiting({ heldUntil, now }: { heldUntil: Date | null; now: Date }) {
  return (
    <>
      <p className="mb-3">
        The slot is held for the answer
        {heldUntil ? (
          <>
            : <HoldCountdown until={heldUntil} now={now} />
          </>
        ) : null}
        . What you typed stays: the answer comes to this page by itself.
      </p>
      <noscript>
        <p className="mb-3">
          <Button type="submit" variant="link" name="seeAnswer" value="yes">
            See whether there is an answer
          </Button>
        </p>
      </noscript>
    </>
  );
}
