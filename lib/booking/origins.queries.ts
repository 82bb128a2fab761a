import type { Origins } from '@/lib/crossborder/schema';
import { Prisma, sendHot } from '@/lib/platform/db';

/** What a statement that reads a call selects to find its commissioners from; see `ORIGINS`. */
export type OriginColumns = {
  practiceIcb: string | null;
  isAtHome: boolean;
  currentIcb: string | null;
  currentCountry: string;
  homeIcb: string | null;
  homeCountry: string | null;
};

/** For a statement that joins `call` and `patient`: what `OriginColumns` selects, and the joins for it, each by a primary key. */
export const ORIGINS = {
  columns: Prisma.sql`practice.icb_code AS "practiceIcb", call.is_at_home AS "isAtHome", call.icb_code AS "currentIcb", call.country AS "currentCountry",
      home.icb_code AS "homeIcb", home.country AS "homeCountry"`,
  joins: Prisma.sql`LEFT JOIN organisation AS practice ON practice.ods_code = call.practice_code
    LEFT JOIN postcode AS home ON home.postcode = patient.postcode`,
} as const;

/**
 * What the commissioners of a booking in a call are found from. Somebody at home lives where the call says that they are; else the home is
 * the postcode of the patient's record, when it is known in full. Source: docs/rules.md#across-borders.
 */
export function originsFrom({ practiceIcb, isAtHome, currentIcb, currentCountry, homeIcb, homeCountry }: OriginColumns, serviceIcb: string | null): Origins {
  const current = { icbCode: currentIcb, country: currentCountry };
  const recorded = homeCountry === null ? null : { icbCode: homeIcb, country: homeCountry };
  return { practiceIcb, home: isAtHome ? current : recorded, current, serviceIcb, organisationIcb: null };
}

/** The same of a call whose slot is not chosen yet; null when there is no such call. */
export async function originsOfCall(callId: string): Promise<OriginColumns | null> {
  // Raw, and past the engine: one more read on the path of every search. The columns are those of the read before a claim, said once.
  const [row] = await sendHot<OriginColumns>(Prisma.sql`
    SELECT ${ORIGINS.columns}
    FROM call
    JOIN patient ON patient.id = call.patient_id
    ${ORIGINS.joins}
    WHERE call.id = ${callId}::uuid`);
  return row ?? null;
}
