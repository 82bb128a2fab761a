import { SCOPES, type Ctx, type Scope, type SystemActor } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { A_TUESDAY_AT_TEN } from './staff';
import { unique } from './unique';

type ClientOptions = {
  scopes?: readonly Scope[];
  organisationCode?: string;
  /** DoS service ids; "*" alone: every service. */
  book?: readonly string[];
  cancel?: readonly string[];
  needsDocument?: boolean;
  requestsPerMinute?: number;
  now?: Date;
};

/** A registered API client of an organisation of its own, as the `ctx` of what it does: all scopes and services unless said otherwise. */
export async function aSystem({ scopes = SCOPES, organisationCode, book = ['*'], cancel = ['*'], needsDocument = true, requestsPerMinute = 100_000, now = A_TUESDAY_AT_TEN }: ClientOptions = {}): Promise<Ctx<SystemActor>> {
  const number = unique();
  const code = organisationCode ?? `S${number}`;
  const organisation = { code, name: `Test supplier ${code}` };
  await db.organisation.upsert({ where: { odsCode: code }, create: { odsCode: code, name: organisation.name, kind: '111' }, update: {} });
  const name = `Test system ${number}`;
  const { id } = await db.apiClient.create({
    data: {
      ...{ id: newId(), name, organisationCode: code, scopes: [...scopes], createdAt: now, requestsPerMinute },
      ...{ bookServices: [...book], cancelServices: [...cancel], needsDocument },
    },
  });
  const provenance = {
    client: { id, name },
    organisation,
    interaction: 'create:appointment',
    device: { model: 'Example Triage', version: '8.1.0', identifiers: [{ system: 'https://consumer.example.nhs.uk/Id/device', value: 'DESK-7' }] },
    user: { id: 'u-204', name: 'Ms Orla Samplewright', sdsUserId: null, roleProfileId: null },
    proxy: { traceId: null, from: null, to: null, interactionId: null },
  };
  const actor: SystemActor = { kind: 'system', id, name, organisation, scopes, services: { book, cancel }, needsDocument, provenance };
  return { actor, now, requestId: newId(), correlationId: newId() };
}
