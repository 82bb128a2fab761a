import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** What was asked for at the terminal. */
export type Options = {
  base: string;
  tokens: TokenOptions;
  scopes: readonly string[];
  services: readonly [string, ...string[]];
  nhsNumber: string | null;
  isReadOnly: boolean;
  /** How far ahead free slots are looked for. */
  days: number;
  timeoutMs: number;
  /** Ids of requirements; empty: all. */
  only: readonly string[];
  reportFile: string;
  jsonFile: string | null;
};

export type TokenOptions =
  | { kind: 'given'; token: string }
  | { kind: 'endpoint'; url: string; clientId: string; clientSecret: string }
  | { kind: 'key'; pem: string; kid: string; issuer: string; organisation: string };

/** Options, or words to show instead. */
export type Parsed = { ok: true; value: Options } | { ok: false; words: string };

export const HELP = `npm run conformance -- --base URL --service ID (a way to get tokens) [options]

Tests a provider of the NHS Booking API (FHIR STU3) from outside, requirement by requirement.
It books synthetic patients into free slots, about ten at a time, and cancels every booking that it made.

  --base URL             the service root, such as https://provider.example.nhs.uk/STU3
  --service ID           a service with free slots, by the id of the directory; several times for several

Tokens, one of:
  --token JWT            one token; an unsigned one is changed for the tests of claims
  --token-endpoint URL --client-id ID --client-secret SECRET
                         client credentials of OAuth 2.0; the secret may be in CONFORMANCE_CLIENT_SECRET,
                         a token in CONFORMANCE_TOKEN, so that neither is in the list of processes
  --private-key FILE --kid ID --issuer URL [--organisation ODS]
                         the standard's own tokens, signed with this PEM key; the most is tested with them
  --scope SCOPE          scopes to ask for, several times for several; otherwise the three of the API

Options:
  --nhs-number NUMBER    a synthetic patient for the main booking; otherwise a new one of the 999 range
  --read-only            books nothing, and sends nothing that could be booked
  --days N               how far ahead to look for free slots (14)
  --only B-412           only these requirements, several times for several
  --timeout SECONDS      how long to wait for one answer (30)
  --report FILE          where to write the report (conformance.html)
  --json FILE            writes the outcomes as JSON too

The exit code is 0 only when no MUST fails.`;

const SCOPES = ['organization/slot.read', 'patient/appointment.read', 'patient/appointment.write'];
const DAYS = 14;
const TIMEOUT_SECONDS = 30;
const TEXT = { type: 'string' } as const;
const LIST = { type: 'string', multiple: true } as const;
const SWITCH = { type: 'boolean', default: false } as const;
const KNOWN = {
  base: TEXT,
  service: LIST,
  token: TEXT,
  'token-endpoint': TEXT,
  'client-id': TEXT,
  'client-secret': TEXT,
  'private-key': TEXT,
  kid: TEXT,
  issuer: TEXT,
  organisation: TEXT,
  scope: LIST,
  'nhs-number': TEXT,
  'read-only': SWITCH,
  days: TEXT,
  only: LIST,
  timeout: TEXT,
  report: TEXT,
  json: TEXT,
  help: SWITCH,
} as const;

type Values = ReturnType<typeof readValues>;

/** Reads the arguments; `env` gives secrets that should not stand among them. `known` are the ids that --only may name. */
export function readArguments(args: readonly string[], env: Readonly<Record<string, string | undefined>>, known: readonly string[]): Parsed {
  try {
    const values = readValues(args);
    return values.help ? { ok: false, words: HELP } : optionsOf(values, env, known);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}

function readValues(args: readonly string[]) {
  return parseArgs({ args: [...args], options: KNOWN, strict: true, allowPositionals: false }).values;
}

function optionsOf(values: Values, env: Readonly<Record<string, string | undefined>>, known: readonly string[]): Parsed {
  const base = values.base ?? '';
  if (!isWebAddress(base)) return refused('--base must be the service root, such as https://provider.example.nhs.uk/STU3.');
  const [service, ...others] = values.service ?? [];
  if (!service) return refused('--service must name a service with free slots.');
  const tokens = tokenOptions(values, env);
  if (!tokens) return refused('Tokens are needed: --token, or --token-endpoint with --client-id and --client-secret, or --private-key with --kid and --issuer.');
  const stranger = (values.only ?? []).find((id) => !known.includes(id));
  if (stranger) return refused(`--only ${stranger} is no requirement of a provider.`);
  const [days, timeout] = [Number(values.days ?? DAYS), Number(values.timeout ?? TIMEOUT_SECONDS)];
  if (!(days > 0) || !(timeout > 0)) return refused('--days and --timeout must be numbers above 0.');
  const nhsNumber = values['nhs-number'] ?? null;
  if (nhsNumber !== null && !/^999\d{7}$/.test(nhsNumber)) return refused('--nhs-number must be ten digits that begin with 999: real patients are not for tests.');
  return {
    ok: true,
    value: {
      base: base.replace(/\/+$/, ''),
      tokens,
      scopes: values.scope ?? SCOPES,
      services: [service, ...others],
      nhsNumber,
      isReadOnly: values['read-only'],
      days,
      timeoutMs: timeout * 1_000,
      only: values.only ?? [],
      reportFile: values.report ?? 'conformance.html',
      jsonFile: values.json ?? null,
    },
  };
}

function tokenOptions(values: Values, env: Readonly<Record<string, string | undefined>>): TokenOptions | null {
  const { 'private-key': file, kid, issuer, organisation = 'Y99901', 'token-endpoint': url, 'client-id': clientId } = values;
  if (file && kid && issuer) return { kind: 'key', pem: readFileSync(file, 'utf8'), kid, issuer, organisation };
  const clientSecret = values['client-secret'] ?? env['CONFORMANCE_CLIENT_SECRET'];
  if (url && clientId && clientSecret) return { kind: 'endpoint', url, clientId, clientSecret };
  const token = values.token ?? env['CONFORMANCE_TOKEN'];
  return token ? { kind: 'given', token } : null;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

function refused(words: string): Parsed {
  return { ok: false, words: `${words}\nnpm run conformance -- --help says more.` };
}
