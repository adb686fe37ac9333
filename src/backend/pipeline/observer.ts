import type { Notice } from '../../model/inventory.ts';
import type { WindowResult } from '../../model/results.ts';
import type { CostsOutcome } from './window-costs.ts';

/** Told what a run does, as it does it; never asked anything. */
export interface CollectObserver {
  /** Once, before the first window is read. */
  planned(windowCount: number): void;
  /** An hour was read in twelve windows in place of one: so many more to come. */
  added(windowCount: number): void;
  /** After a window is stored. */
  closed(result: WindowResult): void;
}

export interface CollectOutcome {
  readonly whole: number;
  readonly partial: number;
  readonly noData: number;
  readonly alreadyThere: number;
  readonly rows: number;
  readonly notices: readonly Notice[];
  /** How the cluster's own cost source did; `none`: there is none, or it had nothing of the time. */
  readonly costs: CostsOutcome;
}

/** Each notice once, the first of its code and message. */
export function distinctNotices(notices: readonly Notice[]): Notice[] {
  return [...new Map(notices.map((notice) => [`${notice.code} ${notice.message}`, notice])).values()];
}
