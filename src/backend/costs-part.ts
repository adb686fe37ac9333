import type { WorkerState } from '../core/ports/sync-desk.ts';
import { BudgetDesk, type BudgetDeskDeps } from './budgets/budget-desk.ts';
import { BudgetWatch } from './budgets/budget-watch.ts';
import type { ClusterDeps } from './clusters/session-deps.ts';
import { CostWorker } from './costs/cost-worker.ts';

/** What the operations of costs and budgets work with. */
export interface CostsDeps {
  readonly budgets: BudgetDesk;
}

export interface CostsPart extends CostsDeps {
  readonly status: () => readonly WorkerState[];
  start(): void;
  stop(): Promise<void>;
}

/** Costs by namespace and budgets: both follow the changes of results. */
export function composeCosts(
  deps: Pick<ClusterDeps, 'store' | 'leases' | 'changes' | 'clock' | 'timers' | 'log'>,
  isFirstSyncPending: (clusterId: string) => boolean,
  announce: BudgetDeskDeps['announce'],
): CostsPart {
  const { store, leases, changes, clock, timers, log } = deps;
  // A store that may only be read has its costs from whoever writes it.
  const canWrite = (): boolean => store.status.state !== 'read-only';
  const worker = new CostWorker({ store, leases, changes, clock, timers, log, isFirstSyncPending, canWrite });
  const budgets = new BudgetDesk({ store, changes, clock, announce });
  const watch = new BudgetWatch({ desk: budgets, changes, clock, timers, log, canWrite });
  let location = store.location;
  let unfollow: () => void = () => undefined;
  return {
    budgets,
    status: () => [worker.status(), watch.status()],
    start: () => {
      worker.start();
      watch.start();
      unfollow = store.onChange(() => {
        if (store.location === location) return;
        location = store.location;
        worker.storeChanged();
        budgets.storeChanged();
      });
    },
    stop: async () => {
      unfollow();
      await Promise.all([worker.stop(), watch.stop()]);
    },
  };
}
