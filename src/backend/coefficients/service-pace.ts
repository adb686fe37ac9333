import type { EpochSeconds } from '../../model/time.ts';
import { type RetryPace, retrySeconds } from '../scheduler/backoff.ts';

const PACE: RetryPace = { firstSeconds: 60, longestSeconds: 3600 };
/** A question that failed waits longer than its service, so that it does not keep the others from being asked. */
const QUESTION_FACTOR = 2;

/** When a service that failed may be asked again: as it says itself, else later with each failure in a row. */
export class ServicePace {
  readonly #random: () => number;
  readonly #questions = new Map<string, EpochSeconds>();
  #failuresInARow = 0;
  #notBeforeSeconds: EpochSeconds = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  mayAsk(question: string, nowSeconds: EpochSeconds): boolean {
    return nowSeconds >= this.#notBeforeSeconds && nowSeconds >= (this.#questions.get(question) ?? 0);
  }

  answered(question: string): void {
    this.#failuresInARow = 0;
    this.#notBeforeSeconds = 0;
    this.#questions.delete(question);
  }

  /** `waitSeconds`: what the service asks for; null where it doesn't. */
  failed(question: string, waitSeconds: number | null, nowSeconds: EpochSeconds): void {
    this.#failuresInARow += 1;
    const pause = Math.max(waitSeconds ?? 0, retrySeconds(this.#failuresInARow, this.#random(), PACE));
    this.#notBeforeSeconds = nowSeconds + pause;
    this.#questions.set(question, nowSeconds + pause * QUESTION_FACTOR);
  }
}
