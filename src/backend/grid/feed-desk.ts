import { RetryLater } from '../../collectors/grid/retry-later.ts';
import type { GridFeed } from '../../core/ports/grid-feed.ts';
import type { Failure } from '../../model/failure.ts';
import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../scheduler/timers.ts';
import { FEED_NAMES, type FeedId } from './grid-feeds.ts';
import type { Question, QuestionKind, RequestLimits } from './request-limits.ts';

/** Longest that figures wait for publishers, all together in each minute; an answer is taken when it comes all the same. */
const LONGEST_WAIT_MILLISECONDS = 3_000;
const PATIENCE_EVERY_MILLISECONDS = 60_000;

/** A feed, a zone of it and the factors that are asked for. */
export interface FeedZone {
  readonly feedId: FeedId;
  readonly zone: string;
  readonly factorType: FactorType;
}

export interface FeedDeskDeps {
  readonly limits: RequestLimits;
  readonly timers: Timers;
  readonly log: Log;
  readonly isOffline: () => boolean;
  feed(id: FeedId): Promise<GridFeed>;
  /** Takes what a publisher answered; never throws. */
  arrived(of: FeedZone, records: readonly IntensityRecord[]): Promise<void>;
}

type Ask = (feed: GridFeed, signal: AbortSignal) => Promise<readonly IntensityRecord[]>;

interface Running {
  readonly ended: Promise<void>;
  readonly deadlineMilliseconds: number;
}

/** Asks publishers within their limits, each question once at a time, and knows how each of them does. */
export class FeedDesk {
  readonly #deps: FeedDeskDeps;
  readonly #running = new Map<string, Running>();
  /** By feed, and by feed and zone for what concerns one zone only. */
  readonly #troubles = new Map<string, Failure>();
  readonly #said = new Set<string>();
  readonly #stopping = new AbortController();
  #patience = { sinceMilliseconds: Number.NEGATIVE_INFINITY, usedMilliseconds: 0 };
  /** A publisher ran into the bound: nobody waits for it again until it answers. */
  readonly #slow = new Set<FeedId>();

  constructor(deps: FeedDeskDeps) {
    this.#deps = deps;
  }

  /** Asks where it may; resolves when the answer was taken in, or after a short while without it. Never throws. */
  async ask(of: FeedZone, kind: QuestionKind, span: Question['span'], run: Ask): Promise<void> {
    const question: Question = { feedId: of.feedId, zone: of.zone, kind, span };
    const key = `${of.feedId} ${of.zone} ${kind} ${of.factorType} ${span?.startSeconds ?? ''}`;
    const { limits, isOffline, timers } = this.#deps;
    let running = this.#running.get(key);
    if (running === undefined) {
      if (this.#stopping.signal.aborted || isOffline() || !limits.allows(question)) return;
      const ended = this.#send(of, question, run).finally(() => this.#running.delete(key));
      running = { ended, deadlineMilliseconds: timers.nowMilliseconds() + LONGEST_WAIT_MILLISECONDS };
      this.#running.set(key, running);
    }
    await this.#waitFor(of.feedId, running);
  }

  /** What is wrong with a feed in a zone; null where nothing is known to be. */
  trouble(feedId: FeedId, zone: string | null): Failure | null {
    const ofFeed = this.#troubles.get(feedId) ?? null;
    return ofFeed ?? (zone === null ? null : (this.#troubles.get(`${feedId} ${zone}`) ?? null));
  }

  /** True after the publisher asked for patience. */
  isAskedToWait(feedId: FeedId): boolean {
    return this.#troubles.get(feedId) instanceof RetryLater;
  }

  /** The key of a feed changed: it may be asked again at once. */
  async forget(feedId: FeedId): Promise<void> {
    for (const known of [this.#troubles, this.#said]) {
      for (const key of [...known.keys()]) if (key === feedId || key.startsWith(`${feedId} `)) known.delete(key);
    }
    this.#slow.delete(feedId);
    await this.#deps.limits.forget(feedId);
  }

  /** Resolves when no question is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.idle();
  }

  async #waitFor(feedId: FeedId, { ended, deadlineMilliseconds }: Running): Promise<void> {
    const { timers } = this.#deps;
    const startedAt = timers.nowMilliseconds();
    const left = Math.min(deadlineMilliseconds - startedAt, this.#patienceLeft(startedAt));
    if (left <= 0 || this.#slow.has(feedId)) return;
    const done = new AbortController();
    const answered = ended.then(() => true);
    const isInTime = await Promise.race([answered, timers.wait(left, done.signal).then(() => false)]);
    done.abort();
    this.#patience.usedMilliseconds += timers.nowMilliseconds() - startedAt;
    if (!isInTime) this.#slow.add(feedId);
  }

  #patienceLeft(nowMilliseconds: number): number {
    if (nowMilliseconds - this.#patience.sinceMilliseconds >= PATIENCE_EVERY_MILLISECONDS) {
      this.#patience = { sinceMilliseconds: nowMilliseconds, usedMilliseconds: 0 };
    }
    return LONGEST_WAIT_MILLISECONDS - this.#patience.usedMilliseconds;
  }

  async #send(of: FeedZone, question: Question, run: Ask): Promise<void> {
    const { limits, feed, arrived } = this.#deps;
    await limits.asked(question);
    try {
      const records = await run(await feed(of.feedId), this.#stopping.signal);
      this.#slow.delete(of.feedId);
      await limits.succeeded(question, records.length === 0);
      this.#wentWell(of);
      await arrived(of, records);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      const failure = asFailure(error);
      await limits.failed(question, failure);
      this.#wentWrong(of, question.kind, failure);
    }
  }

  #wentWell({ feedId, zone }: FeedZone): void {
    const hadTrouble = this.#troubles.delete(feedId);
    this.#troubles.delete(`${feedId} ${zone}`);
    for (const key of [...this.#said])
      if (key.startsWith(`${feedId} * `) || key.startsWith(`${feedId} ${zone} `)) this.#said.delete(key);
    if (hadTrouble) this.#deps.log.info({ source: feedId }, `${FEED_NAMES[feedId]} answers again`);
  }

  /** Said once, until it is over: the state tells it as long as it lasts. */
  #wentWrong({ feedId, zone }: FeedZone, kind: QuestionKind, failure: Failure): void {
    const isOfZone = failure.code === 'bad-answer' || failure.code === 'forbidden' || failure.code === 'bad-input';
    // A plan without past values or forecasts is no trouble: the newest values still come.
    const isOfPlan = failure.code === 'forbidden' && kind !== 'latest';
    if (!isOfPlan) this.#troubles.set(isOfZone ? `${feedId} ${zone}` : feedId, failure);
    const key = `${feedId} ${isOfZone ? zone : '*'} ${failure.code}${isOfPlan ? ` ${kind}` : ''}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    const level = isOfPlan || failure instanceof RetryLater ? 'info' : 'warn';
    const cause = failure.code === 'unexpected' ? { err: failure.cause } : {};
    this.#deps.log[level]({ source: feedId, zone, code: failure.code, ...cause }, failure.message);
  }
}
