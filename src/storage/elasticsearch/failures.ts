import { errors } from '@elastic/elasticsearch';
import { Failure, isFailure } from '../../model/failure.ts';

/** What a request ended with, as a `Failure` with a way out. No body, header or address of the answer is shown. */
export function failureOf(error: unknown): Failure {
  if (isFailure(error)) return error;
  if (error instanceof errors.RequestAbortedError) return new Failure('cancelled', 'The question was cancelled.');
  if (error instanceof errors.TimeoutError) {
    return new Failure('timeout', 'Elasticsearch did not answer in time.', {
      hint: 'Ask for a shorter time, or raise the time limit of the store.',
    });
  }
  if (error instanceof errors.ResponseError) return answerFailure(error.statusCode ?? 0, typeOf(error), error);
  if (error instanceof errors.ProductNotSupportedError) {
    return new Failure('store', 'What answers at this address is not Elasticsearch.', {
      hint: 'Check the address of the store. OpenSearch and proxies that hide the product header are not supported.',
    });
  }
  if (error instanceof errors.ConnectionError || error instanceof errors.NoLivingConnectionsError) {
    return connectionFailure(error);
  }
  const detail = error instanceof Error ? error.message : String(error);
  return new Failure('store', `Elasticsearch could not be asked: ${detail}.`, { cause: error });
}

/** The type of the first error that Elasticsearch names, for example `index_not_found_exception`. */
export function typeOf(error: unknown): string {
  if (!(error instanceof errors.ResponseError)) return '';
  const body: unknown = error.body;
  if (typeof body !== 'object' || body === null || !('error' in body)) return '';
  const inner: unknown = body.error;
  return typeof inner === 'object' && inner !== null && 'type' in inner ? String(inner.type) : '';
}

export function statusOf(error: unknown): number {
  return error instanceof errors.ResponseError ? (error.statusCode ?? 0) : 0;
}

/** True where the request may succeed if it is simply sent again a little later. */
export function isBusy(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

/** What an answer with this status and error type means. */
export function answerFailure(status: number, type: string, cause?: unknown): Failure {
  if (status === 401) {
    return new Failure('unauthenticated', 'Elasticsearch refused the user name, password or API key.', {
      hint: 'Check the credentials of the store.',
    });
  }
  if (type === 'cluster_block_exception') {
    return new Failure('store', 'Elasticsearch has blocked writing to the indices of Podwatt.', {
      hint: 'Its disks may be nearly full, or the indices were made read-only. Make room, then try again.',
    });
  }
  if (status === 403) {
    return new Failure('forbidden', 'The user may not do this in Elasticsearch.', {
      hint: 'Give the user the rights that docs/storage.md names, on the indices of Podwatt.',
    });
  }
  if (isBusy(status)) {
    return new Failure('store-away', `Elasticsearch is too busy or not ready (status ${status}).`, {
      hint: 'Podwatt tries again by itself.',
    });
  }
  return new Failure('store', `Elasticsearch refused a request (status ${status}${type === '' ? '' : `, ${type}`}).`, {
    hint: 'Look into the log of Podwatt and of Elasticsearch.',
    cause,
  });
}

function connectionFailure(error: Error): Failure {
  const isTls = /certificate|self.signed|unable to verify|altname|SSL|TLS/i.test(error.message);
  if (isTls) {
    return new Failure('store-away', 'No trusted connection to Elasticsearch: its certificate was not accepted.', {
      hint: 'Name the certificate authority of the store, or check that the address is the one in the certificate.',
      cause: error,
    });
  }
  return new Failure('store-away', 'Elasticsearch can not be reached.', {
    hint: 'Check that it runs and that the address is right. Podwatt tries again by itself.',
    cause: error,
  });
}
