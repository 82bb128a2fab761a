import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const ONE_BYTE_CHAR = 18;
const TEXT = 25;

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;
type Sent = { fields?: { dataTypeID: number }[]; rows: unknown[][] };
type Send = (request: unknown) => Promise<Sent>;

/**
 * Prisma's pg adapter, made fit for migrations: scripts go whole and are atomic, PostgreSQL's one-byte `"char"` is
 * understood, and the shadow database is one of its own that is dropped afterwards.
 */
export class MigrationPg extends PrismaPg {
  private readonly opened: Adapter[] = [];

  constructor(private readonly url: string) {
    super(url);
  }

  override async connect(): Promise<Adapter> {
    const adapter = mend(await super.connect());
    this.opened.push(adapter);
    return adapter;
  }

  /** Ends the connections that the engine leaves open. */
  async close(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((adapter) => adapter.dispose()));
  }

  override async connectToShadowDb(): Promise<Adapter> {
    const admin = new pg.Client(this.url);
    const name = `onward_shadow_${crypto.randomUUID().replaceAll('-', '')}`;
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    const shadow = mend(await new PrismaPg(Object.assign(new URL(this.url), { pathname: name }).href).connect());
    const close = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await close();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    };
    return shadow;
  }
}

/** Sends scripts whole, and gives PostgreSQL's one-byte "char" as the engine expects it: a character, NUL for empty. */
function mend(adapter: Adapter): Adapter {
  const pool = adapter.underlyingDriver();
  const send = pool.query.bind(pool) as unknown as Send;
  const queryRaw = adapter.queryRaw.bind(adapter);
  let chars: number[] = [];

  const query: Send = async (request) => {
    const found = chars; // Taken before the first await: queryRaw below set it in the same turn.
    const result = await send(request);
    result.fields?.forEach((field, column) => {
      if (field.dataTypeID !== ONE_BYTE_CHAR) return;
      field.dataTypeID = TEXT;
      found.push(column);
      for (const row of result.rows) if (row[column] === '') row[column] = '\0';
    });
    return result;
  };
  Object.assign(pool, { query });
  adapter.executeScript = async (script) => void (await send(script));
  adapter.queryRaw = async (request) => {
    const found: number[] = (chars = []);
    const result = await queryRaw(request);
    for (const column of found) result.columnTypes[column] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}
