import { capacityWords } from '@/components/schedule/lever-words';
import { LinkButton } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import { leversOf } from '@/lib/schedule/levers.queries';
import { serviceOf } from '../service';
import { LeverForm } from './lever-form';

/** What a service admin can do to today at once, as it stands now. */
export async function Levers({ serviceId }: { serviceId: string }) {
  const { ctx } = await serviceOf(serviceId);
  const levers = await leversOf(ctx, serviceId);
  if (!levers) return null;

  const { isBookable, version, keptBack, capacity } = levers;
  const base = `/schedules/${serviceId}/levers`;
  return (
    <LeverForm serviceId={serviceId} version={version}>
      <LinkButton href={`${base}/places`} data-command="Add places today">
        Add places today
      </LinkButton>
      <LinkButton href={`${base}/pause`} data-command="Pause 30 minutes">
        Pause 30 minutes
      </LinkButton>
      {keptBack > 0 ? (
        <SubmitButton variant="secondary" name="lever" value="release" pendingWords="Releasing…">
          Release kept-back slots ({keptBack})
        </SubmitButton>
      ) : null}
      <LinkButton href={`${base}/capacity`} data-command="Set capacity">
        {capacityWords(capacity, ctx.now)}
      </LinkButton>
      {isBookable ? (
        <SubmitButton variant="secondary" name="lever" value="stop" pendingWords="Stopping…">
          Stop bookings
        </SubmitButton>
      ) : (
        <SubmitButton variant="secondary" name="lever" value="start" pendingWords="Starting…">
          Start bookings
        </SubmitButton>
      )}
    </LeverForm>
  );
}
