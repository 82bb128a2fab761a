import type { apiDescriptions } from '@/lib/fhir/app';

export type Description = ReturnType<typeof apiDescriptions>['booking'];
export type Operation = NonNullable<Description['paths'][string]['get']>;
export type Interaction = { method: string; path: string; operation: Operation };
export type Failure = { name: string; status: string; summary: string; description?: string };

/** All interactions under one tag, in the order of the description; paths from the address of the installation on. */
export function interactionsOf({ paths, servers }: Description, tag: string): Interaction[] {
  const [root = ''] = servers.map(({ url }) => new URL(url).pathname);
  return Object.entries(paths)
    .flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path: `${root}${path}`, operation })))
    .filter(({ operation }) => operation.tags.includes(tag));
}

/** How an interaction can fail, by status. */
export function failuresOf({ components }: Description, { responses }: Operation): Failure[] {
  return Object.entries(responses)
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([status, { content }]) => namesIn(content).map((name) => ({ name, status, summary: components.examples[name]?.summary ?? name, description: components.examples[name]?.description })));
}

/** How every interaction that needs a token can fail: told once. */
export function commonFailures(description: Description): Failure[] {
  const [first = [], ...others] = description.tags
    .flatMap(({ name }) => interactionsOf(description, name))
    .filter(({ operation }) => operation.security.length > 0)
    .map(({ operation }) => failuresOf(description, operation));
  return first.filter(({ name }) => others.every((failures) => failures.some((failure) => failure.name === name)));
}

/** The first example in JSON of a body or an answer, as text. */
export function exampleIn(content: Operation['responses'][string]['content'] | undefined): string | null {
  const [example] = Object.values(content?.['application/fhir+json']?.examples ?? {});
  return example && 'value' in example ? JSON.stringify(example.value, null, 2) : null;
}

function namesIn(content: Operation['responses'][string]['content']): string[] {
  return Object.keys(content['application/fhir+json']?.examples ?? {});
}
