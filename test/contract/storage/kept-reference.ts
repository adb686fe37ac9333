import type { WindowResult } from '../../../src/model/results.ts';
import type { RetentionPolicy } from '../../../src/model/retention.ts';
import { floorTo } from '../../../src/model/time.ts';
import { ReferenceStore } from './reference.ts';
import { DAY } from './sample-windows.ts';

/** What a maintenance takes away: rows of windows, and roll-ups by level and grain. */
export const LEVELS = ['row', 'pod hour', 'hour', 'pod day', 'day'] as const;
export type KeptLevel = (typeof LEVELS)[number];

function daysOf(policy: RetentionPolicy, level: KeptLevel): number {
  switch (level) {
    case 'row':
      return policy.rawDays;
    case 'pod hour':
      return policy.podHourDays;
    case 'hour':
      return policy.hourDays;
    case 'pod day':
      return policy.podDayDays;
    case 'day':
      return policy.dayDays ?? Number.POSITIVE_INFINITY;
  }
}

/** The reference, and which days of which level are still kept. */
export class KeptReference extends ReferenceStore {
  readonly #days = new Map<number, Set<KeptLevel>>();
  readonly #windows = new Map<number, WindowResult>();

  override replace(window: WindowResult): void {
    super.replace(window);
    const start = window.entry.window.startSeconds;
    this.#windows.set(start, window);
    const day = floorTo(start, DAY);
    if (!this.#days.has(day)) this.#days.set(day, new Set(LEVELS));
  }

  /** Days that are older than the policy says go; answers how many rows that were. */
  maintain(policy: RetentionPolicy, nowSeconds: number): number {
    const before = new Set(this.keptDays('row'));
    for (const [day, kept] of this.#days) {
      for (const level of LEVELS) {
        if (day < floorTo(nowSeconds, DAY) - daysOf(policy, level) * DAY) kept.delete(level);
      }
    }
    const gone = this.windows().filter(({ entry }) => {
      const day = floorTo(entry.window.startSeconds, DAY);
      return before.has(day) && this.#days.get(day)?.has('row') !== true;
    });
    return gone.reduce((sum, { rows }) => sum + rows.length, 0);
  }

  /** True where windows of that time are refused: the day had rows, and they were removed. */
  isPruned(startSeconds: number): boolean {
    const kept = this.#days.get(floorTo(startSeconds, DAY));
    return kept !== undefined && !kept.has('row');
  }

  /** Days with windows that are kept at that level, oldest first. */
  keptDays(level: KeptLevel): number[] {
    return [...this.#days].flatMap(([day, kept]) => (kept.has(level) ? [day] : [])).sort((left, right) => left - right);
  }

  has(startSeconds: number): boolean {
    return this.#windows.has(startSeconds);
  }

  /** Only what days say of which the pods are kept. */
  remembered(): ReferenceStore {
    const store = new ReferenceStore();
    const days = new Set(this.keptDays('pod day'));
    for (const window of this.windows()) {
      if (days.has(floorTo(window.entry.window.startSeconds, DAY))) store.replace(window);
    }
    return store;
  }

  windows(): WindowResult[] {
    return [...this.#windows.values()];
  }
}
