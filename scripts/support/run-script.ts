import { wordsOf } from './fault';

type Close = () => Promise<void>;

const CLOSING_LIMIT_MS = 10_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const toClose: Close[] = [];
let ending: Promise<never> | undefined;

/**
 * Runs a script to its end: its exit code, or 1 with one sentence for a Fault. However it ends (done, failed, Ctrl-C, its
 * launcher killed), everything given to `closeAtEnd` is closed first. `interruptedCode` is the exit code after a signal.
 */
export function runScript(work: () => Promise<number>, { interruptedCode }: { interruptedCode: number }): void {
  listen(interruptedCode);
  work().then(end, fail);
}

/** Has `close` run when the script ends; what was opened last is closed first. */
export function closeAtEnd(close: Close): void {
  toClose.unshift(close);
}

/** Whether the script is on its way out: what breaks from now on was broken by that. */
export function isEnding(): boolean {
  return ending !== undefined;
}

function listen(interruptedCode: number): void {
  for (const signal of SIGNALS) {
    // The embedded PostgreSQL listens too, and would stop the database while the web server still uses it.
    process.removeAllListeners(signal);
    process.on(signal, () => void end(interruptedCode));
  }
  process.on('disconnect', () => void end(interruptedCode));
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
}

function fail(error: unknown): void {
  if (isEnding()) return;
  console.error(wordsOf(error));
  void end(1);
}

function end(code: number): Promise<never> {
  return (ending ??= closeAll(code));
}

async function closeAll(code: number): Promise<never> {
  setTimeout(() => process.exit(code), CLOSING_LIMIT_MS).unref();
  for (const close of toClose) await close().catch(() => undefined);
  process.exit(code);
}
