import { isNode, meaningOf, nodesIn, type Node } from '@/lib/fhir/stu3/appointment-meaning';
import { isKnownElement } from '@/lib/fhir/stu3/known-elements';

/** Not compared of the appointment and of what it contains: what the server sets, and what says the same in words (B-610). */
const UNCOMPARED: readonly string[] = ['resourceType', 'id', 'meta', 'text', 'created'];
/** What is wanted of an appointment, and what is compared by itself. */
const APART: readonly string[] = [...UNCOMPARED, 'status', 'contained'];

/**
 * Where a body differs from the appointment that it was made from, besides its status (B-609, B-610): FHIRPaths in the body that was
 * sent, such as `Appointment.contained[1].birthDate`. By meaning: XML or JSON, the order of elements, the offset of an instant and
 * the ids of contained resources make no difference; something gone does. `sent` as `parseAppointment` reads it, `root` the service root.
 */
export function differencesOf({ sent, read, root }: { sent: Node; read: Node; root: string }): string[] {
  const [is, was] = [meaningOf(sent, root), meaningOf(read, root)];
  const own = inNodes('Appointment', { was: without(was, APART), is: without(is, APART) });
  return [...new Set([...own, ...inContained(nodesIn(was['contained']), nodesIn(is['contained']))])];
}

function inContained(was: readonly Node[], is: readonly Node[]): string[] {
  const places = was.map(({ resourceType }) => is.findIndex((resource) => resource['resourceType'] === resourceType));
  const changed = was.flatMap((resource, number) => {
    const index = places[number] ?? -1;
    const other = is[index];
    if (!other) return ['Appointment.contained'];
    return inNodes(`Appointment.contained[${index}]`, { was: without(resource, UNCOMPARED), is: without(other, UNCOMPARED) });
  });
  return [...changed, ...is.flatMap((_resource, index) => (places.includes(index) ? [] : [`Appointment.contained[${index}]`]))];
}

function inNodes(path: string, { was, is }: { was: Node; is: Node }): string[] {
  const names = new Set([...Object.keys(was), ...Object.keys(is)]);
  return [...names].flatMap((name) => inElement(`${path}.${name}`, { name, was: was[name], is: is[name] }));
}

function inElement(path: string, { name, was, is }: { name: string; was: unknown; is: unknown }): string[] {
  if (was === undefined) return isKnownElement(name) ? [path] : [];
  if (is === undefined) return [path];
  if (Array.isArray(was) && Array.isArray(is)) return inList(path, { name, was, is });
  if (isNode(was) && isNode(is)) return inNodes(path, { was, is });
  return was === is ? [] : [path];
}

function inList(path: string, { name, was, is }: { name: string; was: readonly unknown[]; is: readonly unknown[] }): string[] {
  // The order of given names, prefixes and lines of an address is theirs.
  if (!was.some(isNode)) return was.join('\n') === is.join('\n') ? [] : [path];
  const left = nodesIn(is).map((node, index) => ({ node, at: `${path}[${index}]` }));
  const moved = nodesIn(was).filter((node) => {
    const index = left.findIndex((other) => inNodes('', { was: node, is: other.node }).length === 0);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  const changed = moved.flatMap((node, number) => {
    const other = left[number];
    return other ? inNodes(other.at, { was: node, is: other.node }) : [path];
  });
  // An extension that nobody knows is no change (B-029).
  const added = name === 'extension' ? [] : left.slice(moved.length).map(({ at }) => at);
  return [...changed, ...added];
}

function without(node: Node, names: readonly string[]): Node {
  return Object.fromEntries(Object.entries(node).filter(([name]) => !names.includes(name)));
}
