/** A part that stands elsewhere in the description, such as `#/components/examples/slot-taken`. */
export type Reference = { $ref: string };

/** What is sent or answered, as a whole; one example of it. */
export type Example = { summary: string; description?: string; value: unknown };

/** A JSON schema. */
export type Schema = Readonly<Record<string, unknown>>;

export type ApiParameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; description: string; schema: Schema; example?: string };

export type Content = Readonly<Record<string, { schema: Schema; examples?: Readonly<Record<string, Example | Reference>> }>>;

export type ApiResponse = { description: string; headers: Readonly<Record<string, Reference>>; content: Content };

export type Operation = {
  operationId: string;
  tags: readonly string[];
  summary: string;
  description: string;
  security: readonly Readonly<Record<string, readonly string[]>>[];
  parameters: readonly ApiParameter[];
  requestBody?: { required: boolean; description: string; content: Content };
  responses: Readonly<Record<string, ApiResponse>>;
};

export type PathItem = { readonly [method in 'get' | 'post' | 'put']?: Operation };

/** An OpenAPI 3.1 description. Descriptions are plain words: no mark-up. */
export type OpenApi = {
  openapi: '3.1.0';
  info: { title: string; version: string; summary: string; description: string; license: { name: string; identifier: string } };
  externalDocs: { description: string; url: string };
  servers: readonly { url: string; description: string }[];
  tags: readonly { name: string; description: string }[];
  paths: Readonly<Record<string, PathItem>>;
  components: {
    securitySchemes: {
      oauth2: { type: 'oauth2'; description: string; flows: { clientCredentials: { tokenUrl: string; scopes: Readonly<Record<string, string>> } } };
      consumerToken: { type: 'http'; scheme: 'bearer'; bearerFormat: 'JWT'; description: string };
    };
    headers: Readonly<Record<string, { description: string; schema: Schema }>>;
    schemas: Readonly<Record<string, Schema>>;
    examples: Readonly<Record<string, Example>>;
  };
};
