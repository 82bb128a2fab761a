import { field } from './csv';
import { readRecords } from './files';
import { loadTables, type Step, type TableLoad } from './steps';

const OF_DISPOSITION = [
  'code', 'title', 'call_text', 'family', 'contact_mode', 'timeframe_minutes', 'timeframe_label', 'is_bookable_gp', 'outside_timeframe_rule', 'numeric_id',
];

/** Dispositions, service types with their ranks, reject reasons, and the clinical vocabulary of the sample. */
export const DIRECTORY: Step = {
  name: 'directory',
  words: 'Dispositions and service types',
  files: ['dispositions.csv', 'service-types.csv', 'service-type-ranks.csv', 'reject-reasons.csv', 'symptom-groups.csv', 'symptom-discriminators.csv', 'symptom-pairs.csv'],
  load: (client) => loadTables(client, [dispositions(), ...serviceTypes(), rejectReasons(), ...symptoms()]),
};

/** Who runs services: GP practices, pharmacies, urgent care sites, and the trusts that run hospitals. */
export const ORGANISATIONS: Step = {
  name: 'organisations',
  words: 'Practices, pharmacies and hospitals',
  files: ['gp-practices.csv.gz', 'pharmacies.csv.gz', 'urgent-care-sites.csv.gz', 'hospitals.csv.gz'],
  load: (client) => loadTables(client, [{ table: 'organisation', columns: ['ods_code', 'name', 'kind', 'icb_code'], key: ['ods_code'], rows: organisations() }]),
};

/** The number of a symptom group or discriminator: `SG1011` is 1011. */
export function symptomNumber(id: string): number {
  return Number(id.replace(/^S[GD]/, ''));
}

function dispositions(): TableLoad {
  const rows = readRecords('dispositions.csv').map((row) => [
    field(row, 'code'),
    field(row, 'title'),
    orNull(field(row, 'call_text')),
    field(row, 'family'),
    field(row, 'contact_mode'),
    field(row, 'timeframe_minutes') === '' ? null : Number(field(row, 'timeframe_minutes')),
    orNull(field(row, 'timeframe_label')),
    field(row, 'bookable_gp_list') === 'Y',
    orNull(field(row, 'outside_timeframe_rule')),
    Number(field(row, 'dos_numeric_id')),
  ]);
  return { table: 'disposition', columns: OF_DISPOSITION, key: ['code'], rows };
}

function serviceTypes(): TableLoad[] {
  const types = readRecords('service-types.csv').map((row) => [Number(field(row, 'id')), field(row, 'name'), field(row, 'single_result_only') === 'Y', field(row, 'is_sensitive') === 'Y']);
  const ranks = readRecords('service-type-ranks.csv').map((row) => [field(row, 'area'), Number(field(row, 'type_id')), Number(field(row, 'rank'))]);
  return [
    { table: 'service_type', columns: ['id', 'name', 'single_result_only', 'is_sensitive'], key: ['id'], rows: types },
    { table: 'service_type_rank', columns: ['area', 'type_id', 'rank'], key: null, rows: ranks },
  ];
}

function rejectReasons(): TableLoad {
  const rows = readRecords('reject-reasons.csv').map((row) => [
    Number(field(row, 'reason_id')),
    field(row, 'reason_text'),
    field(row, 'short_reason_text'),
    field(row, 'requires_comment') === 'Y',
    field(row, 'clinician_only') === 'Y',
    field(row, 'category'),
  ]);
  return { table: 'reject_reason', columns: ['id', 'text', 'short_text', 'requires_comment', 'clinician_only', 'category'], key: ['id'], rows };
}

function symptoms(): TableLoad[] {
  const named = (file: string) => readRecords(file).map((row) => [symptomNumber(field(row, 'id')), field(row, 'name')]);
  const pairs = readRecords('symptom-pairs.csv').map((row) => [symptomNumber(field(row, 'sg')), symptomNumber(field(row, 'sd'))]);
  return [
    { table: 'symptom_group', columns: ['id', 'name'], key: ['id'], rows: named('symptom-groups.csv') },
    { table: 'symptom_discriminator', columns: ['id', 'name'], key: ['id'], rows: named('symptom-discriminators.csv') },
    { table: 'symptom_pair', columns: ['group_id', 'discriminator_id'], key: null, rows: pairs },
  ];
}

function organisations() {
  const places = [
    { file: 'gp-practices.csv.gz', kind: 'gp-practice', code: 'ods_code', name: 'name' },
    { file: 'pharmacies.csv.gz', kind: 'pharmacy', code: 'ods_code', name: 'name' },
    { file: 'urgent-care-sites.csv.gz', kind: 'urgent-care-site', code: 'ods_code', name: 'name' },
    { file: 'hospitals.csv.gz', kind: 'trust', code: 'parent_ods', name: 'parent_name' },
  ];
  const rows = places.flatMap(({ file, kind, code, name }) => readRecords(file).map((row) => [field(row, code), field(row, name), kind, orNull(field(row, 'icb26'))] as const));
  // A trust has a row for each hospital: the first says where it is.
  return new Map(rows.toReversed().map((row) => [row[0], row])).values();
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
