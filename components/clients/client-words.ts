import type { Scope } from '@/lib/auth/actor';

/** What a client may do with each scope, in the order of the form (B-120 to B-122, B-904). */
export const SCOPE_WORDS: Record<Scope, string> = {
  'organization/slot.read': 'Find free slots',
  'patient/appointment.read': 'Read appointments',
  'patient/appointment.write': 'Book, amend, cancel and read appointments',
  'registry/appointment.read': 'Look things up in the registry',
  'registry/appointment.write': 'Register in the registry, and look things up there',
};

/** `Find free slots; book, amend, cancel and read appointments`: what another scope includes is not told twice. */
export function scopesWords(scopes: readonly Scope[]): string {
  const told = scopes.filter((scope) => !scopes.some((other) => other === scope.replace('.read', '.write') && other !== scope));
  const words = told.map((scope, index) => (index === 0 ? SCOPE_WORDS[scope] : lowerFirst(SCOPE_WORDS[scope])));
  return words.length > 0 ? words.join('; ') : 'Nothing';
}

/** Services by DoS service id: `Every service`, `None`, or the ids. */
export function servicesWords(dosIds: readonly string[]): string {
  if (dosIds.includes('*')) return 'Every service';
  return dosIds.length > 0 ? dosIds.join(', ') : 'None';
}

/** How many requests it may send: `600 a minute`. */
export function rateWords(requestsPerMinute: number): string {
  return `${String(requestsPerMinute).replace(/\B(?=(\d{3})+$)/g, ',')} a minute`;
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
