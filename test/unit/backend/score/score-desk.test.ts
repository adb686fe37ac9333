import { describe, expect, it } from 'vitest';
import { ScoreDesk } from '../../../../src/backend/score/score-desk.ts';
import type { Taken } from '../../../../src/backend/store/lease-keeper.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/recommendations/thresholds.ts';
import { ManualTime } from '../../../fakes/backend/manual-time.ts';
import { createRecordingLog } from '../../../fakes/router/recording-log.ts';
import { keptScore, MemoryScores } from '../../../fakes/score/memory-scores.ts';
import { every, nodeKey, usageHours, workloadKey } from '../../../fakes/score/usage-lines.ts';

const NOW = Date.UTC(2026, 2, 11, 10, 7) / 1000;
const HOUR = 3600;

function desk(options: { kept?: ReturnType<typeof keptScore>[]; canWrite?: boolean; isHeldElsewhere?: boolean } = {}) {
  const store = new MemoryScores(options.kept);
  const line = { joules: 1000, joulesIdle: 500, joulesUnallocated: 500, intensityJoules: 50_000, podCount: 1 };
  store.hours = ({ by }) =>
    usageHours([{ key: by === 'node' ? nodeKey('n') : workloadKey('shop/Deployment/cart'), hours: every(168, line) }]);
  const time = new ManualTime(NOW);
  const log = createRecordingLog();
  const held = { taken: 0, released: 0 };
  const by = { clusterId: 'c1', holder: 'x', holderName: 'other', epoch: 8, expiresAtSeconds: 0 };
  const taken: Taken = options.isHeldElsewhere
    ? { kind: 'refused', by }
    : { kind: 'held', epoch: 7, lost: new AbortController().signal };
  const scores = new ScoreDesk({
    store,
    leases: {
      take: async () => {
        held.taken += 1;
        return taken;
      },
      release: async () => {
        held.released += 1;
      },
    },
    layouts: { layout: () => null },
    clock: time,
    log,
    thresholds: () => DEFAULT_THRESHOLDS,
    canWrite: () => options.canWrite ?? true,
  });
  return { scores, store, time, log, held };
}

describe('refresh', () => {
  it('scores the last seven days of whole hours, under the lease, and stores cluster and namespaces', async () => {
    const { scores, store, held } = desk();
    expect(await scores.refresh('c1', HOUR)).toBe('scored');
    const endSeconds = Date.UTC(2026, 2, 11, 10) / 1000;
    const range = { startSeconds: endSeconds - 7 * 24 * HOUR, endSeconds };
    expect(store.questions).toEqual([
      { clusterId: 'c1', range, by: 'node' },
      { clusterId: 'c1', range, by: 'workload' },
    ]);
    expect(store.written).toHaveLength(1);
    expect(store.written[0]).toMatchObject({ clusterId: 'c1', epoch: 7 });
    expect(store.written[0]?.scores.map(({ namespace, atSeconds }) => [namespace, atSeconds])).toEqual([
      [null, NOW],
      ['shop', NOW],
    ]);
    expect(held).toEqual({ taken: 1, released: 1 });
  });

  it('leaves a score alone that is young enough, and replaces one that is not', async () => {
    const { scores, store } = desk({ kept: [keptScore({ atSeconds: NOW - HOUR })] });
    expect(await scores.refresh('c1', HOUR + 1)).toBe('fresh');
    expect(store.questions).toEqual([]);
    expect(await scores.refresh('c1', HOUR)).toBe('scored');
  });

  it('is asked twice at once and computes once', async () => {
    const { scores, store } = desk();
    expect(await Promise.all([scores.refresh('c1', HOUR), scores.refresh('c1', HOUR)])).toEqual(['scored', 'scored']);
    expect(store.written).toHaveLength(1);
  });

  it('leaves the work to who has the cluster, and a store alone that may only be read', async () => {
    const elsewhere = desk({ isHeldElsewhere: true });
    expect(await elsewhere.scores.refresh('c1', HOUR)).toBe('elsewhere');
    expect(elsewhere.store.questions).toEqual([]);
    const readOnly = desk({ canWrite: false });
    expect(await readOnly.scores.refresh('c1', HOUR)).toBe('elsewhere');
    expect(readOnly.held.taken).toBe(0);
  });

  it('stores nothing without results, and looks again after five minutes', async () => {
    const { scores, store, time } = desk();
    store.hours = () => usageHours([]);
    expect(await scores.refresh('c1', HOUR)).toBe('no-data');
    expect(store.written).toEqual([]);
    await time.advance(299);
    await scores.refresh('c1', HOUR);
    expect(store.questions).toHaveLength(1);
    await time.advance(1);
    await scores.refresh('c1', HOUR);
    expect(store.questions).toHaveLength(2);
  });

  it('says a failure once, keeps it until it is over, and gives the lease back', async () => {
    const { scores, store, time, log, held } = desk();
    store.failure = new Failure('store', 'The store refuses');
    expect(await scores.refresh('c1', HOUR)).toBe('failed');
    await time.advance(300);
    expect(await scores.refresh('c1', HOUR)).toBe('failed');
    expect(scores.problemOf('c1')).toBe('The store refuses');
    expect(JSON.stringify(log.lines).match(/The store refuses/g)).toHaveLength(1);
    expect(held).toEqual({ taken: 2, released: 2 });
    store.failure = null;
    scores.storeChanged();
    expect(await scores.refresh('c1', HOUR)).toBe('scored');
    expect(scores.problemOf('c1')).toBeNull();
  });

  it('says nothing in the log of a store that is away', async () => {
    const { scores, store, log } = desk();
    store.failure = new Failure('store-away', 'The store is away');
    expect(await scores.refresh('c1', HOUR)).toBe('failed');
    expect(log.lines).toEqual([]);
  });
});

it('answers what is stored', async () => {
  const kept = [keptScore({ atSeconds: 10 }), keptScore({ atSeconds: 20, namespace: 'shop' })];
  const { scores } = desk({ kept });
  expect(await scores.latest(['c1'], 'namespace')).toEqual([kept[1]]);
  expect(await scores.history('c1', null, { startSeconds: 0, endSeconds: 15 })).toEqual([kept[0]]);
});
