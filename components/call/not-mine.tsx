import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { Call } from '@/lib/booking/schema';

type NotMineProps = {
  call: Pick<Call, 'id' | 'handler'>;
  /** The page to come back to with the call. */
  back: 'services' | 'check' | 'booked';
  takeOver: (form: FormData) => Promise<void>;
};

/** On every page where a call is worked on, while a colleague has it: who has it, and the way to take it over. */
export function NotMine({ call, back, takeOver }: NotMineProps) {
  return (
    <Notice tone="warning" title={`This call is with ${call.handler.name}`}>
      <form action={takeOver}>
        <input type="hidden" name="callId" value={call.id} />
        <input type="hidden" name="back" value={back} />
        <p className="mb-2">You can look. To hold, book or end it, take it over: it is recorded, and they see that you have it.</p>
        <Button variant="secondary" data-command="Take this call over">
          Take this call over
        </Button>
      </form>
    </Notice>
  );
}
