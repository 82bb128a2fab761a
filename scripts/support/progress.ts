import type { Progress } from '@/prisma/seed/progress';
import { readClock } from '@/lib/platform/time';

const BAR_WIDTH = 30;

/** Shows the steps of a long piece of work: a bar for each on a terminal, a plain line for each elsewhere. */
export function showProgress(): { progress: Progress; end: () => void } {
  let current: { step: string; startedAt: number } | null = null;

  function end(): void {
    if (!current) return;
    const seconds = ((readClock().getTime() - current.startedAt) / 1000).toFixed(1);
    console.log(`${process.stdout.isTTY ? '\r\u001b[K' : ''}  ${current.step}: ${seconds} s`);
    current = null;
  }

  function progress(step: string, done: number, total: number): void {
    if (current?.step !== step) {
      end();
      current = { step, startedAt: readClock().getTime() };
    }
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K  ${bar(done, total)} ${step}`);
  }

  return { progress, end };
}

function bar(done: number, total: number): string {
  const share = total > 0 ? Math.min(done / total, 1) : 1;
  const filled = Math.round(share * BAR_WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${String(Math.floor(share * 100)).padStart(3)} %`;
}
