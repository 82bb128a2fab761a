import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { z } from 'zod';
import type { Refusal } from '@/lib/platform/errors';
import type { Result } from '@/lib/platform/result';
import { Fault } from './fault';

/** The options and words of a command that manages something; when they are wrong, says why and how it is used, and ends the process. */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(options: Options, help: string) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    process.exit(1);
  }
}

/** What a form made of the options, or a Fault with every mistake. */
export function parsed<Value>(form: z.ZodSafeParseResult<Value>): Value {
  if (form.success) return form.data;
  throw new Fault(form.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}

/** What was done, or a Fault in the words of the screens. */
export async function done<Value>({ now }: { now: Date }, outcome: Result<Value, Refusal>): Promise<Value> {
  if (outcome.ok) return outcome.value;
  const { refusalWords } = await import('@/components/layout/refusal-words');
  const { title, todo } = refusalWords(outcome.error, now);
  throw new Fault(`${title}. ${todo}`);
}

/** Says it, and that all went well. */
export function say(words: string): number {
  console.log(words);
  return 0;
}
