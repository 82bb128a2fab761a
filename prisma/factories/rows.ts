import { newId } from '@/lib/platform/id';

// Valid rows with defaults, by the names that Prisma gives the columns. Tests insert them one by one, the demonstration by COPY.

type ServiceGiven = Partial<ReturnType<typeof serviceDefaults>> & { dosId: string; odsCode: string; name: string; id?: string };
type PatientGiven = Partial<ReturnType<typeof patientDefaults>> & { nhsNumber: string | null; id?: string };
type ScheduleGiven = Partial<ReturnType<typeof scheduleDefaults>> & { serviceId: string };

/** A bookable urgent treatment centre in Leeds, open all hours, for everybody. */
export function serviceRow(given: ServiceGiven) {
  return { id: newId(), ...serviceDefaults(), ...given };
}

/** A man in Leeds. */
export function patientRow(given: PatientGiven) {
  return { id: newId(), ...patientDefaults(), ...given };
}

/** Slots with a nurse practitioner, in person. */
export function scheduleRow(given: ScheduleGiven) {
  return { id: newId(), ...scheduleDefaults(), ...given };
}

function serviceDefaults() {
  return {
    typeId: 135,
    address: '1 Example Street, Leeds',
    postcode: 'LS1 3EX',
    latitude: 53.8,
    longitude: -1.55,
    icbCode: maybe<string>(),
    publicPhone: maybe<string>(),
    staffPhone: maybe<string>(),
    website: maybe<string>(),
    handlerInstructions: maybe<string>(),
    patientInformation: maybe<string>(),
    isBookable: true,
    isBookingOnly: false,
    holdMinutes: 5,
    isOpenAllHours: true,
    isOnlyIfOpen: false,
    onlyIfOpenMinutes: 30,
    isRestricted: false,
    isDemonstration: false,
    genders: ['M', 'F', 'I'],
    referralRoles: ['call-handler', 'clinician'],
  };
}

function patientDefaults() {
  return {
    givenName: 'Tomasz',
    familyName: 'Notreal',
    birthDate: new Date('1984-03-02T00:00:00Z'),
    sex: 'male',
    addressLine: maybe<string>(),
    town: maybe<string>(),
    postcode: 'LS1 4AP',
    phone: maybe<string>(),
    deceasedOn: maybe<Date>(),
    isUnknown: false,
  };
}

function scheduleDefaults() {
  return {
    channel: maybe('in-person'),
    practitionerRole: maybe('Nurse practitioner'),
    practitionerName: maybe<string>(),
    practitionerGender: maybe<string>(),
  };
}

/** A column that may be null; null unless said otherwise. */
function maybe<Value>(value: Value | null = null): Value | null {
  return value;
}
