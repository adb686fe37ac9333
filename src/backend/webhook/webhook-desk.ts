import { randomUUID } from 'node:crypto';
import type { AppState } from '../../core/ports/app-state.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { Failure } from '../../model/failure.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { type RaisedAlert, testBody } from './alert-body.ts';
import { Delivery } from './delivery.ts';
import { Outbox, type OutboxEntry } from './outbox.ts';
import type { Message, PostOutcome } from './post.ts';
import { checkedWebhookUrl, KeptTarget, type WebhookTarget } from './webhook-target.ts';

const TIMEOUT_MILLISECONDS = 10_000;
const MOST_SHOWN = 20;

export interface WebhookDeskDeps {
  readonly state: AppState;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly random: () => number;
  /** Environment whose proxy variables hold. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isOffline: () => boolean;
  /** Of one try; 10 s where left out. */
  readonly timeoutMilliseconds?: number;
}

/** What is left out stays as it is; a secret of null is taken away. */
export interface WebhookChange {
  readonly url?: string | undefined;
  readonly secret?: string | null | undefined;
}

/** The webhook as it may be shown: of its address the host alone. */
export interface WebhookView {
  readonly host: string | null;
  readonly hasSecret: boolean;
  /** Newest first. */
  readonly deliveries: readonly OutboxEntry[];
}

/** The one address that alerts of budgets are posted to besides the app. */
export class WebhookDesk {
  readonly #deps: WebhookDeskDeps;
  readonly #target: KeptTarget;
  readonly #outbox: Outbox;
  readonly #delivery: Delivery;

  private constructor(deps: WebhookDeskDeps, target: KeptTarget, outbox: Outbox) {
    this.#deps = deps;
    this.#target = target;
    this.#outbox = outbox;
    this.#delivery = new Delivery({
      ...deps,
      outbox,
      target: () => (deps.isOffline() ? null : target.value),
      post: (to, message, signal) => this.#post(to, message, signal),
    });
  }

  static async open(deps: WebhookDeskDeps): Promise<WebhookDesk> {
    return new WebhookDesk(deps, await KeptTarget.open(deps.secrets), await Outbox.open(deps.state));
  }

  start(): void {
    this.#delivery.start();
  }

  stop(): Promise<void> {
    return this.#delivery.stop();
  }

  /** Offline mode was switched on or off. */
  wake(): void {
    this.#delivery.wake();
  }

  view(): WebhookView {
    const target = this.#target.value;
    return {
      host: target === null ? null : new URL(target.url).host,
      hasSecret: target?.secret != null,
      deliveries: this.#outbox.entries.slice(-MOST_SHOWN).reverse(),
    };
  }

  /** What waits goes to the new address at once. @throws Failure 'bad-input' that never repeats what was typed */
  async save(change: WebhookChange): Promise<void> {
    await this.#target.set(this.#changed(change));
    await this.#outbox.beginAgain(this.#deps.clock.nowSeconds());
    this.wake();
  }

  /** Alerts that wait for it are dropped; the app still has them. */
  async remove(): Promise<void> {
    await this.#target.remove();
    await this.#outbox.dropWaiting();
  }

  /** Posts a test to what is given, or to what is kept; never kept in the outbox. */
  async test(change: WebhookChange, signal: AbortSignal): Promise<PostOutcome> {
    const { clock } = this.#deps;
    const id = randomUUID();
    return this.#post(this.#changed(change), { id, body: testBody(id, clock.nowSeconds()) }, signal);
  }

  /** Puts an alert into the outbox and is back at once. Whoever raised it is not held up by what fails here. */
  async announce(raised: RaisedAlert): Promise<void> {
    if (this.#target.value === null) return;
    try {
      await this.#outbox.add(raised, this.#deps.clock.nowSeconds());
    } catch (error) {
      const { code, message } = asFailure(error);
      this.#deps.log.warn({ code }, `The outbox of the webhook could not be kept: ${message}`);
    }
    this.wake();
  }

  #changed({ url, secret }: WebhookChange): WebhookTarget {
    const kept = this.#target.value;
    const address = url === undefined ? kept?.url : checkedWebhookUrl(url);
    if (address === undefined) {
      throw new Failure('bad-input', 'There is no webhook yet: its address is missing.', {
        hint: 'Give the https address that takes the alerts.',
      });
    }
    return { url: address, secret: secret === undefined ? (kept?.secret ?? null) : secret };
  }

  async #post(target: WebhookTarget, message: Message, signal: AbortSignal): Promise<PostOutcome> {
    const { env, isOffline, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = this.#deps;
    const { post } = await import('./post.ts');
    return post(target, message, { env, isOffline, timeoutMilliseconds, signal });
  }
}
