import type { Capacity } from '@/lib/directory/schema';

/** The latest thing that was said of a service's capacity. */
export type CapacityState = { colour: string; resetsAt: Date | null };

/**
 * The capacity in force at `at`. Green is High, amber Low, red None (D-028); without a state it is green, and from the
 * reset time on it is green again without anybody acting (D-029).
 */
export function capacityAt(latest: CapacityState | null, at: Date): Capacity {
  if (!latest?.resetsAt || latest.resetsAt <= at) return 'High';
  return latest.colour === 'red' ? 'None' : 'Low';
}
