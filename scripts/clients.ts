import { readFileSync } from 'node:fs';
import type { Manager } from '@/lib/auth/clients.queries';
import { newId } from '@/lib/platform/id';
import { readClock } from '@/lib/platform/time';
import { Fault } from './support/fault';
import { done, parsed, readArguments, say } from './support/manage';
import { openForScript } from './support/open-for-script';
import { runScript } from './support/run-script';
import { readSettings } from './support/settings';

const HELP = `npm run clients -- COMMAND

  list                                   every API client
  register --name NAME --organisation ODS --scope SCOPE [--scope …]
           [--acts-for ODS,…] [--book ID,…] [--cancel ID,…] [--issuer URL] [--requests N]
           [--without-document] [--behind-proxy] [--needs-proxy-headers] [--refuses-long-tokens]
                                         a new client; its secret is shown once.
                                         --book and --cancel: DoS service ids; every service without them
  secret ID                              a second secret for a client; shown once
  key ID --file FILE [--kid KID] [--alg ALG]
                                         registers a public key, a JWK or PEM
  off ID, on ID                          switches a client off or on

Scopes: organization/slot.read patient/appointment.read patient/appointment.write
        registry/appointment.read registry/appointment.write`;

const OPTIONS = {
  name: { type: 'string' },
  organisation: { type: 'string' },
  scope: { type: 'string', multiple: true },
  'acts-for': { type: 'string' },
  book: { type: 'string' },
  cancel: { type: 'string' },
  issuer: { type: 'string' },
  requests: { type: 'string' },
  'without-document': { type: 'boolean' },
  'behind-proxy': { type: 'boolean' },
  'needs-proxy-headers': { type: 'boolean' },
  'refuses-long-tokens': { type: 'boolean' },
  file: { type: 'string' },
  kid: { type: 'string' },
  alg: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const { values: given, positionals } = readArguments(OPTIONS, HELP);
const [command, clientId = ''] = positionals;

runScript(work, { interruptedCode: 0 });

/** `npm run clients`: looks after API clients from the terminal of the installation. */
async function work(): Promise<number> {
  if (given.help || !command) return say(HELP);
  const { url } = await openForScript();
  process.env['DATABASE_URL'] = url;
  process.env['PUBLIC_URL'] ||= readSettings().publicUrl;
  const ctx: Manager = { actor: { kind: 'job', id: 'clients' }, now: readClock(), requestId: newId() };
  switch (command) {
    case 'list':
      return list(ctx);
    case 'register':
      return register(ctx);
    case 'secret':
      return addSecret(ctx);
    case 'key':
      return addKey(ctx);
    case 'off':
    case 'on':
      return switchTo(ctx, command);
    default:
      throw new Fault(`There is no command “${command}”.\n\n${HELP}`);
  }
}

async function list(ctx: Manager): Promise<number> {
  const { listClients } = await import('@/lib/auth/clients.queries');
  const clients = await listClients(ctx);
  for (const { id, name, organisation, scopes, isActive } of clients) say(`${id}  ${isActive ? 'on ' : 'off'}  ${name} (${organisation.code})  ${scopes.join(' ')}`);
  return clients.length > 0 ? 0 : say('There are no API clients.');
}

async function register(ctx: Manager): Promise<number> {
  const [{ registerClient }, { clientForm }] = await Promise.all([import('@/lib/auth/clients.commands'), import('@/lib/auth/client-form.schema')]);
  const form = clientForm.safeParse({
    ...{ name: given.name, organisationCode: given.organisation, actsFor: given['acts-for'], scopes: given.scope?.join(' ') },
    ...{ bookServices: given.book ?? '*', cancelServices: given.cancel ?? '*', issuer: given.issuer, requestsPerMinute: given.requests },
    ...{ isBehindProxy: ticked(given['behind-proxy']), needsProxyHeaders: ticked(given['needs-proxy-headers']) },
    ...{ needsDocument: ticked(!given['without-document']), refusesLongTokens: ticked(given['refuses-long-tokens']) },
  });
  const { clientId: id, secret } = await done(ctx, await registerClient(ctx, parsed(form)));
  return say(`Client id      ${id}\nClient secret  ${secret}\nKeep the secret now: it is not shown again.`);
}

async function addSecret(ctx: Manager): Promise<number> {
  const commands = await import('@/lib/auth/client-secrets.commands');
  const { secret } = await done(ctx, await commands.addSecret(ctx, clientId));
  return say(`Client secret  ${secret}\nKeep it now: it is not shown again.`);
}

async function addKey(ctx: Manager): Promise<number> {
  const [commands, { clientKeyForm }] = await Promise.all([import('@/lib/auth/client-keys.commands'), import('@/lib/auth/client-key.schema')]);
  if (!given.file) throw new Fault('Name the file with the public key: --file key.jwk');
  const key = parsed(clientKeyForm.safeParse({ kid: given.kid, algorithm: given.alg, publicKey: textOf(given.file) }));
  const { kid } = await done(ctx, await commands.addKey(ctx, { clientId, key }));
  return say(`Registered the key ${kid} for ${key.algorithm}.`);
}

async function switchTo(ctx: Manager, wanted: 'on' | 'off'): Promise<number> {
  const { switchClient } = await import('@/lib/auth/clients.commands');
  const { isChanged } = await done(ctx, await switchClient(ctx, { clientId, isActive: wanted === 'on' }));
  return say(isChanged ? `The client is ${wanted}.` : `The client was ${wanted} already.`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Fault(`${file} cannot be read.`);
  }
}

function ticked(isTrue: boolean | undefined): 'on' | undefined {
  return isTrue ? 'on' : undefined;
}
