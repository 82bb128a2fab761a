import type { Scope } from '@/lib/auth/actor';
import { failure, TOKEN_FAILURES, type FailureName } from '@/lib/fhir/stu3/openapi-errors';
import type { ApiParameter, ApiResponse, Content, Example, Operation, Reference, Schema } from '@/lib/fhir/stu3/openapi-types';

export const JSON_TYPE = 'application/fhir+json';
const XML_TYPE = 'application/fhir+xml';

const HEADERS = {
  'X-Request-Id': 'The id of this answer, made by the server. Name it when you ask for help.',
  'X-Correlation-Id': 'The X-Request-Id of the request, as it was sent; absent when there was none.',
  ETag: 'The version of the resource, such as W/"1": send it as If-Match with a change.',
  'Last-Modified': 'When this version was made.',
  'Content-Location': 'The absolute address of this version.',
  Location: 'The absolute address of the version that was made.',
  'WWW-Authenticate': 'Bearer, with error="invalid_token" or error="insufficient_scope".',
  'Retry-After': 'Seconds to wait before the same request may be sent again.',
} as const;

type HeaderName = keyof typeof HEADERS;

const ALWAYS = ['X-Request-Id', 'X-Correlation-Id'] as const;
const OF_FAILURES: Record<number, readonly HeaderName[]> = { 403: ['WWW-Authenticate'], 409: ['Location'], 429: ['Retry-After'], 503: ['Retry-After'] };

const COMMON_FAILURES = ['request-id', 'media-type', 'too-many', 'fault', 'away'] as const;

type Described = {
  id: string;
  tag: string;
  summary: string;
  description: string;
  /** Each of these scopes is enough; none: any token or no token. */
  scopes: readonly Scope[];
  parameters: readonly ApiParameter[];
  body?: { description: string; content: Content };
  success: { status: 200 | 201; description: string; headers: readonly HeaderName[]; resource: string; examples: Readonly<Record<string, Example>> };
  /** What can go wrong besides what can go wrong with every request. */
  failures: readonly FailureName[];
};

/** One interaction, with what every interaction has: ids, formats, and how any request can fail. */
export function operation({ id, tag, summary, description, scopes, parameters, body, success, failures }: Described): Operation {
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    security: scopes.length > 0 ? [...scopes.map((scope) => ({ oauth2: [scope] })), { consumerToken: [] }] : [],
    parameters: [...parameters, ...COMMON_PARAMETERS],
    ...(body ? { requestBody: { required: true, ...body } } : {}),
    responses: {
      [success.status]: { description: success.description, headers: headersOf(success.headers), content: resourceContent(success.resource, success.examples) },
      ...responsesOf([...(scopes.length > 0 ? TOKEN_FAILURES : []), ...COMMON_FAILURES, ...failures]),
    },
  };
}

/** A body or an answer that is one FHIR resource, in JSON or XML. */
export function resourceContent(type: string, examples: Readonly<Record<string, Example | Reference>>): Content {
  return { [JSON_TYPE]: { schema: { $ref: `#/components/schemas/${type}` }, examples }, [XML_TYPE]: { schema: { $ref: '#/components/schemas/Xml' } } };
}

/** The parameters of a search as a form (B-007). */
export function formContent(parameters: readonly ApiParameter[]): Content {
  const fields = parameters.filter((parameter) => parameter.in === 'query').map(({ name, description, schema }) => [name, { ...schema, description }] as const);
  return { 'application/x-www-form-urlencoded': { schema: { type: 'object', properties: Object.fromEntries(fields) } } };
}

export function queryParameter(name: string, given: { description: string; example?: string; schema?: Schema }): ApiParameter {
  return { name, in: 'query', required: false, schema: { type: 'string' }, ...given };
}

export function pathParameter(name: string, given: { description: string; example: string }): ApiParameter {
  return { name, in: 'path', required: true, schema: { type: 'string', maxLength: 64 }, ...given };
}

export function requiredHeader(name: string, given: { description: string; example: string }): ApiParameter {
  return { name, in: 'header', required: true, schema: { type: 'string' }, ...given };
}

/** The headers that answers carry, as parts of the description. */
export function headerParts(): Record<string, { description: string; schema: Schema }> {
  return Object.fromEntries(Object.entries(HEADERS).map(([name, description]) => [name, { description, schema: { type: 'string' } }]));
}

const COMMON_PARAMETERS: readonly ApiParameter[] = [
  queryParameter('_format', {
    description: 'The format of the answer: json, xml, or a media type of either. It goes before Accept; without both the answer has the format of the body, else JSON.',
    schema: { type: 'string', enum: ['json', 'xml', JSON_TYPE, XML_TYPE] },
    example: 'json',
  }),
  {
    name: 'X-Request-Id',
    in: 'header',
    required: false,
    description: 'Your id of this request; a retry keeps it. A change whose id was already used with success is not carried out again. It comes back as X-Correlation-Id.',
    schema: { type: 'string', maxLength: 128 },
    example: '4f7ad0f6-9f0e-4d53-8a55-6c1d2e3f4a5b',
  },
];

/** One answer for each status, with an example of every failure that has it. */
function responsesOf(names: readonly FailureName[]): Record<string, ApiResponse> {
  const statuses = [...new Set(names.map((name) => failure(name).status))].sort((one, other) => one - other);
  return Object.fromEntries(
    statuses.map((status) => {
      const ours = names.filter((name) => failure(name).status === status);
      const examples = Object.fromEntries(ours.map((name) => [name, { $ref: `#/components/examples/${name}` }]));
      return [status, { description: ours.map(wordsOf).join('. '), headers: headersOf(OF_FAILURES[status] ?? []), content: resourceContent('OperationOutcome', examples) }];
    }),
  );
}

function wordsOf(name: FailureName): string {
  const { requirement, when } = failure(name);
  return `${requirement}: ${when}`;
}

function headersOf(names: readonly HeaderName[]): Record<string, Reference> {
  return Object.fromEntries([...ALWAYS, ...names].map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
