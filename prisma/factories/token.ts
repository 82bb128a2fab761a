import { accessClaims } from '@/lib/auth/access-token.rules';
import type { Ctx, Scope, SystemActor } from '@/lib/auth/actor';
import { signToken } from '@/lib/auth/signing-key.commands';
import { publicUrl } from '@/lib/platform/env';
import { newId } from '@/lib/platform/id';
import { readClock } from '@/lib/platform/time';

type TokenOptions = { scopes?: readonly Scope[]; now?: Date };

/** A token of a registered client as the token endpoint would sign it, with all scopes of the client and from the clock's now unless said otherwise. */
export async function aToken({ actor }: Ctx<SystemActor>, { scopes = actor.scopes, now = readClock() }: TokenOptions = {}): Promise<string> {
  const { device, organisation, user } = actor.provenance;
  const id = newId();
  return signToken({ now, requestId: id }, accessClaims({ root: publicUrl(), id, now, client: actor, scopes, device, organisation, user }));
}
