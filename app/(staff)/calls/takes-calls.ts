import type { Role } from '@/lib/auth/actor';

/** The roles that take calls, and so may be handed one. */
export const TAKES_CALLS: readonly Role[] = ['call-handler', 'clinician', 'supervisor'];
