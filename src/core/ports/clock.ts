import type { EpochSeconds } from '../../model/time.ts';

/** The time, as an argument: a test gives a fixed one. */
export interface Clock {
  nowSeconds(): EpochSeconds;
}
