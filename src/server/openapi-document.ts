import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import * as z from 'zod';
import { contract } from '../contract/contract.ts';
import { hasRestPath, REST_PREFIX } from './rest-routes.ts';

const ProblemBody = z.object({
  detail: z.string().describe('What is wrong, and what to do'),
  code: z.string().describe('Stable name of the failure'),
  hint: z.string().nullable().describe('What the person can do'),
});

type Document = Awaited<ReturnType<OpenAPIGenerator['generate']>>;

/** The OpenAPI 3.1 document of `/api/v1`, made from the contract. */
export async function createOpenApiDocument(version: string): Promise<Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: {
      title: 'Podwatt',
      version,
      description:
        'Carbon, energy and cost of Kubernetes clusters. Energy in joules, emissions in grams CO2e, times in UTC.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: REST_PREFIX }],
    security: [{ bearer: [] }, { session: [] }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'podwatt_session' },
      },
    },
    filter: ({ contract: procedure }) => hasRestPath(procedure),
    commonSchemas: { Problem: { schema: ProblemBody } },
    customErrorResponseBodySchema: () => ({ $ref: '#/components/schemas/Problem' }),
  });
  return withErrors(withoutEmptyBodies(withoutEmptyValues(withExport(document))));
}

/** The export answers with a file, which the RPC contract can't say: it is described after its sibling. */
function withExport(document: Document): Document {
  const summary = document.paths?.['/report/summary']?.get;
  if (summary === undefined) throw new Error('the contract has no /report/summary');
  const format = {
    name: 'format',
    in: 'query',
    schema: { type: 'string', enum: ['csv', 'json'], default: 'csv' },
  } as const;
  const file = { type: 'string' } as const;
  const { 200: _preview, ...errors } = summary.responses ?? {};
  const get: typeof summary = {
    ...summary,
    operationId: 'reports.export',
    summary: 'The rows of a report as a file, streamed',
    parameters: [...(summary.parameters ?? []), format] as NonNullable<typeof summary.parameters>,
    responses: {
      ...errors,
      200: {
        description: 'The file, with its name in Content-Disposition',
        content: { 'text/csv': { schema: file }, 'application/json': { schema: { type: 'array', items: {} } } },
      },
    },
  };
  return { ...document, paths: { ...document.paths, '/report/export': { get } } };
}

/** Errors that any route may answer; the last ones come from the host, before any operation is called. */
const ERRORS = {
  400: 'The input is not valid',
  401: 'No token, or a wrong one',
  403: 'Not allowed, by Kubernetes or by the scope of the token',
  404: 'There is no such thing, or no such route',
  409: 'It does not fit the present state',
  413: 'The body is larger than 1 MB',
  414: 'The address is longer than 8,192 characters',
  429: 'More requests than one client may send; Retry-After says how many seconds to wait',
  500: 'An unexpected error',
  503: 'The store or the cluster cannot be reached',
} as const;

/** Every route refers to the same errors, each described once. */
function withErrors(document: Document): Document {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const entries = Object.entries(ERRORS);
  const described = Object.fromEntries(entries.map(([status, description]) => [status, { description, content }]));
  const references = Object.fromEntries(
    entries.map(([status]) => [status, { $ref: `#/components/responses/${status}` }]),
  );
  const changed = withOperations(document, (operation) => ({
    ...operation,
    responses: { ...operation.responses, ...references },
  }));
  return { ...changed, components: { ...changed.components, responses: described } };
}

type PathItem = NonNullable<NonNullable<Document['paths']>[string]>;
type Operation = NonNullable<PathItem['get']>;

function withOperations(document: Document, change: (operation: Operation) => Operation): Document {
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => {
    const changed = METHODS.flatMap((method) => {
      const operation = item?.[method];
      return operation === undefined ? [] : [[method, change(operation)] as const];
    });
    return [path, { ...item, ...Object.fromEntries(changed) }] as const;
  });
  return { ...document, paths: Object.fromEntries(paths) };
}

const METHODS = ['get', 'post', 'patch', 'delete'] as const;

/** The generator lets every parameter be empty, and the operations do not. */
function withoutEmptyValues(document: Document): Document {
  return withOperations(document, (operation) => {
    if (operation.parameters === undefined) return operation;
    const parameters = operation.parameters.map((each) =>
      'name' in each ? { ...each, allowEmptyValue: false } : each,
    );
    return { ...operation, parameters };
  });
}

/** What answers 204 has no body at all, where the generator describes one that nothing can be. */
function withoutEmptyBodies(document: Document): Document {
  return withOperations(document, (operation) => {
    if (operation.responses?.[204] === undefined) return operation;
    return { ...operation, responses: { ...operation.responses, 204: { description: 'Done; no body' } } };
  });
}
