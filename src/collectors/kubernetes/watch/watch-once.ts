import { z } from 'zod';
import { Failure } from '../../../model/failure.ts';
import type { Seen } from '../../../model/kubernetes/seen.ts';
import { encodeParameters } from '../../../net/form.ts';
import type { HttpStream } from '../../../net/http-client.ts';
import type { ClusterHttp } from '../api/cluster-http.ts';
import { notKubernetes, statusFailure } from '../api/status-failure.ts';
import { lines } from './json-lines.ts';
import { waiting } from './list-pages.ts';
import { IDLE_MILLISECONDS, type WatchPace } from './pace.ts';
import type { WatchedResource } from './resources.ts';

/** The server ends a watch after about so long; spread by chance, so that they don't all end together. */
const SHORTEST_SECONDS = 240;
const SPREAD_SECONDS = 240;
const HEAD_TIMEOUT_MILLISECONDS = 30_000;
/** Larger error bodies are not read to their end. */
const LONGEST_ERROR_BYTES = 65_536;

const event = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string().optional() }).optional() }),
});
const status = z.object({ code: z.number().catch(0), reason: z.string().catch('') });

export interface WatchSink {
  /** The watch stands: what was known is still true. */
  opened(): void;
  put(object: Seen): void;
  gone(object: Seen): void;
}

/** How a watch ended: `expired` asks for a new list; `refused` says that it will never be allowed as things are. */
export interface WatchEnd {
  readonly kind: 'closed' | 'expired' | 'refused';
  /** From where the next watch goes on. */
  readonly version: string;
  readonly failure: Failure | null;
}

/** The rest of a watch failed; `version` is how far it had come. */
export class WatchBroken extends Error {
  readonly version: string;
  readonly failure: unknown;

  constructor(version: string, failure: unknown) {
    super('A watch broke');
    this.version = version;
    this.failure = failure;
  }
}

/** One watch from a version on, until the server ends it. Throws `WatchBroken` when it breaks, `Failure` when it never stood. */
export async function watchOnce(
  http: ClusterHttp,
  resource: WatchedResource,
  from: string,
  sink: WatchSink,
  pace: WatchPace,
  signal: AbortSignal,
): Promise<WatchEnd> {
  const silence = watchSilence(pace, signal);
  const within = AbortSignal.any([signal, silence.signal]);
  try {
    const stream = await open(http, resource, from, pace, within);
    if (stream.status === 410) return await ended('expired', from, stream);
    if (stream.status !== 200) return await refused(http, resource, from, stream);
    sink.opened();
    return await readEvents(stream, resource, from, sink, silence);
  } catch (error) {
    if (!silence.signal.aborted || signal.aborted) throw error;
    const failure = new Failure('timeout', `The watch of ${resource.resource} at ${http.host} fell silent.`, {
      hint: 'A proxy or load balancer in between may cut idle connections. Podwatt watches again.',
    });
    throw error instanceof WatchBroken ? new WatchBroken(error.version, failure) : failure;
  } finally {
    silence.stop();
  }
}

function open(
  http: ClusterHttp,
  { path, fieldSelector }: WatchedResource,
  from: string,
  pace: WatchPace,
  signal: AbortSignal,
): Promise<HttpStream> {
  const query = encodeParameters({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: from,
    timeoutSeconds: String(SHORTEST_SECONDS + Math.floor(pace.random() * SPREAD_SECONDS)),
    ...(fieldSelector === null ? {} : { fieldSelector }),
  });
  const headers = { accept: 'application/json' };
  return http.stream({
    method: 'GET',
    path: `${path}?${query}`,
    headers,
    timeoutMilliseconds: HEAD_TIMEOUT_MILLISECONDS,
    signal,
  });
}

async function readEvents(
  { body }: HttpStream,
  resource: WatchedResource,
  from: string,
  sink: WatchSink,
  silence: { heard(): void },
): Promise<WatchEnd> {
  let version = from;
  try {
    for await (const line of lines(body)) {
      silence.heard();
      const parsed = parseEvent(line);
      if (parsed === null) throw notKubernetes(resource.resource);
      const { type, object } = parsed;
      if (type === 'ERROR') return errorEnd(object, version, resource);
      const told = object.metadata?.resourceVersion;
      if (type !== 'BOOKMARK') {
        const seen = resource.read(object);
        if (seen !== null && type === 'DELETED') sink.gone(seen);
        else if (seen !== null) sink.put(seen);
      }
      if (told !== undefined && told !== '') version = told;
    }
  } catch (error) {
    throw new WatchBroken(version, error);
  }
  return { kind: 'closed', version, failure: null };
}

function parseEvent(line: string): z.infer<typeof event> | null {
  try {
    return event.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** An error inside a watch: 410 (or "Expired") wants a new list, anything else another attempt. */
function errorEnd(object: unknown, version: string, { resource }: WatchedResource): WatchEnd {
  const { code, reason } = status.safeParse(object).data ?? { code: 0, reason: '' };
  if (code === 410 || reason === 'Expired' || reason === 'Gone') return { kind: 'expired', version, failure: null };
  throw new Failure('unreachable', `The watch of ${resource} ended with status ${code}.`, {
    hint: 'The API server has trouble. Podwatt watches again.',
  });
}

async function ended(kind: WatchEnd['kind'], version: string, stream: HttpStream): Promise<WatchEnd> {
  await textOf(stream);
  return { kind, version, failure: null };
}

async function refused(
  http: ClusterHttp,
  { resource, apiGroup }: WatchedResource,
  version: string,
  stream: HttpStream,
): Promise<WatchEnd> {
  const access = { verb: 'watch', resource, apiGroup, namespace: null } as const;
  const text = await textOf(stream);
  const failure = statusFailure({ status: stream.status, contentType: null, text }, http.host, access);
  const isFinal = failure.code === 'forbidden' || [404, 405, 501].includes(stream.status);
  if (isFinal) return { kind: 'refused', version, failure };
  throw waiting(failure, stream.retryAfterSeconds);
}

async function textOf({ body }: HttpStream): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > LONGEST_ERROR_BYTES) break;
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Fires when nothing was heard for long; `stop` ends the waiting. */
function watchSilence(pace: WatchPace, signal: AbortSignal) {
  const silent = new AbortController();
  const over = new AbortController();
  let heardAt = pace.nowMilliseconds();
  const either = AbortSignal.any([signal, over.signal]);
  void (async () => {
    while (!either.aborted) {
      const left = heardAt + IDLE_MILLISECONDS - pace.nowMilliseconds();
      if (left <= 0) return silent.abort();
      await pace.wait(left, either);
    }
  })();
  return {
    signal: silent.signal,
    heard: () => {
      heardAt = pace.nowMilliseconds();
    },
    stop: () => over.abort(),
  };
}
