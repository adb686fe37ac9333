import { type Boavizta, BoaviztaBusy } from '../../collectors/boavizta/boavizta.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { EmbodiedSource } from '../../core/ports/coefficient-sources.ts';
import type { CachedEmbodied, EmbodiedCache } from '../../core/ports/science-stores.ts';
import type { EmbodiedValue } from '../../model/coefficients.ts';
import { Failure } from '../../model/failure.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../scheduler/timers.ts';
import { embodiedOf, entryOf, isShareOfLife } from './kept-embodied.ts';
import { ServicePace } from './service-pace.ts';

/** What the person set of Boavizta. */
export interface BoaviztaSettings {
  /** Null: Boavizta is not asked. */
  boaviztaUrl(): string | null;
  isOffline(): boolean;
}

export interface OpenBoavizta extends Boavizta {
  close(): Promise<void>;
}

export interface BoaviztaDeps {
  readonly settings: BoaviztaSettings;
  readonly cache: EmbodiedCache;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly random: () => number;
  /** May throw `Failure` for an address that is none. */
  readonly open: (url: string) => Promise<OpenBoavizta>;
}

export interface BoaviztaState {
  readonly state: 'working' | 'failed' | 'waiting' | 'not-set-up' | 'offline';
  readonly message: string | null;
  readonly hint: string | null;
  readonly lastGoodAtSeconds: EpochSeconds | null;
}

/** So long may windows wait for answers, all of them together, in each stretch of time. */
const PATIENCE_MILLISECONDS = 2_000;
const PATIENCE_EVERY_MILLISECONDS = 60_000;

interface NodeType {
  readonly provider: string;
  readonly instanceType: string;
}

/**
 * Embodied emissions by Boavizta, one desk for all clusters: an answer is kept in the store (also that a type is not
 * known) and asked for again when it has run out; one question at a time. A slow or broken service holds no window up:
 * the window takes the next rung, and an answer that comes later serves the windows after it. An answer that ran out
 * goes on being used until a new one is there.
 */
export class BoaviztaDesk {
  readonly #deps: BoaviztaDeps;
  readonly #known = new Map<string, CachedEmbodied>();
  readonly #asking = new Map<string, Promise<void>>();
  #pace: ServicePace;
  #line: Promise<void> = Promise.resolve();
  #opened: { readonly url: string; readonly service: Promise<OpenBoavizta> } | null = null;
  #failure: Failure | null = null;
  #lastGoodAtSeconds: EpochSeconds | null = null;
  #patienceEndsMilliseconds = Number.NEGATIVE_INFINITY;
  readonly #closing = new AbortController();

  constructor(deps: BoaviztaDeps) {
    this.#deps = deps;
    this.#pace = new ServicePace(deps.random);
  }

