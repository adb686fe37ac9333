import type * as z from 'zod';
import type { Transport } from '../../core/ports/transport.ts';
import { Failure } from '../../model/failure.ts';
import { RetryLater } from './retry-later.ts';

const DEFAULT_WAIT_SECONDS = 900;
const MAX_BYTES = 4 * 1_048_576;
const TIMEOUT_MILLISECONDS = 8_000;

export interface Question<T> {
  /** How messages name the publisher. */
  readonly name: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly schema: z.ZodType<T>;
  readonly signal: AbortSignal;
}

/**
 * One GET that is answered in JSON of a known form; null for 404 (the publisher has nothing of it). Throws `RetryLater`
 * for 429, `Failure` for a refused key, a server error, and an answer that is not what its documentation says.
 */
export async function askJson<T>(transport: Transport, question: Question<T>): Promise<T | null> {
  const { name, path, parameters, headers, schema, signal } = question;
  const answer = await transport.send({
    method: 'GET',
    path,
    parameters,
    ...(headers === undefined ? {} : { headers }),
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    maxBytes: MAX_BYTES,
    signal,
  });
  const { status } = answer;
  if (status === 429) throw new RetryLater(name, answer.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS);
  if (status === 503 && typeof answer.retryAfterSeconds === 'number')
    throw new RetryLater(name, answer.retryAfterSeconds);
  if (status === 404) return null;
  if (status === 401 || status === 403) throw refused(name, status);
  if (status < 200 || status > 299) {
    throw new Failure('unreachable', `${name} answered with status ${status}.`, {
      hint: 'It may be down for a while. Podwatt goes on with stored and yearly values, and asks again later.',
    });
  }
  const parsed = schema.safeParse(jsonOf(answer.text));
  if (parsed.success) return parsed.data;
  throw new Failure('bad-answer', `${name} gave an answer that is not in its documented form.`, {
    hint: 'Nothing of it was used. Check the address of the source in the settings.',
  });
}

function refused(name: string, status: number): Failure {
  return status === 401
    ? new Failure('unauthenticated', `${name} refused the key.`, { hint: 'Check the key in the settings.' })
    : new Failure('forbidden', `The plan of the key does not allow this question to ${name}.`, {
        hint: 'Podwatt goes on with what the plan allows.',
      });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
