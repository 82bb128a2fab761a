import type { Contact, TypedContact } from '@/lib/patient/contacts.schema';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** What is known of numbers when a call starts: what the caller gave, who they are when not the patient, and the patient's own number. */
type FirstNumbers = { callbackPhone: string | null; caller: { name: string; relationship: string } | null; ownPhone: string | null };

/**
 * Contacts by rank, from 1: the one chosen to be rung first, then the others in the order typed. A third party keeps name
 * and relationship, the patient needs neither. Source: U-140 to U-144.
 *
 * Refuses with `contacts-without-primary` unless exactly one with a number is chosen to be rung first.
 */
export function rankContacts(typed: readonly TypedContact[]): Result<Contact[], RefusalOf<'contacts-without-primary'>> {
  const first = typed.filter(({ phone, isFirst }) => phone && isFirst);
  if (first.length !== 1) return refuse({ code: 'contacts-without-primary' });
  return ok([...first, ...typed.filter(({ isFirst }) => !isFirst)].flatMap(asContact).map((contact, index) => ({ rank: index + 1, ...contact })));
}

/**
 * The contacts with which a call starts: the number given, of the caller when that is somebody else, is rung first; then the
 * patient's own, when it is another number. None when no number is known.
 */
export function firstContacts({ callbackPhone, caller, ownPhone }: FirstNumbers): Contact[] {
  const given = callbackPhone === null ? [] : asContact({ isPatient: caller === null, name: caller?.name ?? '', relationship: caller?.relationship ?? '', phone: callbackPhone });
  const isOwnGiven = callbackPhone !== null && ownPhone !== null && digitsOf(callbackPhone) === digitsOf(ownPhone);
  const own = isOwnGiven ? [] : asContact({ isPatient: true, name: '', relationship: '', phone: ownPhone });
  return [...given, ...own].map((contact, index) => ({ rank: index + 1, ...contact }));
}

function asContact({ isPatient, name, relationship, phone }: Omit<TypedContact, 'isFirst'>): Omit<Contact, 'rank'>[] {
  if (phone === null) return [];
  return [isPatient ? { isPatient, name: null, relationship: null, phone } : { isPatient, name, relationship, phone }];
}

// +44 7700 900153 and 07700 900153 are one number.
function digitsOf(phone: string): string {
  return phone.replace(/[^\d+]/g, '').replace(/^\+44/, '0');
}
