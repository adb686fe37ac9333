import type { WholeStore } from '../../core/ports/record-pages.ts';
import { Failure } from '../../model/failure.ts';
import type { TimeRange } from '../../model/time.ts';

/** What is being done, for whoever waits. */
export interface CopyStep {
  readonly what: 'comparing' | 'copying' | 'copying records' | 'checking';
  /** Name of the cluster; null for what is of none. */
  readonly cluster: string | null;
  /** Windows so far, and of how many; null where that is not known yet. */
  readonly done: number;
  readonly of: number | null;
}

/** The two stores of a copy, and how it is watched and stopped. */
export interface CopyWork {
  readonly source: WholeStore;
  readonly target: WholeStore;
  readonly signal: AbortSignal;
  onProgress(step: CopyStep): void;
}

/** A cluster that is being copied. */
export interface CopiedId {
  readonly id: string;
  /** For people. */
  readonly name: string;
}

/** Windows whose rows the source itself no longer has, so that nothing can be copied of them. */
export interface NotCarried {
  readonly windows: number;
  readonly range: TimeRange;
}

/** To be called between two windows or pages. Throws `Failure` cancelled. */
export function refuseStopped({ signal }: Pick<CopyWork, 'signal'>): void {
  if (!signal.aborted) return;
  throw new Failure('cancelled', 'The copying was stopped', {
    hint: 'What was copied stays. Run the command again: it goes on where it stopped.',
  });
}
