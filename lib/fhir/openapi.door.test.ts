import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { SCOPES } from '@/lib/auth/actor';
import { fhirApp } from '@/lib/fhir/app';
import { openApi, registryApi } from '@/lib/fhir/stu3/openapi';
import type { OpenApi, Operation } from '@/lib/fhir/stu3/openapi-types';
import { REGISTRY_ROUTES } from '@/lib/fhir/stu3/registry-routes';
import { STU3_ROUTES } from '@/lib/fhir/stu3/routes';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { openApiShape, partAt, referencesIn } from '@/scripts/test-support/fhir/openapi-shape';
import { faultsOf } from '@/scripts/test-support/fhir/stu3-schema';

const ROOT = 'https://onward.example.nhs.uk/STU3';
const REGISTRY_ROOT = 'https://onward.example.nhs.uk/registry/STU3';
const [BOOKING, REGISTRY] = [openApi(ROOT), registryApi(REGISTRY_ROOT)];

describe.each([
  { name: 'the booking API', root: ROOT, description: BOOKING, routes: STU3_ROUTES },
  { name: 'the registry', root: REGISTRY_ROOT, description: REGISTRY, routes: REGISTRY_ROUTES },
])('the description of $name', ({ root, description, routes }) => {
  const interactions = interactionsOf(description);

  test('every route is described, and nothing else', () => {
    const served = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(interactions.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(served.sort());
  });

  test('the scope that is described for an interaction is the one that it takes', () => {
    for (const route of routes) {
      const found = interactions.find(({ method, path }) => method === route.method && path === route.path.replaceAll(/:(\w+)/g, '{$1}'));
      const scopes = found?.operation.security.flatMap((each) => each['oauth2'] ?? []) ?? [];
      expect(scopes[0] ?? null, `${route.method} ${route.path}`).toBe(route.scope);
      expect(scopes.every((scope) => SCOPES.some((known) => known === scope))).toBe(true);
    }
  });

  test('the description is a structure of OpenAPI 3.1 whose references all lead somewhere', () => {
    expect(openApiShape.safeParse(description).error?.issues ?? []).toEqual([]);
    for (const ref of referencesIn(description)) expect(partAt(description, ref), ref).toBeDefined();
  });

  test('every place in a path is a parameter', () => {
    for (const { path, operation } of interactions) {
      const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(places);
    }
  });

  test('every schema is one of JSON Schema 2020-12, and every example meets its schema', () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema({ $id: root, components: description.components });
    for (const { operation } of interactions) {
      for (const { name, schema, example } of operation.parameters) {
        const value = schema['type'] === 'array' ? [example] : schema['type'] === 'integer' ? Number(example) : example;
        if (example !== undefined) expect(ajv.validate({ ...schema }, value), name).toBe(true);
      }
      for (const { schema, value } of examplesOf(operation)) expect(ajv.validate({ $ref: `${root}${String(schema['$ref'])}` }, value), operation.operationId).toBe(true);
    }
  });

  test('every example of a resource is valid FHIR STU3', () => {
    const values = [...interactions.flatMap(({ operation }) => examplesOf(operation)), ...Object.values(description.components.examples)].map(({ value }) => value);
    expect(values.length).toBeGreaterThan(40);
    for (const value of values) expect(faultsOf(value)).toEqual([]);
  });

  test('the description is served to anybody, as JSON', async () => {
    const answer = await fhirApp(() => A_TUESDAY_AT_TEN).fetch(new Request(`${root}/openapi.json`));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(description)));
  });
});

test('names are unique in both descriptions together, which stand on one page', () => {
  const ids = [...interactionsOf(BOOKING), ...interactionsOf(REGISTRY)].map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('B-137 and B-412: what is said of failures has the status of the contract', () => {
  const book = BOOKING.paths['/Appointment']?.post;
  expect(Object.keys(book?.responses ?? {})).toEqual(['201', '400', '403', '409', '413', '415', '422', '429', '500', '503']);
  expect(book?.responses['422']?.content['application/fhir+json']?.examples).toHaveProperty('slot-taken');
  expect(book?.responses['403']?.content['application/fhir+json']?.examples).toHaveProperty('token-scope');
});

test('B-911, B-915 and B-926: what is said of failures of the registry has the status of the contract', () => {
  const { post } = REGISTRY.paths['/Appointment'] ?? {};
  const { put } = REGISTRY.paths['/Appointment/{id}'] ?? {};
  const examples = (answer: NonNullable<typeof post>['responses'][string] | undefined) => Object.keys(answer?.content['application/fhir+json']?.examples ?? {});
  expect(examples(post?.responses['422'])).toEqual(expect.arrayContaining(['element-kept-out', 'pointer-taken', 'pointer-wrong', 'organisation-unknown']));
  expect(examples(put?.responses['403'])).toContain('other-organisation');
});

function interactionsOf({ paths }: OpenApi) {
  return Object.entries(paths).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })));
}

function examplesOf({ requestBody, responses }: Operation) {
  const contents = [requestBody?.content, ...Object.values(responses).map(({ content }) => content)].flatMap((content) => content?.['application/fhir+json'] ?? []);
  return contents.flatMap(({ schema, examples }) => Object.values(examples ?? {}).flatMap((example) => ('value' in example ? [{ schema, value: example.value }] : [])));
}
