/** What a reference leads to: a contained resource by its id, or one of this server by type and id. */
export type Target = { contained: string } | { type: string; id: string };

/**
 * Where a reference leads: `#id`, `Type/id` or an absolute one of this server, `root` being its service root (section 12); a version
 * at the end is left out. Null for any other, such as one of another server.
 */
export function targetOf(reference: string, root: string): Target | null {
  if (reference.startsWith('#')) return reference.length > 1 ? { contained: reference.slice(1) } : null;
  const local = reference.startsWith(`${root}/`) ? reference.slice(root.length + 1) : reference;
  const [, type, id] = /^([A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.exec(local) ?? [];
  return type && id ? { type, id } : null;
}
