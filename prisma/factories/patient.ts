import { db } from '@/lib/platform/db';
import { patientRow } from './rows';
import { unique } from './unique';

type PatientOptions = Partial<{ nhsNumber: string | null; givenName: string; familyName: string; birthDate: string; sex: string; postcode: string; phone: string | null; isUnknown: boolean; deceasedOn: Date | null }>;

/** A synthetic patient with a valid number of the 999 range. */
export async function aPatient({ birthDate = '1984-03-02', ...given }: PatientOptions = {}) {
  return db.patient.create({
    data: patientRow({ nhsNumber: await unusedNhsNumber(), phone: '07700 900153', birthDate: new Date(`${birthDate}T00:00:00Z`), ...given }),
  });
}

// Journeys share a database with the demonstration's patients and with each other.
async function unusedNhsNumber(): Promise<string> {
  const nhsNumber = syntheticNhsNumber();
  return (await db.patient.count({ where: { nhsNumber } })) === 0 ? nhsNumber : unusedNhsNumber();
}

/** A valid NHS number of the range 999 000 0000 to 999 999 9999, which is never issued. */
export function syntheticNhsNumber(): string {
  for (;;) {
    const stem = `999${String(scattered(unique())).padStart(6, '0')}`;
    const sum = [...stem].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check !== 10) return `${stem}${check}`;
  }
}

// Processes count from different millions: each takes another stretch of the six digits.
function scattered(number: number): number {
  return (number + Math.floor(number / 1_000_000) * 109) % 1_000_000;
}
