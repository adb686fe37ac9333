import { describe, expect, it } from 'vitest';
import { DEFAULT_RETENTION } from '../../../src/model/retention.ts';
import { sampleRow, sampleWindow } from '../../contract/storage/sample-windows.ts';
import { FIRST_HOUR, HOUR, history, hourlyLine, LATER, rawLine, sumOf } from '../../fakes/greenkube/history.ts';
import { GreenKubeWorld } from './greenkube-world.ts';

const world = new GreenKubeWorld();

describe('the import of a whole history', () => {
  it('takes every joule, gram and cent once, in windows that do not overlap', async () => {
    const { tables, counted, windows } = history();
    world.fill(tables);
    const done = await world.run();
    await world.expectTotals(counted);
    expect(await world.ledger()).toEqual(windows);
    const ends = windows.map(([start, duration]) => start + duration);
    expect(windows.every(([start], index) => index === 0 || start >= (ends[index - 1] ?? 0))).toBe(true);
    expect(done.windows).toMatchObject({ written: windows.length, known: 0, open: 0, rowsLeft: 0 });
    // 18 pruned ones of hour 6, and the 3 hourly ones of hour 7.
    expect([done.rows.taken, done.windows.rowsInOther, done.rows.refusedCount]).toEqual([counted.length, 21, 0]);
    expect(done.windows.joules / sumOf(counted, 'joules')).toBeCloseTo(1, 12);
    expect(done.cluster).toEqual({ id: world.clusterId, name: world.name, currency: 'EUR' });
  });

  it('changes nothing when it is done again', async () => {
    const { tables, counted, windows } = history();
    world.fill(tables);
    await world.run();
    const before = await world.rows();
    const again = await world.run();
    expect(again.windows).toMatchObject({ written: 0, known: windows.length, rowsLeft: counted.length, joules: 0 });
    expect(await world.rows()).toEqual(before);
    await world.expectTotals(counted);
    const range = { startSeconds: FIRST_HOUR, endSeconds: FIRST_HOUR + 3 * HOUR };
    expect(await world.store.intensities('FR', 'lifecycle', range)).toHaveLength(3);
    expect(await world.store.verify(new AbortController().signal)).toEqual([]);
  });

  it('goes on with what GreenKube wrote meanwhile', async () => {
    world.fill({ combined_metrics: [rawLine(FIRST_HOUR)] });
    await world.run();
    const later = rawLine(FIRST_HOUR + 300, 0, 5);
    world.fill({ combined_metrics: [later] }, { isNew: false });
    expect((await world.run()).windows).toMatchObject({ written: 1, known: 1 });
    await world.expectTotals([rawLine(FIRST_HOUR), later]);
  });

  it('brings nodes and grid intensities, and says that recommendations stay', async () => {
    world.fill(history().tables);
    const done = await world.run();
    expect(done.nodes).toMatchObject({ taken: 4, refusedCount: 0 });
    expect(done.intensities.taken).toBe(3);
    expect(done.recommendationsLeft).toBe(2);
    const facts = async (hour: number) =>
      (
        await world.store.windowContent(world.clusterId, {
          startSeconds: FIRST_HOUR + hour * HOUR,
          durationSeconds: HOUR,
        })
      )?.nodeSnapshots.map((node) => [
        node.name,
        node.instanceType,
        node.cpuCapacityMillicores,
        node.embodiedKilograms,
      ]);
    expect(await facts(0)).toEqual([
      ['n1', 'm5.large', 2000, 1200],
      ['n2', 'm5.large', 2000, 1200],
    ]);
    expect((await facts(10))?.[0]).toEqual(['n1', 'm5.xlarge', 4000, 1200]);
    expect(await world.store.latestIntensity('FR', 'lifecycle', FIRST_HOUR + HOUR)).toMatchObject({
      gramsPerKwh: 51,
      source: 'greenkube',
    });
  });

  it('tells of hours as they go by', async () => {
    world.fill(history().tables);
    const seen: [number, number][] = [];
    await world.run({ onProgress: (done, of) => void seen.push([done, of]) });
    expect(seen).toEqual(Array.from({ length: 12 }, (_, hour) => [hour, 11]));
  });
});

