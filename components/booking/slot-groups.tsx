'use client';

import type { ReactNode } from 'react';
import { useNow } from '@/components/call/use-now';
import { SlotLine } from '@/components/booking/slot-line';
import type { SlotList, SlotRow } from '@/lib/booking/schema';
import { dayWords, whenWords } from '@/lib/platform/time-words';

type SlotGroupsProps = {
  call: { id: string; dueAt: Date | null; overNote: string; isMine: boolean; mayHold: boolean };
  slots: SlotList;
  /** Every slot shown so far; those no longer in `slots` are shown as gone. */
  seen: readonly SlotRow[];
  /** Why none is free in time, when none is. */
  none: string | null;
  /** Slots that are offered above the list: they have the first number keys. */
  offered: readonly string[];
  /** Whether the hold of this call can be extended. */
  canExtend: boolean;
  serverNow: Date;
  release: (form: FormData) => Promise<void>;
};

/** Slots in time, then after the due time: nothing is hidden, and what has gone is struck through. */
export function SlotGroups({ call, slots, seen, none, offered, canExtend, serverNow, release }: SlotGroupsProps) {
  const now = useNow(serverNow);
  const live = new Map([...slots.inTime, ...slots.after].map((slot) => [slot.id, slot]));
  const shown = [...seen.filter(({ id }) => !live.has(id)), ...live.values()].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.id.localeCompare(b.id));
  const inTime = shown.filter((slot) => slot.minutesOver === 0);
  const after = shown.filter((slot) => slot.minutesOver > 0);
  const free = inTime.map(({ id }) => id).filter((id) => live.get(id)?.state === 'free' && !offered.includes(id));
  const keys = new Map([...offered, ...free].slice(0, 9).map((id, index) => [id, index + 1]));
  const line = (slot: SlotRow) => (
    <SlotLine key={slot.id} call={call} slot={slot} isGone={!live.has(slot.id)} holdKey={keys.get(slot.id) ?? null} canExtend={canExtend} now={now} release={release} />
  );
  return (
    <>
      <Group title="In time" note={call.dueAt ? `before ${whenWords(call.dueAt, now)}` : 'no time is set by the disposition'}>
        {inTime.map(line)}
        {none ? <p className="my-2">{none}</p> : null}
      </Group>
      {after.length > 0 ? (
        <Group title="After the due time" note={call.overNote}>
          {after.map(line)}
        </Group>
      ) : null}
      <LaterDays slots={slots} now={now} />
    </>
  );
}

function Group({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <div className="mb-4">
      <h3 className="mb-1 text-body font-bold">
        {title} <span className="ml-2 font-normal text-detail text-quiet">{note}</span>
      </h3>
      <div className="border-t border-line">{children}</div>
    </div>
  );
}

function LaterDays({ slots, now }: { slots: SlotList; now: Date }) {
  const days = slots.laterDays.map(({ date, free }) => `${dayWords(date, now)} ${free} free`);
  return days.length > 0 ? <p className="mb-0 text-detail text-quiet tabular">Also: {days.join(' · ')}</p> : null;
}
