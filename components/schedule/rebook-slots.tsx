import { SingleRadio } from '@/components/ui/radios';
import type { RebookSlot } from '@/lib/notify/contact.schema';
import { clockTime, londonDate, longDate, type LocalDate } from '@/lib/platform/time-words';

const CHANNELS: Record<string, string> = { 'in-person': 'in person', telephone: 'telephone', video: 'video' };

/** Free places by day, each a radio `slotId`; the id of the first is the name, for the link of a fault. */
export function RebookSlots({ slots, chosen }: { slots: readonly RebookSlot[]; chosen?: string }) {
  const first = slots[0]?.id;
  return byDay(slots).map(({ date, those }) => (
    <fieldset key={date} className="panel mb-4 pb-2">
      <legend className="float-left mb-2 w-full font-bold">{longDate(date)}</legend>
      <div className="clear-both grid gap-x-6 sm:grid-cols-2 lg:grid-cols-3">
        {those.map((slot) => (
          <SingleRadio
            key={slot.id}
            id={slot.id === first ? 'slotId' : `slot-${slot.id}`}
            name="slotId"
            option={{ value: slot.id, words: `${clockTime(slot.startsAt)} to ${clockTime(slot.endsAt)}`, hint: aboutSlot(slot) }}
            isChosen={slot.id === chosen}
          />
        ))}
      </div>
    </fieldset>
  ));
}

function aboutSlot({ serviceName, channel, practitionerRole, practitionerName, isKeptBack }: RebookSlot): string {
  const how = channel ? (CHANNELS[channel] ?? channel) : 'channel not stated';
  return [serviceName, how, practitionerName ?? practitionerRole ?? '', isKeptBack ? 'kept back for you' : ''].filter(Boolean).join(' · ');
}

function byDay(slots: readonly RebookSlot[]): { date: LocalDate; those: RebookSlot[] }[] {
  const days: { date: LocalDate; those: RebookSlot[] }[] = [];
  for (const slot of slots) {
    const date = londonDate(slot.startsAt);
    const last = days.at(-1);
    if (last?.date === date) last.those.push(slot);
    else days.push({ date, those: [slot] });
  }
  return days;
}
