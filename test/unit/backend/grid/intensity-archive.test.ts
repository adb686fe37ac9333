import { beforeEach, describe, expect, test } from 'vitest';
import { IntensityArchive, KEPT_SECONDS } from '../../../../src/backend/grid/intensity-archive.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { ManualTime } from '../../../fakes/backend/manual-time.ts';
import { MemoryScience } from '../../../fakes/backend/memory-science.ts';
import { HOUR, NOON, record } from '../../../fakes/grid/grid-bench.ts';

let store: MemoryScience;
let time: ManualTime;
let archive: IntensityArchive;
beforeEach(() => {
  store = new MemoryScience();
  time = new ManualTime(NOON + 600);
  archive = new IntensityArchive(store, time);
});

const away = new Failure('store-away', 'The store does not answer.');
const around = { startSeconds: NOON - 200 * HOUR, endSeconds: NOON + 10 * HOUR };
const grams = async () => (await archive.read('DE', 'lifecycle', around)).map(({ gramsPerKwh }) => gramsPerKwh);

describe('the archive of intensities', () => {
  test('reads what the store has, also what others wrote', async () => {
    await archive.put([record(NOON, { gramsPerKwh: 1 })]);
    await store.putIntensities([record(NOON - HOUR, { gramsPerKwh: 2 }), record(NOON, { gramsPerKwh: 3 })]);
    expect(await grams()).toEqual([2, 3]);
  });

  test('keeps zones, factor types and kinds apart', async () => {
    await archive.put([
      record(NOON, { gramsPerKwh: 1 }),
      record(NOON, { gramsPerKwh: 2, zone: 'FR' }),
      record(NOON, { gramsPerKwh: 3, factorType: 'direct' }),
      record(NOON, { gramsPerKwh: 4, kind: 'marginal' }),
    ]);
    for (const failWith of [null, away]) {
      store.failWith = failWith;
      expect(await grams()).toEqual([1]);
      expect((await archive.read('DE', 'direct', around)).map(({ gramsPerKwh }) => gramsPerKwh)).toEqual([3]);
    }
  });

  test('while the store is away the last 72 hours serve, and everything waits for it', async () => {
    store.failWith = away;
    const old = NOON - KEPT_SECONDS - 10 * HOUR;
    await archive.put([record(old, { gramsPerKwh: 1 }), record(NOON, { gramsPerKwh: 2 })]);
    await archive.put([record(NOON, { gramsPerKwh: 3 })]);
    expect(await grams()).toEqual([1, 3]);
    store.failWith = null;
    await archive.deliver();
    expect(archive.waiting).toBe(0);
    expect([...store.intensityRecords.values()].map(({ gramsPerKwh }) => gramsPerKwh).sort()).toEqual([1, 3]);
    expect(await grams()).toEqual([1, 3]);
  });

  test('what was delivered serves from memory when the store goes', async () => {
    await archive.put([record(NOON - 80 * HOUR, { gramsPerKwh: 1 }), record(NOON, { gramsPerKwh: 2 })]);
    store.failWith = away;
    expect(await grams()).toEqual([2]);
    time.sleep(100 * HOUR);
    await archive.put([record(NOON + 90 * HOUR)]);
    expect(await grams()).toEqual([]);
  });

  test('what comes while values are delivered waits for the next time', async () => {
    let release: () => void = () => undefined;
    const put = store.putIntensities.bind(store);
    store.putIntensities = async (records) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      await put(records);
    };
    const first = archive.put([record(NOON, { gramsPerKwh: 1 })]);
    store.putIntensities = put;
    await archive.put([record(NOON + HOUR, { gramsPerKwh: 2 })]);
    release();
    await first;
    expect(archive.waiting).toBe(0);
    expect(await grams()).toEqual([1, 2]);
  });

  test('nothing is written for nothing', async () => {
    store.failWith = away;
    await archive.put([]);
    await archive.deliver();
    expect(archive.waiting).toBe(0);
  });
});
