import { expect, it } from 'vitest';
import { BUDGET_PACE_SECONDS, BudgetWatch } from '../../../../src/backend/budgets/budget-watch.ts';
import { ChangeFeed } from '../../../../src/backend/changes/change-feed.ts';
import { SILENT_LOG } from '../../../../src/backend/log.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { ManualTime, settle } from '../../../fakes/backend/manual-time.ts';

function watching(canWrite = true) {
  const time = new ManualTime(1_772_000_000);
  const changes = new ChangeFeed();
  const desk = {
    looks: 0,
    failure: null as Failure | null,
    evaluate: async () => {
      desk.looks += 1;
      if (desk.failure !== null) throw desk.failure;
      return [];
    },
  };
  const watch = new BudgetWatch({
    desk,
    changes,
    clock: time,
    timers: time,
    log: SILENT_LOG,
    canWrite: () => canWrite,
  });
  watch.start();
  return { watch, desk, time, changes };
}

it('looks at the start, after costs at its pace, and at once after a change of a budget', async () => {
  const { watch, desk, time, changes } = watching();
  await settle();
  expect(desk.looks).toBe(1);
  changes.publish({ kind: 'windows', clusterId: 'c', range: { startSeconds: 0, endSeconds: 300 } });
  await settle();
  expect(desk.looks).toBe(1);
  changes.publish({ kind: 'costs', clusterId: 'c' });
  changes.publish({ kind: 'costs', clusterId: 'c' });
  await time.advance(BUDGET_PACE_SECONDS - 1);
  expect(desk.looks).toBe(1);
  await time.advance(2);
  expect(desk.looks).toBe(2);
  changes.publish({ kind: 'budgets' });
  await settle();
  expect(desk.looks).toBe(3);
  await watch.stop();
  expect(watch.status()).toMatchObject({ name: 'budgets', isRunning: false, lastError: null });
});

it('goes on after a failure, and says it meanwhile', async () => {
  const { watch, desk, changes } = watching();
  await settle();
  desk.failure = new Failure('store', 'The store refuses');
  changes.publish({ kind: 'budgets' });
  await settle();
  expect(watch.status().lastError).toBe('The store refuses');
  desk.failure = null;
  changes.publish({ kind: 'store' });
  await settle();
  expect(watch.status().lastError).toBeNull();
  await watch.stop();
});

it('leaves a store alone that may only be read', async () => {
  const { watch, desk } = watching(false);
  await settle();
  expect(desk.looks).toBe(0);
  await watch.stop();
});
