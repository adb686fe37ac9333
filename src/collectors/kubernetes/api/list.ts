import { z } from 'zod';
import { Failure } from '../../../model/failure.ts';
import { encodeParameters } from '../../../net/form.ts';
import type { ClusterHttp } from './cluster-http.ts';
import { type Access, notKubernetes, statusFailure } from './status-failure.ts';

const PAGE_SIZE = 500;
/** So that a server that falls silent is told of within 15 s, with what came before. */
const PAGE_TIMEOUT_MILLISECONDS = 12_000;
/** 1,000 pages of 500: more is a server that never stops. */
const MAX_PAGES = 1_000;
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

const pageSchema = z.object({
  metadata: z.object({ continue: z.string().nullish() }).nullish(),
  items: z.array(z.unknown()).nullish(),
});

export interface ListRequest<Item> {
  /** Path of the collection, for example `/api/v1/pods`. */
  readonly path: string;
  readonly access: Access;
  readonly metadataOnly?: boolean;
  /** Makes the item from what the server sent; null drops it. Called as each page arrives, so that no page is kept. */
  readonly read: (raw: unknown) => Item | null;
}

export interface Listed<Item> {
  readonly items: readonly Item[];
  /** Items that `read` could not make sense of. */
  readonly dropped: number;
}

/** A whole collection in pages of 500. A continue token that expires on the way (410) starts the list once more. */
export async function listAll<Item>(
  http: ClusterHttp,
  request: ListRequest<Item>,
  signal: AbortSignal,
): Promise<Listed<Item>> {
  const first = await listOnce(http, request, signal);
  const result = first ?? (await listOnce(http, request, signal));
  if (result !== null) return result;
  throw new Failure(
    'bad-answer',
    `The list of ${request.access.resource} at ${http.host} expired twice while it was read.`,
    {
      hint: 'The cluster changes faster than it can be read over this connection. Try again later.',
    },
  );
}

/** Null where a continue token expired. */
async function listOnce<Item>(
  http: ClusterHttp,
  request: ListRequest<Item>,
  signal: AbortSignal,
): Promise<Listed<Item> | null> {
  const items: Item[] = [];
  let dropped = 0;
  let token: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = encodeParameters({ limit: String(PAGE_SIZE), ...(token === null ? {} : { continue: token }) });
    const response = await http.send({
      method: 'GET',
      path: `${request.path}?${query}`,
      headers: { accept: request.metadataOnly === true ? METADATA_ONLY : 'application/json' },
      timeoutMilliseconds: PAGE_TIMEOUT_MILLISECONDS,
      signal,
    });
    if (response.status === 410 && token !== null) return null;
    if (response.status !== 200) throw statusFailure(response, http.host, request.access);
    const parsed = parsePage(response.text, http.host);
    for (const raw of parsed.items ?? []) {
      const item = request.read(raw);
      if (item === null) dropped += 1;
      else items.push(item);
    }
    token = parsed.metadata?.continue || null;
    if (token === null) return { items, dropped };
  }
  throw new Failure('too-large', `The list of ${request.access.resource} at ${http.host} does not end.`, {
    hint: 'Check that the address is that of a Kubernetes API server.',
  });
}

function parsePage(text: string, host: string): z.infer<typeof pageSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notKubernetes(host);
  }
  const page = pageSchema.safeParse(value);
  if (!page.success || page.data.items === undefined) throw notKubernetes(host);
  return page.data;
}
