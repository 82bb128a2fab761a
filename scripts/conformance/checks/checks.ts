import type { Check } from '../model';
import { BOOKED } from './booked';
import { BOOKING } from './booking';
import { BOOKING_FAULTS } from './booking-faults';
import { CANCELLING } from './cancelling';
import { CAPABILITY } from './capability';
import { ERRORS } from './errors';
import { FORMATS } from './formats';
import { PATIENT_SEARCH } from './patient-search';
import { READING } from './reading';
import { REQUEST_IDS } from './request-ids';
import { SCOPES } from './scopes';
import { SLOT_BUNDLE } from './slot-bundle';
import { SLOT_RESOURCES } from './slot-resources';
import { SLOT_SEARCH } from './slot-search';
import { TIMES } from './times';
import { TOKENS } from './tokens';
import { TRANSPORT, VERSIONS } from './transport';

// What holds of every answer is asked of as many answers as possible.
const OF_EVERY_ANSWER = ['B-008', 'B-027', 'B-040', 'B-041', 'B-434', 'B-617', 'B-810', 'B-811', 'B-812', 'B-813'];

const ALL: readonly Check[] = [
  ...CAPABILITY,
  ...TRANSPORT,
  ...FORMATS,
  ...TOKENS,
  ...SCOPES,
  ...SLOT_SEARCH,
  ...SLOT_BUNDLE,
  ...SLOT_RESOURCES,
  ...TIMES,
  ...BOOKING_FAULTS,
  ...BOOKING,
  ...BOOKED,
  ...READING,
  ...PATIENT_SEARCH,
  ...REQUEST_IDS,
  ...VERSIONS,
  ...CANCELLING,
  ...ERRORS,
];

/** Every check in the order in which they run. A requirement may have several. */
export const CHECKS: readonly Check[] = [...ALL.filter(({ id }) => !OF_EVERY_ANSWER.includes(id)), ...ALL.filter(({ id }) => OF_EVERY_ANSWER.includes(id))];