describe('what is there already', () => {
  it('stays as it is, whatever part of an hour it covers', async () => {
    const { clusterId } = world;
    const own = sampleRow({ clusterId, joules: 5, joulesLow: 4, joulesHigh: 6 });
    await world.store.replaceWindow(sampleWindow(FIRST_HOUR + 600, [own], { clusterId }), 1);
    world.fill({
      combined_metrics_hourly: [hourlyLine(FIRST_HOUR), hourlyLine(FIRST_HOUR + HOUR)],
      combined_metrics: [rawLine(FIRST_HOUR + 2 * HOUR)],
    });
    const done = await world.run();
    expect(done.windows).toMatchObject({ written: 2, known: 1, rowsLeft: 1 });
    expect(await world.ledger()).toEqual([
      [FIRST_HOUR + 600, 300],
      [FIRST_HOUR + HOUR, 3600],
      [FIRST_HOUR + 2 * HOUR, 300],
    ]);
    expect((await world.rows()).filter(({ startSeconds }) => startSeconds === FIRST_HOUR + 600)).toMatchObject([
      { joules: 5 },
    ]);
  });

  it('is not made of windows that may still grow', async () => {
    world.fill({ combined_metrics: [rawLine(FIRST_HOUR), rawLine(FIRST_HOUR + 300)] });
    const early = await world.run({ nowSeconds: FIRST_HOUR + 599 });
    expect(early.windows).toMatchObject({ written: 1, open: 1, rowsLeft: 1 });
    expect((await world.run({ nowSeconds: FIRST_HOUR + 600 })).windows).toMatchObject({
      written: 1,
      known: 1,
      open: 0,
    });
  });

  it('does not come back once retention has removed it', async () => {
    const { clusterId } = world;
    await world.store.replaceWindow(sampleWindow(FIRST_HOUR, [sampleRow({ clusterId })], { clusterId }), 1);
    await world.store.maintain(DEFAULT_RETENTION, LATER + 90 * 86_400);
    world.fill({ combined_metrics: [rawLine(FIRST_HOUR + 300), rawLine(FIRST_HOUR + 24 * HOUR + 300)] });
    const done = await world.run();
    expect(done.windows.written).toBe(1);
    expect([...done.windows.refused.values()]).toEqual([1]);
    expect(done.windows.rowsLeft).toBe(1);
  });
});

describe('bad lines', () => {
  it('are refused by reason, and the others are taken', async () => {
    const good = [rawLine(FIRST_HOUR), rawLine(FIRST_HOUR, 1, 3)];
    world.fill({
      combined_metrics: [
        ...good,
        rawLine(FIRST_HOUR, 2, 1, { joules: -1 }),
        rawLine(FIRST_HOUR + 1, 2, 1, { joules: -2 }),
        rawLine(FIRST_HOUR + 2, 2, 1, { co2e_grams: null }),
        rawLine(FIRST_HOUR + 3, 2, 1, { total_cost: 'free' }),
        rawLine(FIRST_HOUR + 4, 2, 1, { timestamp: 'soon' }),
      ],
      carbon_intensity_history: [{ zone: 'FR', carbon_intensity: -4, datetime: '2026-01-05T00:00:00Z' }],
    });
    const done = await world.run();
    expect(Object.fromEntries(done.rows.refused)).toEqual({
      'joules is negative': 2,
      'co2e_grams is missing': 1,
      'total_cost can not be read': 1,
      'time is missing': 1,
    });
    expect([...done.intensities.refused]).toEqual([['carbon_intensity is negative', 1]]);
    await world.expectTotals(good);
  });
});
