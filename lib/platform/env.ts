import { z } from 'zod';

const optional = z.string().trim().min(1).optional().or(z.literal('').transform(() => undefined));

const schema = z.object({
  DATABASE_URL: z.string().min(1, 'DATABASE_URL is not set: run the app with npm start, which sets it'),
  NEXTAUTH_SECRET: optional,
  NEXTAUTH_URL: optional,
  PUBLIC_URL: optional,
  ONWARD_DEMONSTRATION: optional,
  OIDC_ISSUER: optional,
  OIDC_CLIENT_ID: optional,
  OIDC_CLIENT_SECRET: optional,
  OIDC_NAME: optional,
  ONWARD_SOURCES_CA: optional,
  ONWARD_SOURCES_CERT: optional,
  ONWARD_SOURCES_KEY: optional,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** The settings of this process, checked at first use. Throws with every fault at once. */
export function env(): Env {
  return (parsed ??= schema.parse(process.env));
}

/** Whether this installation runs the demonstration: local accounts, invented schedules. */
export function isDemonstration(): boolean {
  return env().ONWARD_DEMONSTRATION === '1';
}

/** The address at which others reach this installation, without a slash at the end: what every link and every token is built from. Throws when it is not set. */
export function publicUrl(): string {
  const { PUBLIC_URL } = env();
  if (!PUBLIC_URL) throw new Error('PUBLIC_URL is not set: run the app with npm start, which sets it');
  return PUBLIC_URL.replace(/\/$/, '');
}
