import { z } from 'zod';
import { Failure } from '../../../model/failure.ts';
import type { Seen } from '../../../model/kubernetes/seen.ts';
import { encodeParameters } from '../../../net/form.ts';
import type { ClusterHttp } from '../api/cluster-http.ts';
import { notKubernetes, statusFailure } from '../api/status-failure.ts';
import type { WatchedResource } from './resources.ts';
import { eachInTurns, ownTurn } from './turns.ts';

/** A slow server is waited for; one that is silent is not. */
const PAGE_TIMEOUT_MILLISECONDS = 30_000;
const MAX_PAGES = 10_000;

const page = z.object({
  metadata: z.object({
    continue: z.string().nullish().catch(null),
    resourceVersion: z.string().nullish().catch(null),
  }),
  items: z.array(z.unknown()).nullable(),
});

export interface PageSink {
  /** Also called where a list has to begin again because it took too long. */
  begin(): void;
  put(object: Seen): void;
}

export class AskedToWait extends Failure {
  readonly seconds: number;

  constructor(failure: Failure, seconds: number) {
    super(failure.code, failure.message, failure.hint === null ? {} : { hint: failure.hint });
    this.seconds = seconds;
  }
}

/**
 * A whole collection in pages; answers its resource version, from which a watch goes on. A continue token that has expired
 * (410) begins the list anew, once.
 */
export async function listPages(
  http: ClusterHttp,
  resource: WatchedResource,
  sink: PageSink,
  signal: AbortSignal,
): Promise<string> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    sink.begin();
    const version = await listOnce(http, resource, sink, signal);
    if (version !== null) return version;
  }
  throw new Failure('bad-answer', `The list of ${resource.resource} at ${http.host} expired twice while it was read.`, {
    hint: 'The cluster changes faster than it can be read over this connection. Podwatt tries again.',
  });
}

async function listOnce(
  http: ClusterHttp,
  resource: WatchedResource,
  sink: PageSink,
  signal: AbortSignal,
): Promise<string | null> {
  const { path, fieldSelector, pageSize } = resource;
  const access = { verb: 'list', resource: resource.resource, apiGroup: resource.apiGroup, namespace: null } as const;
  let token: string | null = null;
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const query = encodeParameters({
      limit: String(pageSize),
      ...(fieldSelector === null ? {} : { fieldSelector }),
      ...(token === null ? {} : { continue: token }),
    });
    const response = await http.send({
      method: 'GET',
      path: `${path}?${query}`,
      headers: { accept: 'application/json' },
      timeoutMilliseconds: PAGE_TIMEOUT_MILLISECONDS,
      signal,
    });
    if (response.status === 410 && token !== null) return null;
    if (response.status !== 200) {
      throw waiting(statusFailure(response, http.host, access), response.retryAfterSeconds);
    }
    await ownTurn();
    const { metadata, items } = parsePage(response.text, http.host);
    await ownTurn();
    await putAll(items ?? [], resource, sink);
    token = metadata.continue || null;
    if (token === null) return metadata.resourceVersion ?? '';
  }
  throw new Failure('too-large', `The list of ${resource.resource} at ${http.host} does not end.`, {
    hint: 'Check that the address is that of a Kubernetes API server.',
  });
}

async function putAll(items: readonly unknown[], { read }: WatchedResource, sink: PageSink): Promise<void> {
  await eachInTurns(items, (raw) => {
    const object = read(raw);
    if (object !== null) sink.put(object);
  });
}

export function waiting(failure: Failure, seconds: number | undefined): Failure {
  return seconds === undefined ? failure : new AskedToWait(failure, seconds);
}

function parsePage(text: string, host: string): z.infer<typeof page> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notKubernetes(host);
  }
  const parsed = page.safeParse(value);
  if (!parsed.success) throw notKubernetes(host);
  return parsed.data;
}
