import { z } from 'zod';

// OpenAPI 3.1 as far as Onward uses it: strict, so that a slip of the pen is not taken for an extension.
const reference = z.strictObject({ $ref: z.string().startsWith('#/components/') });
const words = z.string().min(1);
const schema = z.record(z.string(), z.unknown());
const example = z.strictObject({ summary: words, description: words.optional(), value: z.unknown() });
const content = z.record(z.string().includes('/'), z.strictObject({ schema, examples: z.record(z.string(), z.union([reference, example])).optional() }));

const parameter = z.strictObject({ name: words, in: z.enum(['path', 'query', 'header']), required: z.boolean(), description: words, schema, example: z.string().optional() });

const operation = z.strictObject({
  operationId: z.string().regex(/^[a-zA-Z]+$/),
  tags: z.array(words).min(1),
  summary: words,
  description: words,
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameter),
  requestBody: z.strictObject({ required: z.literal(true), description: words, content }).optional(),
  responses: z.record(z.string().regex(/^[2-5]\d\d$/), z.strictObject({ description: words, headers: z.record(z.string(), reference), content })),
});

const flow = z.strictObject({ tokenUrl: z.url(), scopes: z.record(z.string(), words) });

/** The structure of an OpenAPI 3.1 description. */
export const openApiShape = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: words, version: words, summary: words, description: words, license: z.strictObject({ name: words, identifier: words }) }),
  externalDocs: z.strictObject({ description: words, url: z.url() }),
  servers: z.array(z.strictObject({ url: z.url(), description: words })).length(1),
  tags: z.array(z.strictObject({ name: words, description: words })),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'put']), operation)),
  components: z.strictObject({
    securitySchemes: z.strictObject({
      oauth2: z.strictObject({ type: z.literal('oauth2'), description: words, flows: z.strictObject({ clientCredentials: flow }) }),
      consumerToken: z.strictObject({ type: z.literal('http'), scheme: z.literal('bearer'), bearerFormat: z.literal('JWT'), description: words }),
    }),
    headers: z.record(z.string(), z.strictObject({ description: words, schema })),
    schemas: z.record(z.string(), schema),
    examples: z.record(z.string(), example),
  }),
});

/** Every reference of a description, wherever it stands. */
export function referencesIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]) => (name === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner)));
}

/** What a reference leads to, or undefined. */
export function partAt(description: unknown, ref: string): unknown {
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((part, name) => (typeof part === 'object' && part !== null ? Object.entries(part).find(([key]) => key === name)?.[1] : undefined), description);
}
