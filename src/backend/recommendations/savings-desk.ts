import type { Clock } from '../../core/ports/clock.ts';
import { Failure } from '../../model/failure.ts';
import type { NamedValues, Recommendation } from '../../model/recommendations/recommendation.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { LeaseKeeper } from '../store/lease-keeper.ts';
import type { LinkStatus } from '../store/store-link.ts';
import { appliedByHand, ignored, unignored } from './by-hand.ts';
import type { Step } from './life.ts';
import type { OneAfterAnother } from './one-after-another.ts';
import type { SavingsStore } from './store-port.ts';

export interface SavingsDeskDeps {
  readonly store: Pick<SavingsStore, 'recommendation' | 'putRecommendations'> & {
    readonly status: Pick<LinkStatus, 'state'>;
  };
  readonly leases: Pick<LeaseKeeper, 'take' | 'release'>;
  readonly turns: OneAfterAnother;
  readonly clock: Clock;
  /** Told of each cluster whose items were changed. */
  told(clusterId: string): void;
}

/** What people say of recommendations. Throws `Failure` not-found, bad-input, conflict, store or store-away. */
export class SavingsDesk {
  readonly #deps: SavingsDeskDeps;

  constructor(deps: SavingsDeskDeps) {
    this.#deps = deps;
  }

  async apply(id: string, actual: NamedValues, reason: string | null): Promise<Recommendation> {
    const [item] = await this.#change([id], (before, now) => appliedByHand(before, actual, reason, now));
    return item ?? unknownItem(id);
  }

  async ignore(id: string, reason: string, untilSeconds: EpochSeconds | null): Promise<Recommendation> {
    const [item] = await this.ignoreMany([id], reason, untilSeconds);
    return item ?? unknownItem(id);
  }

  /** All of them or none. */
  ignoreMany(
    ids: readonly string[],
    reason: string,
    untilSeconds: EpochSeconds | null,
  ): Promise<readonly Recommendation[]> {
    return this.#change([...new Set(ids)], (before, now) => ignored(before, reason, untilSeconds, now));
  }

  async unignore(id: string): Promise<Recommendation> {
    const [item] = await this.#change([id], unignored);
    return item ?? unknownItem(id);
  }

  /** Every step is worked out before the first is written. */
  async #change(
    ids: readonly string[],
    step: (before: Recommendation, now: EpochSeconds) => Step,
  ): Promise<readonly Recommendation[]> {
    const { store, turns, clock, told } = this.#deps;
    const steps = await turns.do(async () => {
      const now = clock.nowSeconds();
      const made: Step[] = [];
      for (const id of ids) made.push(step((await store.recommendation(id)) ?? unknownItem(id), now));
      if (store.status.state === 'read-only') throw readOnly();
      const byCluster = Map.groupBy(made, ({ item }) => item.target.clusterId);
      for (const [clusterId, own] of byCluster) await this.#write(clusterId, own);
      return made;
    });
    for (const clusterId of new Set(steps.map(({ item }) => item.target.clusterId))) told(clusterId);
    return steps.map(({ item }) => item);
  }

  async #write(clusterId: string, steps: readonly Step[]): Promise<void> {
    const { store, leases } = this.#deps;
    const user = {};
    try {
      const lease = await leases.take(clusterId, user);
      if (lease.kind === 'refused') throw heldElsewhere(lease.by.holderName);
      const items = steps.map(({ item }) => item);
      const changes = steps.flatMap(({ change }) => change ?? []);
      await store.putRecommendations(clusterId, items, changes, lease.epoch);
    } finally {
      await leases.release(clusterId, user);
    }
  }
}

export function unknownItem(id: string): never {
  throw new Failure('not-found', `There is no recommendation with the id "${id}"`, {
    hint: 'GET /recommendations/history lists all of them.',
  });
}

function readOnly(): Failure {
  return new Failure('store', 'The results store may only be read from here', {
    hint: 'Say it to the Podwatt that collects this cluster.',
  });
}

function heldElsewhere(holderName: string): Failure {
  return new Failure('conflict', `Another Podwatt writes this cluster: ${holderName}`, {
    hint: 'Say it there. Once it stops, this one takes over within a minute.',
  });
}
