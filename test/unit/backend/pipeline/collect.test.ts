import { beforeEach, describe, expect, test } from 'vitest';
import { collect } from '../../../../src/backend/pipeline/collect.ts';
import type { Step } from '../../../../src/backend/pipeline/plan-windows.ts';
import type { ClusterConnection } from '../../../../src/core/ports/cluster-source.ts';
import { Failure } from '../../../../src/model/failure.ts';
import type { Window, WindowSeconds } from '../../../../src/model/time.ts';
import { fakeCoefficients } from '../../../fakes/backend/coefficients.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';

const HOUR = 3600;
const START = Date.UTC(2026, 2, 10) / 1000;
const NOW = START + 5 * HOUR + 1000;

let store: MemoryStore;
let source: FakeCluster;
let controller: AbortController;
let planned: number[];
beforeEach(() => {
  store = new MemoryStore();
  source = new FakeCluster();
  controller = new AbortController();
  planned = [];
});

async function run(hours: readonly [number, number] = [0, 6], step: Step = 'history', beganAtSeconds = NOW) {
  const connection = await source.connect();
  const cluster = {
    id: 'c',
    connection,
    inventory: source.inventory(),
    coefficients: fakeCoefficients().sources,
    beganAtSeconds,
    epoch: 1,
  };
  const range = { startSeconds: START + hours[0] * HOUR, endSeconds: START + hours[1] * HOUR };
  const observer = {
    planned: (count: number) => planned.push(count),
    added: (count: number) => planned.push(count),
    closed: () => undefined,
  };
  return collect(
    cluster,
    { range, step, signal: controller.signal, observer },
    { store, clock: { nowSeconds: () => NOW } },
  );
}
const ledger = () => store.listLedger('c', { startSeconds: 0, endSeconds: NOW });
const at = (window: Window) => (window.startSeconds - START) / HOUR;

test('a first run closes five hours and the running one in 5-minute windows', async () => {
  const outcome = await run();
  // 1,000 s after the hour, less 90 s to settle: three windows are over.
  expect(outcome).toMatchObject({ whole: 8, partial: 0, noData: 0, alreadyThere: 0 });
  expect((await ledger()).map(({ window }) => window.durationSeconds)).toEqual([
    3600, 3600, 3600, 3600, 3600, 300, 300, 300,
  ]);
  expect(source.asked.map((run) => run.length)).toEqual([5, 3]);
  expect(outcome.rows).toBe(8 * 7);
  expect(planned).toEqual([8]);
});

test('the same again asks for nothing, writes nothing and leaves the store as it was', async () => {
  await run();
  const before = structuredClone(store.state());
  source.asked.length = 0;
  expect(await run()).toMatchObject({ whole: 0, alreadyThere: 8, rows: 0 });
  expect(source.asked).toEqual([]);
  expect(store.writes).toBe(8);
  expect(store.state()).toEqual(before);
});

test('two stores filled by two identical runs are the same', async () => {
  await run();
  const first = store.state();
  store = new MemoryStore();
  await run();
  expect(store.state()).toEqual(first);
});

test('a 5-minute gap-fill of an hour that 1-hour windows cover is refused', async () => {
  await run();
  expect(await run([0, 5], 'live')).toMatchObject({ whole: 0, rows: 0 });
  const [hour] = [...store.results.values()];
  const window = { startSeconds: START + 300, durationSeconds: 300 as WindowSeconds };
  await expect(store.replaceWindow({ ...hour!, entry: { ...hour!.entry, window } })).rejects.toMatchObject({
    code: 'conflict',
  });
});

