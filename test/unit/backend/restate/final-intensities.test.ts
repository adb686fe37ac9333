import { beforeEach, describe, expect, test } from 'vitest';
import { ChangeFeed } from '../../../../src/backend/changes/change-feed.ts';
import { ClusterLocks } from '../../../../src/backend/clusters/cluster-locks.ts';
import { SILENT_LOG } from '../../../../src/backend/log.ts';
import { FINAL_WITHIN_SECONDS, Restating, type RestatingDeps } from '../../../../src/backend/restate/restating.ts';
import { LeaseKeeper } from '../../../../src/backend/store/lease-keeper.ts';
import { fakeCoefficients } from '../../../fakes/backend/coefficients.ts';
import { ManualTime } from '../../../fakes/backend/manual-time.ts';
import { MemorySpool } from '../../../fakes/backend/memory-spool.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';
import { collectAll, NOW, testBackend } from '../../../fakes/backend/test-backend.ts';

const ID = 'id-of-one';
let store: MemoryStore;
beforeEach(async () => {
  store = new MemoryStore();
  const made = await testBackend({ store });
  await collectAll(made, 'one', '96h');
  await made.backend.stop();
});

/** What restates, with another intensity than the windows were computed with. */
function restating(gramsPerKwh: number, nowSeconds = NOW) {
  const time = new ManualTime(nowSeconds);
  store.leases.nowSeconds = () => time.nowSeconds();
  const { sources } = fakeCoefficients();
  const { grid } = sources;
  const intensityFor: typeof grid.intensityFor = async (...of) => ({
    ...(await grid.intensityFor(...of)),
    gramsPerKwh,
  });
  const deps = {
    store: Object.assign(store, { status: { state: 'up', problem: null } }),
    spool: new MemorySpool(),
    leases: new LeaseKeeper({
      store,
      clock: time,
      timers: time,
      log: SILENT_LOG,
      holder: () => 'me',
      holderName: 'me',
    }),
    locks: new ClusterLocks(),
    clock: time,
    timers: time,
    log: SILENT_LOG,
    changes: new ChangeFeed(),
    choicesOf: async () => ({ coefficients: { ...sources, grid: { ...grid, intensityFor } } }),
    contextStates: () => ({ one: { collecting: true, backfillSeconds: 0, historyStopped: false, clusterId: ID } }),
  };
  // Only what a run without labels needs is there.
  return new Restating(deps as unknown as RestatingDeps);
}

describe('intensities that become final', () => {
  test('restate the windows of their hours in clusters of the zone', async () => {
    const made = restating(40);
    made.intensitiesFinal('FR', { startSeconds: NOW - 2 * 3600, endSeconds: NOW });
    await made.settled();
    const [entry, ...rest] = store.auditEntries;
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({ clusterId: ID, cause: 'intensity', reason: 'Published intensities of FR are final' });
    expect(entry?.range.startSeconds).toBeGreaterThanOrEqual(NOW - 2 * 3600);
    expect(entry?.after.co2eGrams).toBeCloseTo(0.4 * (entry?.before.co2eGrams ?? 0), 9);
    expect(await store.listLeases()).toEqual([]);
  });

  test('of another zone change nothing', async () => {
    const made = restating(40);
    made.intensitiesFinal('SE-SE1', { startSeconds: 0, endSeconds: NOW });
    await made.settled();
    expect(store.auditEntries).toEqual([]);
  });

  test('reach back 72 hours, and no further', async () => {
    const made = restating(40);
    made.intensitiesFinal('FR', { startSeconds: 0, endSeconds: NOW });
    await made.settled();
    const [entry] = store.auditEntries;
    expect(entry?.range.startSeconds).toBeGreaterThanOrEqual(NOW - FINAL_WITHIN_SECONDS);
    expect(entry?.range.startSeconds).toBeLessThan(NOW - FINAL_WITHIN_SECONDS + 3600 + 300);
    const late = restating(20, NOW + FINAL_WITHIN_SECONDS);
    late.intensitiesFinal('FR', { startSeconds: 0, endSeconds: NOW - 3600 });
    await late.settled();
    expect(store.auditEntries).toHaveLength(1);
  });

  test('stop with the backend', async () => {
    const made = restating(40);
    made.intensitiesFinal('FR', { startSeconds: 0, endSeconds: NOW });
    await made.stop();
    const windows = store.auditEntries.reduce((sum, { windowCount }) => sum + windowCount, 0);
    expect(windows).toBeLessThan(24);
  });
});
