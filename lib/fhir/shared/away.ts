import { memberOf } from '@/lib/fhir/shared/member';

/** Codes of PostgreSQL, of the network, of Prisma and of its adapter that say: the database is not there, or has no connection left. */
const AWAY =
  /^(08\w{3}|57P0\d|53300|ECONN\w+|ETIMEDOUT|EPIPE|ENOTFOUND|P1001|P1002|P1008|P1017|P2024|P2028|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections)$/;
/** What the driver says in words alone. */
const AWAY_WORDS = /timeout exceeded when trying to connect|Connection terminated/;
const MAX_CAUSES = 5;

/** The error's codes, its causes' included, the outermost first. */
export function codesOf(error: unknown): string[] {
  return causesOf(error).flatMap((cause) => ['code', 'originalCode', 'kind'].map((name) => memberOf(cause, name)).filter((code) => typeof code === 'string'));
}

/** Whether a thrown error says that the database is away: tried again later, the same request may go through (B-847). */
export function isAway(error: unknown): boolean {
  const words = causesOf(error).some((cause) => cause instanceof Error && AWAY_WORDS.test(cause.message));
  return words || codesOf(error).some((code) => AWAY.test(code));
}

function causesOf(error: unknown): object[] {
  const causes: object[] = [];
  let at: unknown = error;
  while (typeof at === 'object' && at !== null && causes.length < MAX_CAUSES) {
    causes.push(at);
    at = memberOf(at, 'cause') ?? memberOf(memberOf(at, 'meta'), 'driverAdapterError');
  }
  return causes;
}
