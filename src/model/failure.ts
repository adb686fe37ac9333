export const FAILURE_CODES = [
  'bad-input',
  'not-found',
  'conflict',
  'unauthenticated',
  'forbidden',
  'unreachable',
  'timeout',
  'tls',
  'bad-answer',
  'too-large',
  'exec-plugin',
  'cancelled',
  'store',
  'store-away',
  'unexpected',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/**
 * The one typed error of Podwatt: what failed (`message`), what the person can do (`hint`).
 * Neither ever holds a secret, a body or a header of a foreign answer.
 */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly hint: string | null;

  constructor(code: FailureCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Failure';
    this.code = code;
    this.hint = options.hint ?? null;
  }
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Failure;
}
