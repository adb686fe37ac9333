import type { Clock } from '../../core/ports/clock.ts';
import { LONGEST_PAUSE_SECONDS, pauseAfterTry } from '../../core/webhook/retry-plan.ts';
import { callOrAbort } from '../changes/wait-for.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';
import type { Message, PostOutcome } from './post.ts';
import type { WebhookTarget } from './webhook-target.ts';

/** A machine that slept looks at its clock again this soon. */
const LONGEST_WAIT_SECONDS = 60;
/** After what was not foreseen, for example a full disk. */
const PAUSE_AFTER_ERROR_SECONDS = 60;

export interface DeliveryDeps {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly random: () => number;
  /** Null while nothing is to be sent: no address is set, or Podwatt works offline. */
  readonly target: () => WebhookTarget | null;
  readonly post: (target: WebhookTarget, message: Message, signal: AbortSignal) => Promise<PostOutcome>;
}

/** Delivers what the outbox holds, one after the other; nobody waits for it. */
export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #stopping = new AbortController();
  #woken = new AbortController();
  #running: Promise<void> | null = null;

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Something changed: a new alert, another address, offline mode. */
  wake(): void {
    this.#woken.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#woken = new AbortController();
      const awake = AbortSignal.any([signal, this.#woken.signal]);
      const waitSeconds = await this.#step().catch((error: unknown) => {
        const { code, message } = asFailure(error);
        this.#deps.log.warn({ code }, `The outbox of the webhook could not be kept: ${message}`);
        return PAUSE_AFTER_ERROR_SECONDS;
      });
      if (waitSeconds === null) await callOrAbort(new Set(), awake);
      else if (waitSeconds > 0) await this.#deps.timers.wait(waitSeconds * 1000, awake);
    }
  }

  /** Delivers what is due; answers how long to wait until something may be, null while nothing is to be sent. */
  async #step(): Promise<number | null> {
    const { outbox, clock } = this.#deps;
    const next = outbox.next();
    const target = this.#deps.target();
    if (next === null || target === null) return null;
    const waitSeconds = next.atSeconds - clock.nowSeconds();
    if (waitSeconds > 0) return Math.min(waitSeconds, LONGEST_WAIT_SECONDS);
    await this.#try(next.entry, target);
    return 0;
  }

  async #try(entry: OutboxEntry, target: WebhookTarget): Promise<void> {
    const { outbox, clock, log } = this.#deps;
    const { signal } = this.#stopping;
    const outcome = await this.#deps.post(target, { id: entry.id, body: entry.body }, signal);
    const tries = entry.tries + 1;
    const lastTryAtSeconds = clock.nowSeconds();
    if (outcome.ok) {
      await outbox.settle(entry.id, { state: 'delivered', tries, lastTryAtSeconds, problem: null });
      log.info({ alertId: entry.id, tries }, 'An alert was delivered to the webhook');
      return;
    }
    // A failure of an address that was replaced, or of a request that was cut off, tells nothing.
    if (signal.aborted || this.#deps.target() !== target) return;
    await this.#failed({ ...entry, tries, lastTryAtSeconds }, outcome);
  }

  async #failed(entry: OutboxEntry, { failure, retryAfterSeconds }: PostOutcome & { ok: false }): Promise<void> {
    const { outbox, clock, random, log } = this.#deps;
    const { id, tries, lastTryAtSeconds } = entry;
    const { code, message, hint } = failure;
    const problem = { message, hint };
    const now = clock.nowSeconds();
    if (retryAfterSeconds !== null) await outbox.leaveAlone(now + Math.min(retryAfterSeconds, LONGEST_PAUSE_SECONDS));
    const pause = pauseAfterTry(tries, random(), retryAfterSeconds);
    if (pause !== null) {
      await outbox.settle(id, { tries, lastTryAtSeconds, problem, nextTryAtSeconds: now + pause });
      return;
    }
    await outbox.settle(id, { state: 'failed', tries, lastTryAtSeconds, problem });
    log.warn({ alertId: id, tries, code }, `An alert could not be delivered and is given up: ${message}`);
  }
}
