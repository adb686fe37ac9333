import { mapEventIterator } from '@orpc/client';
import { ORPCError, ValidationError } from '@orpc/server';
import type { Log } from '../backend/log.ts';
import { ErrorData } from '../contract/errors.ts';
import { restBody } from './problem.ts';
import { describeIssues } from './validation-issues.ts';

/** An error as every transport answers it: a code with its status, a sentence, and what the person can do. */
export type WireError = ORPCError<string, ErrorDataValue>;
export type ErrorDataValue = { failure: string; hint: string | null };

/**
 * Brings whatever an operation threw into the one shape of the contract. What validation refused names the field and
 * the forms that work; what nobody foresaw is logged and answered without its text, which could hold anything.
 */
export function toWireError(error: unknown, log: Log): WireError {
  if (error instanceof ORPCError) {
    const data = ErrorData.safeParse(error.data);
    if (data.success)
      return new ORPCError(error.code, { status: error.status, message: error.message, data: data.data });
    if (error.code === 'BAD_REQUEST') return badRequest(error);
    if (error.status < 500) return wireError(error.code, error.status, error.message, failureOf(error.status));
  }
  log.error({ err: error }, 'An operation failed unexpectedly');
  return wireError('INTERNAL_SERVER_ERROR', 500, 'Podwatt met an unexpected error', 'unexpected', 'Its log says more.');
}

/** The answer to a body or a query that can't even be read. */
export function malformedRequest(): WireError {
  return wireError(
    'BAD_REQUEST',
    400,
    'The request could not be read: its body is not the JSON that was announced',
    'bad-input',
  );
}

function badRequest(error: ORPCError<string, unknown>): WireError {
  const message = error.cause instanceof ValidationError ? describeIssues(error.cause.issues) : error.message;
  return wireError('BAD_REQUEST', 400, message, 'bad-input');
}

function wireError(
  code: string,
  status: number,
  message: string,
  failure: string,
  hint: string | null = null,
): WireError {
  return new ORPCError(code, { status, message, data: { failure, hint } });
}

function failureOf(status: number): string {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  return 'bad-input';
}

function isStream(output: unknown): output is AsyncIteratorObject<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output && 'next' in output;
}

type Next = { next(): Promise<unknown> };

/** Interceptors for any oRPC handler: errors of calls, of streams under way and of requests that can't be decoded. */
export function errorInterceptors(log: Log) {
  const ofCalls = async ({ next }: Next): Promise<unknown> => {
    try {
      const output = await next();
      if (!isStream(output)) return output;
      return mapEventIterator(output, {
        value: async (value) => value,
        error: async (error) => toWireError(error, log),
      });
    } catch (error) {
      throw toWireError(error, log);
    }
  };
  const ofRequests = async <T>({ next }: { next(): Promise<T> }): Promise<T> => {
    try {
      return await next();
    } catch (error) {
      // Errors of calls have their shape by now: what is left was thrown while the request was decoded.
      throw error instanceof ORPCError ? error : malformedRequest();
    }
  };
  return { clientInterceptors: [ofCalls], interceptors: [ofRequests] };
}

/** The REST body of an error: `{"detail", "code", "hint"}`. */
export function restErrorBody(error: ORPCError<string, unknown>) {
  const data = ErrorData.safeParse(error.data);
  const { failure, hint } = data.success ? data.data : { failure: failureOf(error.status), hint: null };
  return restBody({ failure, message: error.message, hint });
}
