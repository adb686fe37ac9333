import * as z from 'zod';

/** What a person is told when a call fails: what happened and, where known, what to do. */
export interface CallFailure {
  /** Stable code of the backend (`unreachable`, `forbidden`, …) or of this side (`connection-lost`, `cancelled`). */
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** The backend went away while a call was under way. */
export class ConnectionLost extends Error {
  constructor(reason: string | null = null) {
    super(reason ?? 'The connection to the collector was lost');
    this.name = 'ConnectionLost';
  }
}

const Coded = z.object({ message: z.string(), data: z.object({ failure: z.string(), hint: z.string().nullable() }) });

/** Any thrown value as a failure that can be shown. Never shows a stack or a body. */
export function failureOf(error: unknown): CallFailure {
  const coded = Coded.safeParse(
    error instanceof Error ? { message: error.message, data: Reflect.get(error, 'data') } : null,
  );
  if (coded.success) return { code: coded.data.data.failure, message: coded.data.message, hint: coded.data.data.hint };
  if (error instanceof ConnectionLost) {
    return {
      code: 'connection-lost',
      message: error.message,
      hint: 'It is asked again as soon as the collector is back.',
    };
  }
  if (isAbort(error)) return { code: 'cancelled', message: 'Stopped', hint: null };
  return {
    code: 'unexpected',
    message: 'The answer could not be read',
    hint: 'Try again. If it stays, the log of Podwatt names the cause.',
  };
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** The store can't be reached now: nothing is lost, and it is asked again when it is back. */
export const isStoreAway = (error: unknown): boolean => failureOf(error).code === 'store-away';
