import { Prisma } from '@/lib/platform/db';
import { matchKey } from '@/lib/registry/commands';
import type { Sought } from '@/lib/registry/schema';

/**
 * Two table expressions of which the second, `found`, has the `id` of every entry of a patient and whether it `is_certain`: the same NHS
 * number, or Onward's own of the very same record. The others have the same name, birth date and postcode, and one of the two
 * has no number: two different numbers are never a match. `filter`: on the columns of the entries. Source: docs/rules.md#registry.
 */
export function foundSql(patient: Sought, filter: Prisma.Sql): Prisma.Sql {
  // Each branch of the union has an index of its own, which an OR would not use, and nothing else in it that another index could be chosen for.
  return Prisma.sql`
    matched AS (
      SELECT id, nhs_number, true AS is_certain
      FROM registry_entry
      WHERE nhs_number = ${patient.nhsNumber}::char(10) AND ${filter}
      UNION ALL
      SELECT id, nhs_number, false
      FROM registry_entry
      WHERE match_key = ${matchKey(patient)} AND ${filter}
      UNION ALL
      SELECT id, nhs_number, true
      FROM registry_entry
      WHERE appointment_id = ANY (ARRAY(SELECT id FROM appointment WHERE patient_id = ${patient.id}::uuid)) AND ${filter}
    ),
    found AS (
      SELECT id, bool_or(is_certain) AS is_certain
      FROM matched
      WHERE is_certain OR nhs_number IS NULL OR ${patient.nhsNumber}::char(10) IS NULL
      GROUP BY id
    )`;
}
