import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../model/failure.ts';

export interface BackOff {
  /** How often a refused request is sent again. */
  readonly tries: number;
  readonly firstMilliseconds: number;
  readonly mostMilliseconds: number;
  /** 0 up to 1. */
  readonly random: () => number;
}

export const BACK_OFF: BackOff = { tries: 8, firstMilliseconds: 100, mostMilliseconds: 5000, random: Math.random };

/** How long to wait before try `attempt` (from 1): twice as long each time, half of it by chance. */
export function waitBefore(attempt: number, { firstMilliseconds, mostMilliseconds, random }: BackOff): number {
  const whole = Math.min(mostMilliseconds, firstMilliseconds * 2 ** (attempt - 1));
  return whole / 2 + (whole / 2) * random();
}

/** Waits, unless the signal ends it: then `Failure` cancelled. */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    throw new Failure('cancelled', 'The question was cancelled.', { cause: error });
  }
}
