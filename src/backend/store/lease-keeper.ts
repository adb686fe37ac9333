import type { Clock } from '../../core/ports/clock.ts';
import type { Lease, LeaseStore } from '../../core/ports/leases.ts';
import { asFailure } from '../failures.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../scheduler/timers.ts';

export const LEASE_SECONDS = 60;
const HEARTBEAT_SECONDS = 20;

export interface HeldLease {
  readonly kind: 'held';
  readonly epoch: number;
  /** Fires when the lease goes to another, or comes back under another epoch. */
  readonly lost: AbortSignal;
}

export type Taken = HeldLease | { readonly kind: 'refused'; readonly by: Lease };

export interface LeaseKeeperDeps {
  readonly store: LeaseStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  /** The same for the life of this process and one store. */
  holder(): string;
  readonly holderName: string;
}

interface Held {
  lease: Lease;
  readonly lost: AbortController;
  readonly users: Set<object>;
}

/** The leases of this process: taken for work, prolonged every 20 s, given back when the last user is done. */
export class LeaseKeeper {
  readonly #deps: LeaseKeeperDeps;
  readonly #held = new Map<string, Held>();
  readonly #listeners = new Set<(clusterId: string) => void>();
  #beating: AbortController | null = null;

  constructor(deps: LeaseKeeperDeps) {
    this.#deps = deps;
  }

  get heldClusterIds(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** Told of each lease that was lost, not of those that were given back. */
  onLost(listener: (clusterId: string) => void): void {
    this.#listeners.add(listener);
  }

  isOwn(lease: Lease): boolean {
    return lease.holder === this.#deps.holder();
  }

  /** True while this process has the cluster under that epoch, as far as it knows. */
  isHeld(clusterId: string, epoch: number): boolean {
    return this.#held.get(clusterId)?.lease.epoch === epoch;
  }

  /** Takes or prolongs the lease for a user. Throws what the store throws. */
  async take(clusterId: string, user: object): Promise<Taken> {
    const answer = await this.#ask(clusterId);
    if (answer.kind === 'refused') return answer;
    answer.held.users.add(user);
    this.#beat();
    return { kind: 'held', epoch: answer.held.lease.epoch, lost: answer.held.lost.signal };
  }

  /** Asks the store whether the cluster is still ours under that epoch. */
  async confirm(clusterId: string, epoch: number): Promise<boolean> {
    if (!this.isHeld(clusterId, epoch)) return false;
    const answer = await this.#ask(clusterId);
    return answer.kind === 'held' && answer.held.lease.epoch === epoch;
  }

  /** Gives the lease back when its last user is done; a store that is away lets it run out. */
  async release(clusterId: string, user: object): Promise<void> {
    const held = this.#held.get(clusterId);
    if (held === undefined) return;
    held.users.delete(user);
    if (held.users.size > 0) return;
    this.#drop(clusterId, held);
    await this.#deps.store.releaseLease(held.lease).catch(() => undefined);
  }

  /** Ends all: users see their leases lost. */
  async releaseAll(): Promise<void> {
    const all = [...this.#held.entries()];
    for (const [clusterId, held] of all) this.#drop(clusterId, held);
    await Promise.all(all.map(([, held]) => this.#deps.store.releaseLease(held.lease).catch(() => undefined)));
  }

  async #ask(clusterId: string): Promise<{ kind: 'held'; held: Held } | { kind: 'refused'; by: Lease }> {
    const { store, holderName } = this.#deps;
    const holder = this.#deps.holder();
    const answer = await store.takeLease({ clusterId, holder, holderName, durationSeconds: LEASE_SECONDS });
    const before = this.#held.get(clusterId);
    if (answer.kind === 'refused') {
      if (before !== undefined) this.#lose(clusterId, before, answer.by);
      return answer;
    }
    if (before !== undefined && before.lease.epoch === answer.lease.epoch) {
      before.lease = answer.lease;
      return { kind: 'held', held: before };
    }
    const held: Held = { lease: answer.lease, lost: new AbortController(), users: new Set(before?.users) };
    this.#held.set(clusterId, held);
    if (before !== undefined) this.#tellLost(clusterId, before);
    return { kind: 'held', held };
  }

  #lose(clusterId: string, held: Held, by: Lease): void {
    this.#deps.log.warn({ cluster: clusterId, holder: by.holderName }, 'Another Podwatt has taken over this cluster');
    this.#drop(clusterId, held);
    this.#tellLost(clusterId, held);
  }

  #tellLost(clusterId: string, held: Held): void {
    held.lost.abort();
    for (const listener of this.#listeners) listener(clusterId);
  }

  #drop(clusterId: string, held: Held): void {
    this.#held.delete(clusterId);
    held.lost.abort();
    if (this.#held.size > 0) return;
    this.#beating?.abort();
    this.#beating = null;
  }

  #beat(): void {
    if (this.#beating !== null) return;
    const beating = new AbortController();
    this.#beating = beating;
    void this.#beatOn(beating.signal);
  }

  async #beatOn(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#deps.timers.wait(HEARTBEAT_SECONDS * 1000, signal);
      if (signal.aborted) return;
      await Promise.all(this.heldClusterIds.map((clusterId) => this.#prolong(clusterId)));
    }
  }

  /** A store that does not answer is another's to tell of; the next beat asks again. */
  async #prolong(clusterId: string): Promise<void> {
    try {
      await this.#ask(clusterId);
      // It was given back while the question was under way.
      const held = this.#held.get(clusterId);
      if (held !== undefined && held.users.size === 0) await this.release(clusterId, {});
    } catch (error) {
      const { code, message } = asFailure(error);
      if (code !== 'store-away') this.#deps.log.warn({ cluster: clusterId, code }, message);
    }
  }
}
