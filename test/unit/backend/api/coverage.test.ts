import { beforeEach, describe, expect, test } from 'vitest';
import { comparableShare, coverageOf, shareOf } from '../../../../src/backend/api/coverage.ts';
import { emptyResult } from '../../../../src/backend/pipeline/compute-result.ts';
import type { ClusterRecord } from '../../../../src/model/cluster.ts';
import type { WindowState } from '../../../../src/model/results.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';

const HOUR = 3600;
const NOON = Date.UTC(2026, 2, 11, 12) / 1000;
const record = (id: string) => ({ id }) as ClusterRecord;
const hours = (from: number, to: number) => ({ startSeconds: NOON + from * HOUR, endSeconds: NOON + to * HOUR });

let store: MemoryStore;
let nowSeconds: number;
beforeEach(() => {
  store = new MemoryStore();
  nowSeconds = NOON + 90;
});
type Deps = Parameters<typeof coverageOf>[2];
const deps = () => ({ store, clock: { nowSeconds: () => nowSeconds } }) as unknown as Deps;

async function closed(cluster: string, hour: number, covered: number, state: WindowState = 'whole'): Promise<void> {
  const window = { startSeconds: NOON + hour * HOUR, durationSeconds: HOUR } as const;
  const { entry, ...rest } = emptyResult(cluster, window, covered, null, [], NOON);
  await store.replaceWindow({ ...rest, entry: { ...entry, state } });
}
const seconds = async (clusters: string[], from: number, to: number) => {
  const [bucket] = await coverageOf(clusters.map(record), [hours(from, to)], deps(), undefined);
  return [bucket?.coveredSeconds, bucket?.expectedSeconds];
};

describe('what is expected of a bucket', () => {
  test('begins with the first window that had data, not with empty history before it', async () => {
    await closed('a', -6, 0, 'no-data');
    await closed('a', -5, 0, 'no-data');
    for (const hour of [-4, -3, -2, -1]) await closed('a', hour, HOUR);
    expect(await seconds(['a'], -6, 0)).toEqual([4 * HOUR, 4 * HOUR]);
  });

  test('a hole between windows with data is missed, not forgiven', async () => {
    await closed('a', -3, HOUR);
    await closed('a', -2, 0, 'no-data');
    await closed('a', -1, HOUR);
    expect(await seconds(['a'], -3, 0)).toEqual([2 * HOUR, 3 * HOUR]);
  });

  test('ends with the youngest window that can be closed: the future is not missing', async () => {
    await closed('a', -1, HOUR);
    expect(await seconds(['a'], -1, 5)).toEqual([HOUR, HOUR]);
    nowSeconds = NOON + 89;
    expect((await seconds(['a'], -1, 5))[1]).toBe(HOUR - 300);
  });

  test('is nothing where nothing was ever collected', async () => {
    expect(await seconds([], -1, 0)).toEqual([0, 0]);
    await closed('a', -1, 0, 'no-data');
    expect(await seconds(['a'], -1, 0)).toEqual([0, 0]);
  });

  test('is the mean over clusters, each from its own beginning', async () => {
    for (const hour of [-4, -3, -2, -1]) await closed('old', hour, HOUR);
    await closed('new', -1, HOUR / 2, 'partial');
    expect(await seconds(['old', 'new'], -4, 0)).toEqual([(4 * HOUR + HOUR / 2) / 2, (4 * HOUR + HOUR) / 2]);
  });

  test('older data that arrives later moves the beginning', async () => {
    await closed('a', -5, 0, 'no-data');
    await closed('a', -1, HOUR);
    expect((await seconds(['a'], -6, 0))[1]).toBe(HOUR);
    await closed('a', -6, HOUR);
    expect((await seconds(['a'], -6, 0))[1]).toBe(6 * HOUR);
  });

  test('history that is still being read moves it too, though the ledger begins where it did', async () => {
    await closed('a', -5, 0, 'no-data');
    await closed('a', -1, HOUR);
    expect((await seconds(['a'], -6, 0))[1]).toBe(HOUR);
    await closed('a', -3, HOUR);
    expect((await seconds(['a'], -6, 0))[1]).toBe(3 * HOUR);
    await closed('a', -8, 0, 'no-data');
    expect((await seconds(['a'], -9, 0))[1]).toBe(3 * HOUR);
  });

  test('data that a second reading takes back is no beginning any more', async () => {
    await closed('a', -5, 0, 'no-data');
    await closed('a', -3, HOUR);
    await closed('a', -1, HOUR);
    expect((await seconds(['a'], -6, 0))[1]).toBe(3 * HOUR);
    await closed('a', -3, 0, 'no-data');
    expect((await seconds(['a'], -6, 0))[1]).toBe(HOUR);
  });

  test('each bucket has its own', async () => {
    await closed('a', -2, HOUR);
    await closed('a', -1, HOUR / 4, 'partial');
    const buckets = [hours(-3, -2), hours(-2, -1), hours(-1, 0)];
    expect(await coverageOf([record('a')], buckets, deps(), undefined)).toEqual([
      { coveredSeconds: 0, expectedSeconds: 0 },
      { coveredSeconds: HOUR, expectedSeconds: HOUR },
      { coveredSeconds: HOUR / 4, expectedSeconds: HOUR },
    ]);
  });
});

test.each([
  [0, 0, 0],
  [0, 3600, 0],
  [900, 3600, 0.25],
  [7200, 3600, 1],
])('%i of %i seconds are a share of %d', (coveredSeconds, expectedSeconds, share) => {
  expect(shareOf({ coveredSeconds, expectedSeconds })).toBe(share);
});

describe('a period to compare with', () => {
  test('needs half of its own length', async () => {
    await closed('a', -2, HOUR);
    expect(await comparableShare([record('a')], hours(-3, -1), deps(), undefined)).toBe(0.5);
    expect(await comparableShare([record('a')], hours(-4, -1), deps(), undefined)).toBeNull();
  });

  test('is none where it has no length or no cluster', async () => {
    await closed('a', -1, HOUR);
    expect(await comparableShare([record('a')], hours(-1, -1), deps(), undefined)).toBeNull();
    expect(await comparableShare([], hours(-2, -1), deps(), undefined)).toBeNull();
  });
});