  /** Boavizta's value where there is one, else what `table` says. */
  over(table: EmbodiedSource): EmbodiedSource {
    return { embodiedFor: (node) => this.#embodiedFor(node, table) };
  }

  state(): BoaviztaState {
    const { settings } = this.#deps;
    const lastGoodAtSeconds = this.#lastGoodAtSeconds;
    const quiet = { message: null, hint: null, lastGoodAtSeconds };
    if (settings.boaviztaUrl() === null) return { state: 'not-set-up', ...quiet };
    if (settings.isOffline()) return { state: 'offline', ...quiet };
    if (this.#failure !== null) {
      const { message, hint } = this.#failure;
      const state = this.#failure instanceof BoaviztaBusy ? 'waiting' : 'failed';
      return { state, message, hint, lastGoodAtSeconds };
    }
    return { state: lastGoodAtSeconds === null ? 'waiting' : 'working', ...quiet };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const opened = this.#opened;
    this.#opened = null;
    await opened?.service.then((service) => service.close()).catch(() => undefined);
  }

  async #embodiedFor(node: NodeDescription, table: EmbodiedSource): Promise<EmbodiedValue> {
    const byTable = await table.embodiedFor(node);
    const url = this.#deps.settings.boaviztaUrl();
    const { provider, instanceType } = node;
    if (url === null || instanceType === null || !(await this.#covers(url, provider))) return byTable;
    const type = { provider, instanceType };
    const key = keyOf(type);
    const known = await this.#kept(type);
    if (known === 'store-away') return byTable;
    if (known === null || known.expiresAtSeconds <= this.#now()) await this.#ask(url, type, byTable);
    const entry = this.#known.get(key);
    return (entry === undefined ? null : embodiedOf(entry, byTable)) ?? byTable;
  }

  async #covers(url: string, provider: string): Promise<boolean> {
    try {
      return (await this.#service(url)).knows(provider);
    } catch (error) {
      this.#failed(asFailure(error));
      return false;
    }
  }

  /** From memory, else from the store; without the store nobody can tell what was asked before. */
  async #kept(type: NodeType): Promise<CachedEmbodied | 'store-away' | null> {
    const known = this.#known.get(keyOf(type));
    if (known !== undefined && known.expiresAtSeconds > this.#now()) return known;
    try {
      const stored = await this.#deps.cache.cachedEmbodied(type.provider, type.instanceType);
      if (stored !== null && stored.updatedAtSeconds > (known?.updatedAtSeconds ?? -1)) this.#remember(stored);
      return this.#known.get(keyOf(type)) ?? null;
    } catch {
      return known ?? 'store-away';
    }
  }

  /** Ends when the answer is there, or when there is no patience left. */
  async #ask(url: string, type: NodeType, table: EmbodiedValue): Promise<void> {
    const key = keyOf(type);
    if (!this.#asking.has(key)) {
      if (this.#deps.settings.isOffline() || !this.#pace.mayAsk(key, this.#now())) return;
      const asking = this.#inLine(() => this.#askNow(url, type, table));
      this.#asking.set(key, asking);
      void asking.finally(() => this.#asking.delete(key));
    }
    await this.#wait(this.#asking.get(key) ?? Promise.resolve());
  }

  #inLine(work: () => Promise<void>): Promise<void> {
    this.#line = this.#line.then(work);
    return this.#line;
  }

  /** Never throws. What failed while this one stood in line keeps it from being asked. */
  async #askNow(url: string, type: NodeType, table: EmbodiedValue): Promise<void> {
    const key = keyOf(type);
    const { settings } = this.#deps;
    const isWanted = settings.boaviztaUrl() === url && !settings.isOffline() && !this.#closing.signal.aborted;
    if (!isWanted || !this.#pace.mayAsk(key, this.#now())) return;
    try {
      const service = await this.#service(url);
      const impact = await service.instance(type.provider, type.instanceType, this.#closing.signal);
      if (impact !== null && isShareOfLife(impact, table)) throw notWholeLife(service.description);
      const entry = entryOf(type, impact, service.description, this.#now());
      this.#pace.answered(key);
      this.#failure = null;
      this.#remember(entry);
      // Kept in memory all the same: it is asked for again after the next start.
      await this.#deps.cache.putEmbodied(entry).catch(() => undefined);
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      const wait = error instanceof BoaviztaBusy ? error.waitSeconds : null;
      this.#pace.failed(key, wait, this.#now());
      this.#failed(asFailure(error));
    }
  }

  async #wait(answer: Promise<void>): Promise<void> {
    const { timers } = this.#deps;
    const now = timers.nowMilliseconds();
    if (now >= this.#patienceEndsMilliseconds + PATIENCE_EVERY_MILLISECONDS) {
      this.#patienceEndsMilliseconds = now + PATIENCE_MILLISECONDS;
    }
    const left = this.#patienceEndsMilliseconds - now;
    if (left <= 0) return;
    const answered = new AbortController();
    await Promise.race([answer.finally(() => answered.abort()), timers.wait(left, answered.signal)]);
  }

  /** Another address starts anew: what the one before refused says nothing of it. */
  #service(url: string): Promise<OpenBoavizta> {
    if (this.#opened?.url === url) return this.#opened.service;
    void this.#opened?.service.then((service) => service.close()).catch(() => undefined);
    this.#pace = new ServicePace(this.#deps.random);
    this.#failure = null;
    const service = this.#deps.open(url);
    this.#opened = { url, service };
    return service;
  }

  #remember(entry: CachedEmbodied): void {
    this.#known.set(keyOf(entry), entry);
    this.#lastGoodAtSeconds = Math.max(this.#lastGoodAtSeconds ?? 0, entry.updatedAtSeconds);
  }

  /** Said once, as long as it is the same. */
  #failed(failure: Failure): void {
    if (this.#failure?.message !== failure.message) this.#deps.log.warn({ code: failure.code }, failure.message);
    this.#failure = failure;
  }

  #now(): EpochSeconds {
    return this.#deps.clock.nowSeconds();
  }
}

function keyOf({ provider, instanceType }: NodeType): string {
  return `${provider}/${instanceType}`;
}

function notWholeLife(where: string): Failure {
  return new Failure('bad-answer', `Boavizta at ${where} answers for some hours, not for the life of a machine.`, {
    hint: 'A default duration may be set there; take it away. Nothing of the answer is used.',
  });
}
