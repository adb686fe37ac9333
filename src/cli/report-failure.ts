import { isFailure } from '../model/failure.ts';
import { readCallError } from '../server/client.ts';

export const EXIT = { done: 0, failed: 1, badUsage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A refused command line: exit code 2. */
export class UsageError extends Error {
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

/** One plain sentence, then what to do; never a stack. */
export function describeFailure(error: unknown): { text: string; exitCode: ExitCode } {
  if (error instanceof UsageError) return { text: sentence(error.message, error.hint), exitCode: EXIT.badUsage };
  if (isFailure(error)) return { text: sentence(error.message, error.hint), exitCode: EXIT.failed };
  const call = readCallError(error);
  if (call !== null) {
    return { text: sentence(call.message, call.hint), exitCode: call.isBadRequest ? EXIT.badUsage : EXIT.failed };
  }
  return {
    text: sentence(
      'Podwatt met an unexpected error',
      'Run the command again with PODWATT_LOG_LEVEL=debug to see more.',
    ),
    exitCode: EXIT.failed,
  };
}

function sentence(message: string, hint: string | null): string {
  const first = /[.!?]$/.test(message) ? message : `${message}.`;
  // Messages of operations may end with the hint already.
  return hint === null || first.includes(hint) ? `${first}\n` : `${first}\n${hint}\n`;
}
