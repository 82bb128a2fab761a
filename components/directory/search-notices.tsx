import { Notice } from '@/components/ui/notice';
import type { Call } from '@/lib/booking/schema';
import type { SearchAnswer } from '@/lib/directory/schema';

const NATIONS = { E: null, W: 'Wales', S: 'Scotland' } as const;

/** What the handler must know about the answer as a whole, before the rows. */
export function SearchNotices({ answer, call }: { answer: SearchAnswer; call: Call }) {
  const nation = NATIONS[call.place.country];
  return (
    <>
      {nation ? (
        <Notice tone="warning" title={`${call.place.postcode} is in ${nation}`}>
          Only services in England are listed. Follow the local procedure for {nation} first.
        </Notice>
      ) : null}
      {answer.code === 102 ? (
        <Notice tone="warning" title="No service found near this postcode">
          Not even an emergency department within 37 miles. Follow the local procedure, or offer a clinician.
        </Notice>
      ) : null}
      {answer.isCatchAll && answer.code === null ? (
        <Notice tone="warning" title="No service is profiled for this patient, place and disposition">
          The nearest emergency departments are listed instead. Offer a transfer to a clinician.
        </Notice>
      ) : null}
    </>
  );
}
