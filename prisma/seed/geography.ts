import { copyCsv } from '@/lib/platform/copy';
import { field } from './csv';
import { readRecords, sizeOf, streamText } from './files';
import { loadTables, type Step } from './steps';

const AREAS = 'postcode-areas.csv.gz';
const POSTCODES = ['postcodes-england.csv.gz', 'postcodes-wales-scotland.csv.gz'] as const;
const POSTCODE_COLUMNS = ['postcode', 'latitude', 'longitude', 'country', 'icb_code', 'sub_icb', 'district', 'quality'];

/** Regions, boards with what became of the abolished ones, outcodes and sectors, stored search distances, bank holidays. */
export const GEOGRAPHY: Step = {
  name: 'geography',
  words: 'Boards, regions and outcodes',
  files: ['regions.csv', 'icbs-from-2026-04.csv', 'icbs-2022-2026.csv', 'icb24-to-icb26.csv', 'search-distances.csv', 'bank-holidays-england.csv', AREAS],
  load: async (client) => {
    await loadTables(client, [
      { table: 'region', columns: ['code', 'name'], key: ['code'], rows: readRecords('regions.csv').map((row) => [field(row, 'region_ods'), field(row, 'region_name')]) },
      { table: 'icb', columns: ['code', 'name', 'short_name', 'region_code', 'is_current'], key: ['code'], rows: boards() },
      { table: 'icb_successor', columns: ['old_code', 'new_code', 'lsoa_count'], key: null, rows: successors() },
      {
        table: 'search_distance',
        columns: ['area', 'kilometres'],
        key: null,
        rows: readRecords('search-distances.csv').map((row) => [field(row, 'area'), Number(field(row, 'kilometres'))]),
      },
      { table: 'bank_holiday', columns: ['date', 'name'], key: null, rows: readRecords('bank-holidays-england.csv').map((row) => [field(row, 'date'), field(row, 'name')]) },
    ]);
    await client.query('DELETE FROM postcode_area');
    await copyCsv(client, { table: 'postcode_area', columns: ['area', 'latitude', 'longitude', 'country', 'icb_code'], csv: streamText(AREAS, () => undefined) });
  },
};

/** Every postcode of England, Wales and Scotland; `onPart` is told packed bytes. */
export const POSTCODE_STEP: Step = {
  name: 'postcodes',
  words: 'Postcodes',
  files: POSTCODES,
  load: async (client, onPart) => {
    const total = sizeOf(POSTCODES);
    let done = 0;
    // Nothing refers to the table, and a key made after the rows costs half as much as one kept along.
    await client.query('ALTER TABLE postcode DROP CONSTRAINT postcode_pkey');
    await client.query('TRUNCATE postcode');
    for (const name of POSTCODES) {
      const csv = streamText(name, (bytes) => onPart((done += bytes), total));
      await copyCsv(client, { table: 'postcode', columns: POSTCODE_COLUMNS, csv });
    }
    await client.query('ALTER TABLE postcode ADD CONSTRAINT postcode_pkey PRIMARY KEY (postcode)');
  },
};

function boards() {
  const current = readRecords('icbs-from-2026-04.csv').map((row) => [...boardOf(row), true]);
  const abolished = readRecords('icbs-2022-2026.csv').filter(isAbolished).map((row) => [...boardOf(row), false]);
  return [...current, ...abolished];
}

function boardOf(row: Record<string, string>) {
  return [field(row, 'icb_ods'), field(row, 'icb_name'), field(row, 'short_name'), field(row, 'region_ods')];
}

function successors() {
  const abolished = new Set(readRecords('icbs-2022-2026.csv').filter(isAbolished).map((row) => field(row, 'icb_ods')));
  return readRecords('icb24-to-icb26.csv')
    .filter((row) => abolished.has(field(row, 'icb24_ods')))
    .map((row) => [field(row, 'icb24_ods'), field(row, 'icb26_ods'), Number(field(row, 'n_lsoa21'))]);
}

function isAbolished(row: Record<string, string>): boolean {
  return field(row, 'status_after_2026_04_01') === 'abolished';
}
