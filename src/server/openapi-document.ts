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
  return withoutEmptyBodies(withExport(document));
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

/** A deletion answers no body at all, where the generator describes one that nothing can be. */
function withoutEmptyBodies(document: Document): Document {
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => {
    if (item?.delete?.responses?.[204] === undefined) return [path, item] as const;
    const responses = { ...item.delete.responses, 204: { description: 'Done; no body' } };
    return [path, { ...item, delete: { ...item.delete, responses } }] as const;
  });
  return { ...document, paths: Object.fromEntries(paths) };
}