describe('coverage', () => {
  test('half covered is partial with its seconds and the reason', async () => {
    source.covered = (window) => (at(window) === 1 ? 2400 : window.durationSeconds);
    expect(await run([0, 3])).toMatchObject({ whole: 2, partial: 1 });
    expect((await ledger())[1]).toMatchObject({
      state: 'partial',
      coveredSeconds: 2400,
      reason: 'Metrics cover 40 of 60 minutes',
    });
  });

  test('an hour covered for less than half is taken in twelve, each on its own merits', async () => {
    const inHole = (window: Window) => at(window) >= 1 && at(window) < 1.75;
    source.covered = (window) => {
      if (window.durationSeconds === 3600) return at(window) === 1 ? 900 : 3600;
      return inHole(window) ? 0 : 300;
    };
    expect(await run([0, 3])).toMatchObject({ whole: 2 + 3, partial: 0, noData: 9 });
    expect((await ledger()).map(({ window }) => window.durationSeconds)).toEqual([3600, ...Array(12).fill(300), 3600]);
    expect(planned).toEqual([3, 11]);
    expect((await ledger())[1]).toMatchObject({
      state: 'no-data',
      rowCount: 0,
      reason: 'Metrics cover 0 of 5 minutes',
    });
  });

  test('an hour without any metrics is closed as no data without asking twelve times', async () => {
    source.covered = (window) => (at(window) >= 1 && at(window) < 2 ? 0 : window.durationSeconds);
    expect(await run([0, 3])).toMatchObject({ whole: 2, noData: 12, rows: 14 });
    expect(source.asked.map((windows) => windows.length)).toEqual([3]);
  });

  test('what lies before the oldest sample is closed without asking at all', async () => {
    source.oldestSeconds = START + 2 * HOUR;
    expect(await run([0, 3])).toMatchObject({ whole: 1, noData: 24 });
    expect(source.asked).toEqual([[{ startSeconds: START + 2 * HOUR, durationSeconds: 3600 }]]);
    expect((await ledger())[0]?.reason).toBe('The metrics source keeps nothing before 2026-03-10T02:00:00Z');
  });

  test('a window without nodes is no data', async () => {
    source.nodes = [];
    source.pods = [];
    expect(await run([5, 6])).toMatchObject({ whole: 0, noData: 3, rows: 0 });
  });
});

describe('what goes wrong', () => {
  test('a source that fails half way leaves what was stored, and nothing of the rest', async () => {
    source.before = (window) => {
      if (at(window) === 2) throw new Failure('unreachable', 'The connection was lost');
    };
    await expect(run([0, 5])).rejects.toMatchObject({ code: 'unreachable' });
    expect((await ledger()).map(({ window, state }) => [at(window), state])).toEqual([
      [0, 'whole'],
      [1, 'whole'],
    ]);
    source.before = () => undefined;
    expect(await run([0, 5])).toMatchObject({ whole: 3, alreadyThere: 2 });
  });

  test('a cancelled run ends between two windows', async () => {
    source.before = (window) => {
      if (at(window) === 1) controller.abort();
    };
    await expect(run([0, 5])).rejects.toMatchObject({ code: 'cancelled' });
    expect(await ledger()).toHaveLength(1);
  });

  test('a store that fails ends the run', async () => {
    source.before = () => {
      store.failWith = new Failure('store', 'The disk is full');
    };
    await expect(run()).rejects.toMatchObject({ code: 'store' });
  });

  test('a source that answers other windows than were asked for is not believed', async () => {
    const reading = source.reading.bind(source);
    source.reading = (window) => reading({ ...window, startSeconds: window.startSeconds + 3600 });
    await expect(run()).rejects.toMatchObject({ code: 'bad-answer' });
    expect(store.writes).toBe(0);
  });

  test('a source that answers fewer windows than were asked for is an error, and the others stay missing', async () => {
    const connection = await source.connect();
    source.connect = async () => ({
      ...connection,
      async *readUsage(windows) {
        yield source.reading(windows[0]!);
      },
    });
    await expect(run([0, 3])).rejects.toThrow('1 of 3 windows');
    expect(store.writes).toBe(1);
  });
});

