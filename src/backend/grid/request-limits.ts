import * as z from 'zod';
import { RetryLater } from '../../collectors/grid/retry-later.ts';
import type { AppState } from '../../core/ports/app-state.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Failure } from '../../model/failure.ts';
import { type EpochSeconds, floorTo, type TimeRange } from '../../model/time.ts';
import { type RetryPace, retrySeconds } from '../scheduler/backoff.ts';
import { StoredValue } from '../settings/stored-value.ts';

const HOUR = 3600;
const DAY = 86_400;
const SETTLE_EVERY_SECONDS = 6 * HOUR;
/** What was asked is forgotten when no rule can need it any more. */
const REMEMBER_SECONDS = 12 * DAY;
const FEED_PACE: RetryPace = { firstSeconds: 60, longestSeconds: HOUR };
const ZONE_PACE: RetryPace = { firstSeconds: HOUR, longestSeconds: 6 * HOUR };

/** `settle` reads the last days again, where values of them were estimates. */
export type QuestionKind = 'latest' | 'forecast' | 'past' | 'settle';

export interface Question {
  readonly feedId: string;
  readonly zone: string;
  readonly kind: QuestionKind;
  /** Of `past` and `settle`. */
  readonly span: TimeRange | null;
}

const Asked = z.object({ atSeconds: z.number(), untilSeconds: z.number() });
const Pause = z.object({ untilSeconds: z.number(), failures: z.number() });
const Memory = z.object({
  asked: z.record(z.string(), Asked),
  pauses: z.record(z.string(), Pause),
  lastGood: z.record(z.string(), z.number()),
});
type Memory = z.infer<typeof Memory>;

/**
 * What may be asked of publishers, kept over restarts: `latest` and `forecast` once a zone and hour, a span of the past
 * once, nothing before the instant that a publisher named, growing pauses after failures, a day for a zone without
 * values or a question that the plan doesn't allow, and nothing after a refused key.
 */
export class RequestLimits {
  readonly #memory: StoredValue<Memory>;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #refused = new Set<string>();

  private constructor(memory: StoredValue<Memory>, clock: Clock, random: () => number) {
    this.#memory = memory;
    this.#clock = clock;
    this.#random = random;
  }

  static async open(state: AppState, clock: Clock, random: () => number): Promise<RequestLimits> {
    const memory = await StoredValue.open(state, 'grid-requests', Memory, { asked: {}, pauses: {}, lastGood: {} });
    return new RequestLimits(memory, clock, random);
  }

