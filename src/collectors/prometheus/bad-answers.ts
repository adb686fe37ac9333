import type { TransportResponse } from '../../core/ports/transport.ts';
import { Failure } from '../../model/failure.ts';
import { type ErrorAnswer, errorAnswerSchema } from './answer.ts';

const TOO_MUCH =
  /too many samples|too many points|maximum resolution|too many outstanding|limit.*series|response.*too large|exceeds.*limit/i;

/** The failure that an answer with a status other than 2xx stands for. */
export function failureOfStatus(response: TransportResponse, where: string): Failure {
  const error = errorOf(response.text);
  switch (response.status) {
    case 401:
      return new Failure('unauthenticated', `Prometheus (${where}) refused the credentials`, {
        hint: 'Set a valid token, or user name and password, for the Prometheus of this context.',
      });
    case 403:
      return new Failure('forbidden', `Prometheus (${where}) does not allow these credentials to query`, {
        hint: 'Through the API server this needs get (and create, for POST) on services/proxy; otherwise ask for read access to the query API, or set the URL of Prometheus by hand.',
      });
    case 404:
      return new Failure('not-found', `There is no Prometheus query API at ${where}`, {
        hint: 'Check the URL: it must be the one below which /api/v1/query answers, with its path prefix if it has one.',
      });
    case 413:
      return tooLarge(where);
    case 429:
    case 502:
    case 503:
      return new Failure(
        'unreachable',
        `Prometheus (${where}) is not ready to answer (HTTP ${response.status})${told(error)}`,
        {
          hint: 'Check that its pods run and are ready; the reading is tried again later.',
        },
      );
    case 504:
      return slow(where);
    default:
      return error === null ? unknownStatus(response.status, where) : failureOfError(error, where);
  }
}

/** The failure for an answer of `status: error`. */
export function failureOfError(error: ErrorAnswer, where: string): Failure {
  if (error.errorType === 'timeout' || error.errorType === 'canceled') return slow(where);
  if (TOO_MUCH.test(error.error ?? '')) return tooLarge(where);
  return new Failure('bad-answer', `Prometheus (${where}) could not run a query${told(error)}`, {
    hint: 'Look at the log of Prometheus; if additional label matchers are set, check them.',
  });
}

/** The failure for a 2xx answer that is no answer of the query API. */
export function failureOfBody(response: TransportResponse, where: string): Failure {
  const text = response.text.trim();
  const error = errorOf(text);
  if (error !== null) return failureOfError(error, where);
  if (text === '') {
    return new Failure('bad-answer', `Prometheus (${where}) sent an empty answer`, {
      hint: 'Check what stands at this address: a proxy may answer in its place.',
    });
  }
  if ((response.contentType ?? '').includes('html') || text.startsWith('<')) {
    return new Failure('bad-answer', `A web page answered at ${where} instead of Prometheus`, {
      hint: 'A sign-in page or another program may stand there: check the URL, its path prefix and the credentials.',
    });
  }
  return new Failure('bad-answer', `The answer of Prometheus (${where}) is damaged or incomplete`, {
    hint: 'The connection or a proxy may have cut it; the reading is tried again later.',
  });
}

/** The failure for NaN where only a number can be. */
export function failureOfNoNumbers(where: string): Failure {
  return new Failure('bad-answer', `Prometheus (${where}) answers with values that are no numbers (NaN)`, {
    hint: 'Run count(up) in its own web page: where that shows NaN too, restart it or what stands in front of it. Nothing was stored.',
  });
}

function errorOf(text: string): ErrorAnswer | null {
  try {
    const parsed = errorAnswerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function told(error: ErrorAnswer | null): string {
  const text = (error?.error ?? '').replaceAll(/\s+/g, ' ').trim();
  if (text === '') return '';
  return `: ${text.length > 160 ? `${text.slice(0, 160)}…` : text}`;
}

function tooLarge(where: string): Failure {
  return new Failure('too-large', `A query is too large for Prometheus (${where})`, {
    hint: 'Podwatt asks again in smaller pieces; if this stays, raise --query.max-samples of Prometheus.',
  });
}

function slow(where: string): Failure {
  return new Failure('timeout', `Prometheus (${where}) took too long for a query`, {
    hint: 'It may be overloaded or starting; the reading is tried again later.',
  });
}

function unknownStatus(status: number, where: string): Failure {
  return new Failure('bad-answer', `Prometheus (${where}) answered with HTTP ${status}`, {
    hint: 'Check that this address is a Prometheus (or a server with its query API) and look at its log.',
  });
}
