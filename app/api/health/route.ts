import { isHealthy, readHealth } from '@/lib/platform/health';
import manifest from '@/package.json';

export const dynamic = 'force-dynamic';

/** Whether this installation can work: 200 when the database answers and is migrated, 503 when not. */
export async function GET(): Promise<Response> {
  const health = await readHealth();
  const isWell = isHealthy(health);
  const body = { status: isWell ? 'ok' : 'unavailable', version: manifest.version, ...health };
  return Response.json(body, { status: isWell ? 200 : 503, headers: { 'Cache-Control': 'no-store' } });
}
