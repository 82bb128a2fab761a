import { openDatabase, type Database } from './database';
import { closeAtEnd } from './run-script';

/** The database for one short script: a server that ran before goes on running after it. */
export async function openForScript(): Promise<Database> {
  const database = await openDatabase();
  if (!database.isAdopted) closeAtEnd(database.stop);
  return database;
}
