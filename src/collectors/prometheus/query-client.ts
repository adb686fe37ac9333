import type { Transport, TransportResponse } from '../../core/ports/transport.ts';
import { isFailure } from '../../model/failure.ts';
import { answerSchema, buildInfoSchema, type Series, seriesOf } from './answer.ts';
import { failureOfBody, failureOfNoNumbers, failureOfStatus } from './bad-answers.ts';

const TIMEOUT_MILLISECONDS = 12_000;
/** Counts and sample times are numbers whatever the metric holds. */
const ALWAYS_NUMBERS = /^(?:count|vector|max by \([^)]*\) \(timestamp)\(/;
/** A larger answer is refused by the transport as `too-large`, and asked for again in smaller pieces. */
const MAX_ANSWER_BYTES = 24 * 1024 * 1024;

/** Start, end and step of a range query in seconds; both ends are evaluated. */
export interface Steps {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly stepSeconds: number;
}

export interface BuildInfo {
  readonly version: string | null;
  readonly application: string | null;
  readonly goVersion: string | null;
}

/** The query API of one server. Every call throws `Failure` for anything but a whole, valid answer. */
export interface QueryClient {
  range(query: string, steps: Steps, signal: AbortSignal): Promise<readonly Series[]>;
  /** A selector with a range (`metric[5m]`) gives its raw samples. */
  instant(query: string, atSeconds: number, signal: AbortSignal): Promise<readonly Series[]>;
  /** Asks what costs the server nothing: throws `Failure` where no working query API answers. */
  greet(signal: AbortSignal): Promise<void>;
  /** Null where the server doesn't tell. */
  buildInfo(signal: AbortSignal): Promise<BuildInfo | null>;
  /** Texts with which the server said that its answers may lack data; each once. */
  takeWarnings(): readonly string[];
}

export function createQueryClient(options: {
  readonly transport: Transport;
  readonly headers: Readonly<Record<string, string>>;
}): QueryClient {
  const { transport, headers } = options;
  const where = transport.description;
  const warnings = new Set<string>();
  // Some roles allow only `get` on services/proxy: the first refused POST switches to GET for good.
  let method: 'GET' | 'POST' = 'POST';

  const send = (path: string, parameters: Record<string, string>, verb: 'GET' | 'POST', signal: AbortSignal) =>
    transport.send({
      method: verb,
      path,
      parameters,
      headers,
      signal,
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
      maxBytes: MAX_ANSWER_BYTES,
    });

  const ask = async (
    path: string,
    parameters: Record<string, string>,
    signal: AbortSignal,
  ): Promise<TransportResponse> => {
    // The API server's own refusal on the way to a Service is thrown; that of what answers there is a status.
    const first = await send(path, parameters, method, signal).catch((error: unknown) => {
      if (method === 'POST' && isFailure(error) && error.code === 'forbidden') return null;
      throw error;
    });
    if (first !== null && (method === 'GET' || (first.status !== 403 && first.status !== 405))) return first;
    const second = await send(path, parameters, 'GET', signal);
    if (second.status >= 200 && second.status < 300) method = 'GET';
    return second;
  };

  const query = async (path: string, parameters: Record<string, string>, signal: AbortSignal) => {
    signal.throwIfAborted();
    const response = await ask(path, parameters, signal);
    if (response.status < 200 || response.status > 299) throw failureOfStatus(response, where);
    const parsed = answerSchema.safeParse(jsonOf(response.text));
    const read = parsed.success ? seriesOf(parsed.data) : null;
    if (!parsed.success || read === null) throw failureOfBody(response, where);
    if (ALWAYS_NUMBERS.test(parameters['query'] ?? '') && read.isWithoutNumbers) throw failureOfNoNumbers(where);
    for (const warning of parsed.data.warnings ?? []) warnings.add(warning.slice(0, 200));
    return read.series;
  };

  return {
    range: (promql, steps, signal) =>
      query(
        '/api/v1/query_range',
        {
          query: promql,
          start: String(steps.startSeconds),
          end: String(steps.endSeconds),
          step: String(steps.stepSeconds),
        },
        signal,
      ),
    instant: (promql, atSeconds, signal) => query('/api/v1/query', { query: promql, time: String(atSeconds) }, signal),
    async greet(signal) {
      await query('/api/v1/query', { query: 'vector(1)' }, signal);
    },
    async buildInfo(signal) {
      const response = await send('/api/v1/status/buildinfo', {}, 'GET', signal);
      if (response.status < 200 || response.status > 299) return null;
      const parsed = buildInfoSchema.safeParse(jsonOf(response.text));
      if (!parsed.success) return null;
      const { version, application, goVersion } = parsed.data.data;
      return { version: version ?? null, application: application ?? null, goVersion: goVersion ?? null };
    },
    takeWarnings() {
      const taken = [...warnings];
      warnings.clear();
      return taken;
    },
  };
}

/** Undefined for text that is no JSON; the schema then refuses it. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True for failures that a smaller query may avoid. */
export function isWorthHalving(error: unknown): boolean {
  return isFailure(error) && (error.code === 'too-large' || error.code === 'timeout');
}
