import path from 'node:path';
import type { Cluster } from '@/lib/platform/embedded';
import { openCluster } from './database';
import { freePort } from './port';
import { closeAtEnd } from './run-script';

const FIRST_PORT = 54_329;

/** The cluster of the tests, apart from that of `npm start`: no fsync, so a crash may lose everything. */
export async function openTestCluster(): Promise<Cluster> {
  const cluster = await openCluster({ folder: path.resolve('.data/test'), port: await freePort(FIRST_PORT), isDurable: false });
  if (!cluster.isAdopted) closeAtEnd(cluster.stop);
  return cluster;
}