  /** True where the question may be asked now; nothing is noted yet. */
  allows(question: Question): boolean {
    if (this.#refused.has(question.feedId)) return false;
    if (this.pausedUntil(question) !== null) return false;
    const before = this.#memory.value.asked[keyOf(question)];
    if (before === undefined) return true;
    const now = this.#clock.nowSeconds();
    switch (question.kind) {
      case 'latest':
      case 'forecast':
        return floorTo(before.atSeconds, HOUR) < floorTo(now, HOUR);
      case 'settle':
        return now - before.atSeconds >= SETTLE_EVERY_SECONDS;
      case 'past':
        // The part of a span that was still to come may be asked for later, once an hour.
        return (
          before.untilSeconds < (question.span?.endSeconds ?? 0) && floorTo(before.atSeconds, HOUR) < floorTo(now, HOUR)
        );
    }
  }

  /** When the question may be asked again because of what happened before; null where nothing is in its way. */
  pausedUntil({ feedId, zone, kind }: Omit<Question, 'span'>): EpochSeconds | null {
    const { pauses } = this.#memory.value;
    const keys = [feedId, `${feedId} ${zone}`, `${feedId} ${zone} ${kind}`];
    const until = Math.max(0, ...keys.map((key) => pauses[key]?.untilSeconds ?? 0));
    return until > this.#clock.nowSeconds() ? until : null;
  }

  feedPausedUntil(feedId: string): EpochSeconds | null {
    const until = this.#memory.value.pauses[feedId]?.untilSeconds ?? 0;
    return until > this.#clock.nowSeconds() ? until : null;
  }

  /** Of one zone, or of any where `zone` is null. */
  lastGoodSeconds(feedId: string, zone: string | null): EpochSeconds | null {
    const { lastGood } = this.#memory.value;
    if (zone !== null) return lastGood[`${feedId} ${zone}`] ?? null;
    const all = Object.entries(lastGood).flatMap(([key, at]) => (key.startsWith(`${feedId} `) ? [at] : []));
    return all.length === 0 ? null : Math.max(...all);
  }

  /** True where the past of a zone was read up to now within the last six hours. */
  readLately(feedId: string, zone: string): boolean {
    const since = this.#clock.nowSeconds() - SETTLE_EVERY_SECONDS;
    return Object.entries(this.#memory.value.asked).some(
      ([key, { atSeconds, untilSeconds }]) =>
        key.startsWith(`${feedId} ${zone} past `) && atSeconds > since && untilSeconds > since,
    );
  }

  /** Before the request goes out. */
  asked(question: Question): Promise<void> {
    const atSeconds = this.#clock.nowSeconds();
    const untilSeconds = question.span?.endSeconds ?? atSeconds;
    return this.#change(({ asked, ...rest }) => ({
      ...rest,
      asked: { ...recent(asked, atSeconds), [keyOf(question)]: { atSeconds, untilSeconds } },
    }));
  }

  succeeded(question: Question, isEmpty: boolean): Promise<void> {
    const { feedId, zone, kind } = question;
    const now = this.#clock.nowSeconds();
    return this.#change(({ pauses, lastGood, asked }) => {
      const { [feedId]: _feed, [`${feedId} ${zone}`]: _zone, ...left } = pauses;
      const empty = isEmpty && kind === 'latest';
      return {
        asked,
        pauses: empty ? { ...left, [`${feedId} ${zone}`]: { untilSeconds: now + DAY, failures: 0 } } : left,
        lastGood: isEmpty ? lastGood : { ...lastGood, [`${feedId} ${zone}`]: now },
      };
    });
  }

  failed(question: Question, failure: Failure): Promise<void> {
    const { feedId, zone, kind } = question;
    if (failure.code === 'unauthenticated') this.#refused.add(feedId);
    const now = this.#clock.nowSeconds();
    return this.#change(({ asked, pauses, lastGood }) => {
      const paused = (key: string, pause: (failures: number) => number) => {
        const failures = (pauses[key]?.failures ?? 0) + 1;
        return { ...pauses, [key]: { untilSeconds: Math.ceil(now + pause(failures)), failures } };
      };
      return {
        asked: kind === 'past' ? unread(asked, question) : asked,
        pauses: this.#pausesAfter(failure, { feedId, zoneKey: `${feedId} ${zone}`, kind }, paused) ?? pauses,
        lastGood,
      };
    });
  }

  /** Another key: what the old one was refused or kept waiting for no longer counts. */
  forget(feedId: string): Promise<void> {
    this.#refused.delete(feedId);
    const isOther = ([key]: [string, unknown]) => key !== feedId && !key.startsWith(`${feedId} `);
    return this.#change(({ asked, pauses, lastGood }) => ({
      asked: Object.fromEntries(Object.entries(asked).filter(isOther)),
      pauses: Object.fromEntries(Object.entries(pauses).filter(isOther)),
      lastGood,
    }));
  }

  #pausesAfter(
    failure: Failure,
    { feedId, zoneKey, kind }: { feedId: string; zoneKey: string; kind: QuestionKind },
    paused: (key: string, pause: (failures: number) => number) => Memory['pauses'],
  ): Memory['pauses'] | null {
    if (failure instanceof RetryLater) return paused(feedId, () => failure.waitSeconds);
    switch (failure.code) {
      case 'unauthenticated':
      case 'cancelled':
        return null;
      case 'forbidden':
        return paused(`${zoneKey} ${kind}`, () => DAY);
      case 'bad-answer':
      case 'bad-input':
        return paused(zoneKey, (failures) => retrySeconds(failures, this.#random(), ZONE_PACE));
      default:
        return paused(feedId, (failures) => retrySeconds(failures, this.#random(), FEED_PACE));
    }
  }

  /** In force at once; a disk that is full must not stop the figures. */
  async #change(change: (before: Memory) => Memory): Promise<void> {
    await this.#memory.update(change).catch(() => undefined);
  }
}

function keyOf({ feedId, zone, kind, span }: Question): string {
  const base = `${feedId} ${zone} ${kind}`;
  return kind === 'past' ? `${base} ${span?.startSeconds ?? 0}` : base;
}

function unread(asked: Memory['asked'], question: Question): Memory['asked'] {
  const key = keyOf(question);
  const before = asked[key];
  return before === undefined ? asked : { ...asked, [key]: { ...before, untilSeconds: 0 } };
}

function recent(asked: Memory['asked'], nowSeconds: EpochSeconds): Memory['asked'] {
  return Object.fromEntries(
    Object.entries(asked).filter(([, { atSeconds }]) => nowSeconds - atSeconds < REMEMBER_SECONDS),
  );
}
