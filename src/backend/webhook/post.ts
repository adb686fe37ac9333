import { createHmac } from 'node:crypto';
import { Failure } from '../../model/failure.ts';
import { isLoopbackAddress, isMetadataAddress, refuseByName } from '../../net/address-rules.ts';
import { DEFAULT_TLS } from '../../net/dispatcher.ts';
import { createHttpClient } from '../../net/http-client.ts';
import { type Environment, proxyFromEnvironment } from '../../net/proxy.ts';
import { asFailure } from '../failures.ts';
import type { WebhookTarget } from './webhook-target.ts';

/** Failures name it so: its host may be as secret as its path. */
const WHERE = 'The webhook';
/** Nobody reads the answer; its status counts. */
const MAX_ANSWER_BYTES = 1_048_576;

export interface Message {
  /** The same on each try, so that a receiver can tell a repetition. */
  readonly id: string;
  readonly body: string;
}

export interface PostOptions {
  readonly env: Environment;
  readonly isOffline: () => boolean;
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

export type PostOutcome =
  | { readonly ok: true; readonly status: number }
  | { readonly ok: false; readonly failure: Failure; readonly retryAfterSeconds: number | null };

/** One try. Only a 2xx is a success: a redirect is not followed, as the next host was chosen by nobody. */
export async function post(target: WebhookTarget, message: Message, options: PostOptions): Promise<PostOutcome> {
  const { env, isOffline, timeoutMilliseconds, signal } = options;
  const url = new URL(target.url);
  const proxyUrl = proxyFromEnvironment(url, env);
  const refuses = url.protocol === 'https:' ? isMetadataAddress : (address: string) => !isLoopbackAddress(address);
  const client = createHttpClient({ origin: url, where: WHERE, tls: DEFAULT_TLS, proxyUrl, isOffline, refuses });
  try {
    if (proxyUrl !== null) await refuseByName(url.hostname, refuses);
    const { status, retryAfterSeconds } = await client.send({
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: headersOf(target, message),
      body: message.body,
      timeoutMilliseconds,
      maxBytes: MAX_ANSWER_BYTES,
      signal,
    });
    if (status >= 200 && status < 300) return { ok: true, status };
    return { ok: false, failure: failureOf(status), retryAfterSeconds: retryAfterSeconds ?? null };
  } catch (error) {
    return { ok: false, failure: asFailure(error), retryAfterSeconds: null };
  } finally {
    await client.close();
  }
}

function headersOf({ secret }: WebhookTarget, { id, body }: Message): Record<string, string> {
  const signature = secret === null ? null : createHmac('sha256', secret).update(body).digest('hex');
  return {
    'content-type': 'application/json',
    'idempotency-key': id,
    ...(signature === null ? {} : { 'x-podwatt-signature': `sha256=${signature}` }),
  };
}

function failureOf(status: number): Failure {
  const hint = hintOf(status);
  return new Failure('bad-answer', `${WHERE} answered ${status}.`, { hint });
}

function hintOf(status: number): string {
  if (status >= 300 && status < 400) return 'It redirects, which is not followed: enter the final address.';
  if (status === 401 || status === 403) return 'It refuses the request: check its address, token and secret.';
  if (status === 404 || status === 410) return 'Nothing takes messages there: check the address.';
  if (status === 429) return 'It asks for fewer messages.';
  if (status >= 500) return 'It has a problem of its own.';
  return 'It does not take this message: check that it is made for the alerts of Podwatt.';
}
