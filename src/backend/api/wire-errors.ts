import { mapEventIterator } from '@orpc/client';
import { ORPCError, os } from '@orpc/server';
import type { errors } from '../../contract/errors.ts';
import type { Failure, FailureCode } from '../../model/failure.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';

/** Code of the contract for each kind of failure. A cluster that refuses us is not the caller's missing token. */
const WIRE_CODES: Readonly<Record<FailureCode, keyof typeof errors>> = {
  'bad-input': 'BAD_REQUEST',
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  unauthenticated: 'SERVICE_UNAVAILABLE',
  forbidden: 'FORBIDDEN',
  unreachable: 'SERVICE_UNAVAILABLE',
  timeout: 'SERVICE_UNAVAILABLE',
  tls: 'SERVICE_UNAVAILABLE',
  'bad-answer': 'SERVICE_UNAVAILABLE',
  'too-large': 'SERVICE_UNAVAILABLE',
  'exec-plugin': 'SERVICE_UNAVAILABLE',
  cancelled: 'CONFLICT',
  store: 'SERVICE_UNAVAILABLE',
  'store-away': 'SERVICE_UNAVAILABLE',
  unexpected: 'INTERNAL_SERVER_ERROR',
};

export function wireError(failure: Failure): ORPCError<string, { failure: string; hint: string | null }> {
  if (failure.code === 'unexpected') {
    const data = { failure: failure.code, hint: 'The log of Podwatt says more.' };
    return new ORPCError('INTERNAL_SERVER_ERROR', { status: 500, message: 'Internal error', data });
  }
  const data = { failure: failure.code, hint: failure.hint };
  return new ORPCError(WIRE_CODES[failure.code], { message: failure.message, data });
}

/** Turns what an operation or its stream throws into an error of the contract; what nobody foresaw is logged. */
export function errorMiddleware(log: Log) {
  const translated = (error: unknown): unknown => {
    if (error instanceof ORPCError) return error;
    const failure = asFailure(error);
    if (failure.code === 'unexpected') log.error({ err: failure.cause ?? failure }, 'An operation failed unexpectedly');
    return wireError(failure);
  };
  return os.middleware(async ({ next }) => {
    try {
      const result = await next();
      if (!isStream(result.output)) return result;
      const output = mapEventIterator(result.output, {
        value: async (value: unknown) => value,
        error: async (error: unknown) => translated(error),
      });
      return { ...result, output };
    } catch (error) {
      throw translated(error);
    }
  });
}

function isStream(output: unknown): output is AsyncGenerator<unknown, unknown, void> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}
