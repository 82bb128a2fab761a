import type { Channel, SlotRow } from '@/lib/booking/schema';

const CHANNELS: Record<Channel, string> = { 'in-person': 'In person', telephone: 'Telephone', video: 'Video' };

export function channelWords(channel: Channel | null): string {
  return channel ? CHANNELS[channel] : 'Channel not stated';
}

/** `In person · Nurse practitioner`, `Telephone · GP · Dr Placeholder (female)`; unknown is said, never assumed. */
export function slotWords(slot: Pick<SlotRow, 'channel' | 'practitionerRole' | 'practitionerName' | 'practitionerGender'>): string {
  const gender = slot.practitionerGender ? ` (${slot.practitionerGender})` : '';
  const name = slot.practitionerName ? `${slot.practitionerName}${gender}` : '';
  return [channelWords(slot.channel), slot.practitionerRole ?? 'Role not stated', name].filter(Boolean).join(' · ');
}
