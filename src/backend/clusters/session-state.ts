import type { Failure } from '../../model/failure.ts';

export type SessionState =
  | 'collecting'
  | 'reading-history'
  | 'paused'
  | 'elsewhere'
  | 'signed-out'
  | 'unreachable'
  | 'failing'
  | 'no-data';

/** One word for how a cluster does, worst first. */
export function sessionState(facts: {
  collecting: boolean;
  failure: Failure | null;
  /** Another Podwatt holds the cluster's lease. */
  isElsewhere: boolean;
  /** The API server answered, and the metrics source is what failed. */
  metricsFailed: boolean;
  readingHistory: boolean;
  /** Null before the first reading. */
  lastReadingHadData: boolean | null;
}): SessionState {
  if (!facts.collecting) return 'paused';
  if (facts.isElsewhere) return 'elsewhere';
  if (facts.failure !== null) {
    const state = stateOfFailure(facts.failure);
    return facts.metricsFailed && state !== 'no-data' ? 'failing' : state;
  }
  if (facts.readingHistory) return 'reading-history';
  return facts.lastReadingHadData === false ? 'no-data' : 'collecting';
}

function stateOfFailure(failure: Failure): SessionState {
  switch (failure.code) {
    case 'unauthenticated':
    case 'exec-plugin':
      return 'signed-out';
    case 'unreachable':
    case 'timeout':
    case 'tls':
      return 'unreachable';
    case 'not-found':
      return 'no-data';
    case 'bad-input':
    case 'conflict':
    case 'forbidden':
    case 'bad-answer':
    case 'too-large':
    case 'cancelled':
    case 'store':
    case 'store-away':
    case 'unexpected':
      return 'failing';
  }
}
