import { readInstant } from '@/lib/fhir/stu3/place';
import { targetOf } from '@/lib/fhir/stu3/references';
import { isId } from '@/lib/platform/id';

/** An object of a body. */
export type Node = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; none when there is no list. */
export function nodesIn(list: unknown): Node[] {
  return Array.isArray(list) ? list.filter(isNode) : [];
}

/**
 * An appointment as what it means, so that equal meaning is equal text (B-610): instants in UTC, UUIDs in small letters, references
 * by where they lead, a participant without a status as accepted. `root` is the service root.
 */
export function meaningOf(appointment: Node, root: string): Node {
  const kinds = new Map(nodesIn(appointment['contained']).map(({ id, resourceType }) => [id, resourceType]));
  return meant(appointment);

  function meant(node: Node): Node {
    const members = Object.entries(node).filter(([name, value]) => !name.startsWith('_') && !isEmpty(value));
    return Object.fromEntries(members.map(([name, value]) => [name, name === 'participant' ? nodesIn(value).map(withStatus) : meantValue(name, value)]));
  }

  function meantValue(name: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => meantValue(name, item));
    if (isNode(value)) return meant(value);
    if (typeof value !== 'string') return value;
    return name === 'reference' ? meantReference(value) : meantText(value.trim());
  }

  function meantReference(reference: string): string {
    const target = targetOf(reference, root);
    if (!target) return reference;
    return 'contained' in target ? `#${String(kinds.get(target.contained))}` : `${target.type}/${meantText(target.id)}`;
  }

  function withStatus(participant: Node): Node {
    return { status: 'accepted', ...meant(participant) };
  }
}

function meantText(text: string): string {
  if (isId(text)) return text.toLowerCase();
  const at = readInstant(text);
  return at instanceof Date ? at.toISOString() : text;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