test('coefficients of one kind of node are looked up once a run', async () => {
  const { sources, asked } = fakeCoefficients();
  const connection = await source.connect();
  const cluster = {
    id: 'c',
    connection,
    inventory: source.inventory(),
    coefficients: sources,
    beganAtSeconds: NOW,
    epoch: 1,
  };
  const range = { startSeconds: START, endSeconds: START + 5 * HOUR };
  const observer = { planned: () => undefined, added: () => undefined, closed: () => undefined };
  await collect(
    cluster,
    { range, step: 'history', signal: controller.signal, observer },
    { store, clock: { nowSeconds: () => NOW } },
  );
  // Embodied emissions may come from a service that answers in the middle of a run.
  expect(asked).toEqual({ power: 1, pue: 1, zone: 1, embodied: 5, prices: 1, intensity: 5 });
});

test('the notices of all readings come once', async () => {
  const notice = { code: 'no-node-exporter', severity: 'info', message: 'No node exporter', hint: null } as const;
  const reading = source.reading.bind(source);
  source.reading = (window) => ({ ...reading(window), notices: [notice] });
  source.notices = [{ ...notice, code: 'forbidden-pods' }];
  expect((await run()).notices.map((each) => each.code)).toEqual(['forbidden-pods', 'no-node-exporter']);
});

describe("the cluster's own costs", () => {
  const parts = { cpu: 0.1, memory: 0.05, gpu: 0, storage: 0, network: 0 };
  const costsOf = (currency: string) => ({
    currency,
    pods: source.pods.map(({ namespace, name }) => ({ namespace, pod: name, ...parts })),
    idle: { cpu: 1, memory: 0.5, gpu: 0, storage: 0, network: 0.25 },
  });

  async function runWith(readCosts: ClusterConnection['readCosts'], currency = 'USD') {
    const connection = { ...(await source.connect()), readCosts };
    const { sources } = fakeCoefficients();
    const basics = { id: 'c', connection, inventory: source.inventory(), beganAtSeconds: NOW, epoch: 1 };
    const range = { startSeconds: START, endSeconds: START + 5 * HOUR };
    const observer = { planned: () => undefined, added: () => undefined, closed: () => undefined };
    return collect(
      { ...basics, coefficients: sources, currency },
      { range, step: 'history', signal: controller.signal, observer },
      { store, clock: { nowSeconds: () => NOW } },
    );
  }
  const costOfAll = async () =>
    (await store.totals({ clusterIds: ['c'] }, { startSeconds: START, endSeconds: NOW })).totalCost;

  test('are those of the rows, window by window, what nobody held among them', async () => {
    const asked: Window[] = [];
    const outcome = await runWith(async (window) => {
      asked.push(window);
      return costsOf('USD');
    });
    expect(asked.map(at)).toEqual([0, 1, 2, 3, 4]);
    expect(outcome).toMatchObject({ costs: 'answered', notices: [] });
    expect(await costOfAll()).toBeCloseTo(5 * (3 * 0.15 + 1.75), 9);
  });

  test.each([
    ['fail', async () => Promise.reject(new Failure('unreachable', 'OpenCost is down')), 'costs-not-read', 2],
    ['are in another currency', async () => costsOf('EUR'), 'costs-other-currency', 5],
  ] as const)('that %s leave the unit prices, and it is said once', async (_, read, code, times) => {
    let asked = 0;
    const outcome = await runWith(async () => {
      asked += 1;
      return read();
    });
    expect(asked).toBe(times);
    expect(outcome).toMatchObject({ whole: 5, costs: 'failed', notices: [{ code }] });
    const byPrices = await costOfAll();
    store = new MemoryStore();
    await runWith(async () => null);
    expect(byPrices).toBe(await costOfAll());
  });

  test('are not asked for of a window without data', async () => {
    let asked = 0;
    source.covered = () => 0;
    await runWith(async () => {
      asked += 1;
      return null;
    });
    expect(asked).toBe(0);
  });
});
