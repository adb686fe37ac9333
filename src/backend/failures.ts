import { Failure, isFailure } from '../model/failure.ts';

/** Anything thrown as a `Failure`; what nobody foresaw keeps its cause for the log and shows no text of it. */
export function asFailure(error: unknown): Failure {
  if (isFailure(error)) return error;
  if (error instanceof Error && error.name === 'AbortError') return new Failure('cancelled', 'The work was stopped');
  return new Failure('unexpected', 'Podwatt met an unexpected error', { hint: 'Its log says more.', cause: error });
}
