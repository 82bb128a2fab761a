/** What lies at a path such as `contained[1].name[0].family`; undefined when nothing does. */
export function at(node: unknown, path: string): unknown {
  return stepsOf(path).reduce(inside, node);
}

/** The text at a path; empty when there is none, or something else. */
export function textAt(node: unknown, path: string): string {
  const found = at(node, path);
  return typeof found === 'string' ? found : '';
}

/** The list at a path; empty when there is none, or something else. */
export function listAt(node: unknown, path: string): readonly unknown[] {
  const found = at(node, path);
  return isList(found) ? found : [];
}

/** Whether there is anything at a path. */
export function has(node: unknown, path: string): boolean {
  return at(node, path) !== undefined;
}

/** A copy with another value at the path, or, without a value, with nothing there. */
export function changed(node: unknown, path: string, value?: unknown): unknown {
  return changedAt(node, stepsOf(path), value);
}

/** The resources directly contained in an Appointment, of one type. */
export function contained(appointment: unknown, type: string): readonly unknown[] {
  return listAt(appointment, 'contained').filter((resource) => textAt(resource, 'resourceType') === type);
}

/** The resources of a searchset: all, or those of one type. */
export function resources(bundle: unknown, type?: string): readonly unknown[] {
  return listAt(bundle, 'entry')
    .map((entry) => at(entry, 'resource'))
    .filter((resource) => type === undefined || textAt(resource, 'resourceType') === type);
}

export function isRecord(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

function isList(node: unknown): node is unknown[] {
  return Array.isArray(node);
}

function stepsOf(path: string): string[] {
  return path.split(/[.[\]]+/).filter((step) => step !== '');
}

function inside(node: unknown, step: string): unknown {
  if (isList(node)) return node[Number(step)];
  return isRecord(node) ? node[step] : undefined;
}

function changedAt(node: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  const below = changedAt(inside(node, step), rest, value);
  if (isList(node)) return node.flatMap((item, index) => (index !== Number(step) ? [item] : below === undefined ? [] : [below]));
  const members = isRecord(node) ? Object.entries(node) : [];
  if (below === undefined) return Object.fromEntries(members.filter(([name]) => name !== step));
  // In its old place: the order of elements is what XML is written in.
  const isNew = members.every(([name]) => name !== step);
  return Object.fromEntries([...members.map(([name, item]) => [name, name === step ? below : item]), ...(isNew ? [[step, below]] : [])]);
}
