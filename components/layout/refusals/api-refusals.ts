import { dayAndTime, type WordsFor } from '@/components/layout/refusals/words';

export type ApiRefusal =
  | 'request-repeated'
  | 'organisation-refused'
  | 'slot-differs'
  | 'times-outside-slot'
  | 'appointment-differs'
  | 'appointment-unchanged'
  | 'client-not-found'
  | 'client-changed'
  | 'organisation-unknown'
  | 'client-service-unknown'
  | 'client-issuer-taken'
  | 'client-key-taken'
  | 'client-secrets-full'
  | 'client-proxy-needs-issuer';

/** What the API refuses, and looking after its clients. */
export const API_REFUSALS: WordsFor<ApiRefusal> = {
  'request-repeated': () => ({
    title: 'This request was carried out before',
    todo: 'Nothing was done twice. Look at what it led to the first time.',
  }),
  'organisation-refused': ({ serviceName, organisation, what }) => ({
    title: what === 'book' ? `${serviceName} takes no bookings from ${organisation}` : `${serviceName} does not let ${organisation} cancel here`,
    todo: what === 'book' ? 'Choose another service.' : 'Nothing was changed. Ask the service to cancel.',
  }),
  'slot-differs': () => ({
    title: 'The slot is not the one that was described',
    todo: 'Nothing was booked. Search again and book the slot as it is now.',
  }),
  'times-outside-slot': ({ startsAt, endsAt }, now) => ({
    title: `The slot is from ${dayAndTime(startsAt, now)} to ${dayAndTime(endsAt, now)}`,
    todo: 'Nothing was booked. The appointment must start with the slot and end no later.',
  }),
  'appointment-differs': () => ({
    title: 'More would change than a cancellation changes',
    todo: 'Nothing was changed. Read the appointment again and change its status alone.',
  }),
  'appointment-unchanged': () => ({
    title: 'Nothing would change',
    todo: 'Change the status to cancel the appointment, or its description to amend it.',
  }),
  'client-not-found': () => ({
    title: 'This API client cannot be found',
    todo: 'Go back to the list of API clients and choose it there.',
  }),
  'client-changed': ({ at }, now) => ({
    title: `A colleague changed this API client ${dayAndTime(at, now)}`,
    todo: 'Nothing was changed by you. Look at it as it is now, then change it again.',
  }),
  'organisation-unknown': ({ odsCode }) => ({
    title: `No organisation has the ODS code ${odsCode}`,
    todo: 'Check the code and enter it again.',
  }),
  'client-service-unknown': ({ dosId }) => ({
    title: `No service has the DoS service id ${dosId}`,
    todo: 'Check the id and enter it again, or enter * for every service.',
  }),
  'client-issuer-taken': () => ({
    title: 'Another API client has this issuer',
    todo: 'Enter another one: each client that makes its own tokens needs an issuer of its own.',
  }),
  'client-key-taken': ({ kid }) => ({
    title: `This client has a key with the id ${kid} already`,
    todo: 'Enter another id for the new key, so that the old one can be told apart.',
  }),
  'client-secrets-full': ({ most }) => ({
    title: `This client has ${most} secrets, which is the most`,
    todo: 'Go back and withdraw the one that is no longer used, then make a new one.',
  }),
  'client-proxy-needs-issuer': () => ({
    title: 'Unsigned tokens can only be told apart by their issuer',
    todo: 'Enter the issuer of this client, or leave unsigned tokens off.',
  }),
};
