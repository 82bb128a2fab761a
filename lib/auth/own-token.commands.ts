import { accessClaims } from '@/lib/auth/access-token.rules';
import { signToken } from '@/lib/auth/signing-key.commands';
import { db } from '@/lib/platform/db';
import { publicUrl } from '@/lib/platform/env';
import { newId } from '@/lib/platform/id';
import manifest from '@/package.json';

/** Another system's service root, and for whom Onward reads there, by ODS code. */
type Audience = { root: string; odsCode: string };

/**
 * A token by which Onward reads appointments at another system, as its consumer: signed with Onward's own key, for five minutes from `now` and that root
 * alone (B-955, section 3.1). No person acts, so the installation itself is its subject.
 */
export async function signOwnToken(moment: { now: Date; requestId: string }, { root, odsCode }: Audience): Promise<string> {
  const own = publicUrl();
  const found = await db.organisation.findUnique({ where: { odsCode }, select: { name: true } });
  const claims = accessClaims({
    ...{ root: own, id: newId(), now: moment.now, client: { id: own }, scopes: ['patient/appointment.read'], user: null },
    organisation: { code: odsCode, name: found?.name ?? odsCode },
    device: { model: manifest.name, version: manifest.version, identifiers: [{ system: `${own}/Id/device`, value: 'registry' }] },
  });
  return signToken(moment, { ...claims, aud: root });
}
