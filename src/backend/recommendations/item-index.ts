import type { Clock } from '../../core/ports/clock.ts';
import { type ClusterDay, type JointSavings, jointSavings } from '../../core/savings/joint.ts';
import type { Interval } from '../../model/bounds.ts';
import type {
  Recommendation,
  RecommendationStatus,
  RecommendationType,
} from '../../model/recommendations/recommendation.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import type { SavingsStore } from './store-port.ts';
import { everythingOf, storedPages } from './stored-items.ts';

/** Another process may write the same store: what it changed is seen after so long. */
export const INDEX_SECONDS = 30;

export interface IndexFilter {
  readonly namespace: string | null;
  readonly types: readonly RecommendationType[];
  readonly found: TimeRange | null;
}

interface Kept {
  readonly readAtSeconds: EpochSeconds;
  readonly items: Promise<readonly Recommendation[]>;
}

/**
 * All recommendations of each cluster without what makes them large, for sums and counts over lists: a list itself has
 * a page of them, and their hours would be read for nothing.
 */
export class ItemIndex {
  readonly #store: Pick<SavingsStore, 'recommendations'>;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(store: Pick<SavingsStore, 'recommendations'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** It was written: what is known of it no longer holds. */
  forget(clusterId: string): void {
    this.#kept.delete(clusterId);
  }

  /** Another store has other ones. */
  forgetAll(): void {
    this.#kept.clear();
  }

  async of(clusterId: string, filter: IndexFilter): Promise<readonly Recommendation[]> {
    const now = this.#clock.nowSeconds();
    const known = this.#kept.get(clusterId);
    const isFresh = known !== undefined && now - known.readAtSeconds < INDEX_SECONDS;
    const kept = isFresh ? known : { readAtSeconds: now, items: this.#read(clusterId) };
    if (!isFresh) this.#kept.set(clusterId, kept);
    try {
      return (await kept.items).filter((item) => matches(item, filter));
    } catch (error) {
      if (this.#kept.get(clusterId) === kept) this.#kept.delete(clusterId);
      throw error;
    }
  }

  async #read(clusterId: string): Promise<readonly Recommendation[]> {
    const items: Recommendation[] = [];
    for await (const page of storedPages(this.#store, everythingOf([clusterId]))) items.push(...page.map(light));
    return items;
  }
}

/** How many there are of each status. */
export function countsOf(items: readonly Recommendation[]): Record<RecommendationStatus, number> {
  const counts = { active: 0, ignored: 0, applied: 0, verified: 0, regressed: 0, stale: 0 };
  for (const { status } of items) counts[status] += 1;
  return counts;
}

/** What items of one cluster save together; `day` is what there is at most, null where it isn't known here. */
export function savedTogether(items: readonly Recommendation[], day: ClusterDay | null): JointSavings {
  return jointSavings(items, day ?? { co2eGrams: ANY, embodiedGrams: ANY, cost: ANY });
}

/** Clusters side by side share nothing. */
export function sumOfJoints(joints: readonly JointSavings[]): JointSavings {
  const sum = (of: (joint: JointSavings) => Interval): Interval => ({
    low: joints.reduce((total, each) => total + of(each).low, 0),
    central: joints.reduce((total, each) => total + of(each).central, 0),
    high: joints.reduce((total, each) => total + of(each).high, 0),
  });
  return {
    co2eGramsPerDay: sum((joint) => joint.co2eGramsPerDay),
    embodiedGramsPerDay: sum((joint) => joint.embodiedGramsPerDay),
    costPerDay: sum((joint) => joint.costPerDay),
    nodesThatCanGo: joints.reduce((total, each) => total + each.nodesThatCanGo, 0),
  };
}

const ANY: Interval = {
  low: Number.POSITIVE_INFINITY,
  central: Number.POSITIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
};

function light(item: Recommendation): Recommendation {
  const { evidence } = item;
  return { ...item, reason: '', evidence: { ...evidence, series: [], lines: [] }, change: null };
}

function matches({ target, type, foundAtSeconds }: Recommendation, { namespace, types, found }: IndexFilter): boolean {
  if (namespace !== null && target.namespace !== namespace) return false;
  if (types.length > 0 && !types.includes(type)) return false;
  return found === null || (foundAtSeconds >= found.startSeconds && foundAtSeconds < found.endSeconds);
}
