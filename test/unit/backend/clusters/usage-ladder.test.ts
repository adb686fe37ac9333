import { beforeEach, describe, expect, test } from 'vitest';
import type { FoundMetrics } from '../../../../src/backend/clusters/metrics-source.ts';
import type { SampledNode } from '../../../../src/backend/clusters/sampling/node-history.ts';
import type { Sampler } from '../../../../src/backend/clusters/sampling/sampler.ts';
import type { Standing } from '../../../../src/backend/clusters/sampling/standing.ts';
import { UsageLadder } from '../../../../src/backend/clusters/usage-ladder.ts';
import { Failure } from '../../../../src/model/failure.ts';
import type { Inventory } from '../../../../src/model/inventory.ts';
import type { Window } from '../../../../src/model/time.ts';
import type { UsageReading } from '../../../../src/model/usage.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';

const START = Date.UTC(2026, 2, 11, 10) / 1000;
const signal = new AbortController().signal;
const live = (index = 0): Window => ({ startSeconds: START + index * 300, durationSeconds: 300 });
const absent = new Failure('not-found', 'No Prometheus was found', { hint: 'Install it.' });
const down = new Failure('unreachable', 'Prometheus is down.', { hint: 'Look at its pod.' });
const cluster = new FakeCluster();
const probe = { hasCadvisor: true, hasNodeExporter: true };

let now: number;
let prometheus: (window: Window) => UsageReading;
let found: boolean | Failure;
let hasSeries: boolean;
let standing: Standing;
let sampledFrom: number;
let watched: (readonly string[])[];
let forgotten: number;
let ladder: UsageLadder;
let inventory: Inventory;

/** Samples of both nodes from an instant on. */
function samplesOf(startSeconds: number): Map<string, SampledNode> {
  const coveredSeconds = Math.max(0, Math.min(300, startSeconds + 300 - sampledFrom));
  if (coveredSeconds === 0) return new Map();
  const entries = ['n1', 'n2'].map((node) => {
    const usage = { node, cpuSeconds: 30, cpuSource: 'kubelet', coveredSeconds, described: null } as const;
    return [node, { node: usage, pods: [] }] as const;
  });
  return new Map(entries);
}

beforeEach(() => {
  now = START + 400;
  found = true;
  hasSeries = true;
  prometheus = (window) => cluster.reading(window);
  standing = 'kubelet';
  sampledFrom = Number.POSITIVE_INFINITY;
  watched = [];
  forgotten = 0;
  inventory = cluster.inventory();
  const sampler = {
    get standing() {
      return standing;
    },
    notices: [{ code: 'of-the-sampler', severity: 'warning', message: 'x', hint: null }],
    watch: (nodes: readonly string[]) => void watched.push(nodes),
    roundDone: async () => undefined,
    usage: ({ startSeconds }: { startSeconds: number }) => samplesOf(startSeconds),
    usedBytes: () => new Map([['shop/data', 12]]),
  } as unknown as Sampler;
  ladder = new UsageLadder({
    clock: { nowSeconds: () => now },
    sampler,
    findMetrics: async () => {
      if (found !== true) throw found;
      const usage = {
        async *readUsage(windows: readonly Window[]) {
          for (const window of windows) yield prometheus(window);
        },
      };
      const there = { hasCadvisor: hasSeries, hasNodeExporter: hasSeries };
      return { usage, probe: { ...probe, ...there }, description: 'p' } as unknown as FoundMetrics;
    },
    forgetMetrics: async () => {
      forgotten += 1;
    },
  });
});

async function read(...windows: Window[]): Promise<UsageReading[]> {
  const readings: UsageReading[] = [];
  for await (const reading of ladder.readUsage(windows, inventory, signal)) readings.push(reading);
  return readings;
}
const codes = (reading: UsageReading | undefined) => reading?.notices.map(({ code }) => code);

describe('a Prometheus that has everything', () => {
  test('is passed on, and nothing is sampled', async () => {
    expect(await read(live())).toEqual([cluster.reading(live())]);
    expect(watched).toEqual([[]]);
  });

  test('history is passed on untouched', async () => {
    now = START + 86_400;
    prometheus = (window) => ({ ...cluster.reading(window), nodes: [] });
    const hour = { startSeconds: START, durationSeconds: 3600 } as const;
    expect(await read(hour)).toEqual([{ ...cluster.reading(hour), nodes: [] }]);
    expect(watched).toEqual([]);
  });
});

describe('a Prometheus with gaps', () => {
  test('has them sampled, and filled as soon as there is something, and says of which nodes', async () => {
    prometheus = (window) => ({ ...cluster.reading(window), nodes: cluster.reading(window).nodes.slice(0, 1) });
    const [before] = await read(live());
    expect(watched).toEqual([['n2']]);
    expect(before?.nodes).toHaveLength(1);
    expect(before?.notices.map(({ severity }) => severity)).toEqual(['info']);
    sampledFrom = START;
    const [after] = await read(live());
    expect(after?.nodes.map(({ node, cpuSource }) => [node, cpuSource])).toEqual([
      ['n1', 'node-exporter'],
      ['n2', 'kubelet'],
    ]);
    expect(codes(after)).toEqual(['usage-filled', 'of-the-sampler']);
    expect(after?.notices[0]?.message).toContain('(n2): it is read from their kubelets');
  });

  test('is judged by its newest window: what was missing before is not sampled any more', async () => {
    const bare = (window: Window) => ({ ...cluster.reading(window), nodes: [] });
    now = START + 1000;
    prometheus = (window) => (window.startSeconds < START + 600 ? bare(window) : cluster.reading(window));
    await read(live(0), live(1), live(2));
    expect(watched).toEqual([[]]);
    prometheus = (window) => (window.startSeconds < START + 600 ? cluster.reading(window) : bare(window));
    await read(live(0), live(1), live(2));
    expect(watched.slice(1)).toEqual([['n1', 'n2']]);
  });

  test('that has no container and no node at all leaves the field to requests, a hole of one that has does not', async () => {
    prometheus = (window) => ({ window, coveredSeconds: 0, nodes: [], pods: [], notices: [] });
    standing = 'requests';
    expect((await read(live()))[0]).toMatchObject({ coveredSeconds: 0, nodes: [] });
    hasSeries = false;
    expect((await read(live()))[0]).toMatchObject({ coveredSeconds: 300, nodes: [] });
  });
});

describe('without Prometheus', () => {
  beforeEach(() => {
    found = absent;
  });

  test('kubelets serve from the first sample on; what was before is no data', async () => {
    sampledFrom = START + 300;
    now = START + 700;
    const [first, second] = await read(live(0), live(1));
    expect(first).toMatchObject({ coveredSeconds: 0, nodes: [] });
    expect(second).toMatchObject({ coveredSeconds: 300, nodes: [{ cpuSource: 'kubelet' }, { cpuSource: 'kubelet' }] });
    expect(watched).toEqual([['n1', 'n2']]);
    expect(codes(second)).toEqual(['usage-without-prometheus', 'of-the-sampler']);
    expect(second?.notices[0]).toMatchObject({
      severity: 'warning',
      message: 'No Prometheus was found. Usage is read from the kubelets, from now on.',
      hint: 'Install it.',
    });
  });

  test('with neither kubelets nor metrics.k8s.io the requests stand, for the whole window', async () => {
    standing = 'requests';
    const [reading] = await read(live());
    expect(reading).toMatchObject({ coveredSeconds: 300, nodes: [], pods: [] });
    expect(reading?.notices[0]?.message).toMatch(/Pods count with their requests and nodes at idle power/);
  });

  test('the past is not made up: an hour fails with the words, a gap of long ago has no data', async () => {
    standing = 'requests';
    now = START + 86_400;
    await expect(read({ startSeconds: START, durationSeconds: 3600 })).rejects.toBe(absent);
    expect((await read(live()))[0]).toMatchObject({ coveredSeconds: 0 });
  });

  test('volumes come from the claims of the API server, with the bytes that kubelets saw', async () => {
    const volume = { namespace: 'shop', claim: 'data', storageClass: 'gp3', provisioner: 'ebs', diskType: 'gp3' };
    const rest = { requestedBytes: 100, node: 'n1', team: null };
    inventory = {
      ...inventory,
      volumes: [
        { ...volume, ...rest, createdAtSeconds: START + 100 },
        { ...volume, ...rest, claim: 'later', createdAtSeconds: START + 301 },
      ],
    };
    sampledFrom = START;
    const [reading] = await read(live());
    expect(reading?.volumes).toEqual([{ ...volume, ...rest, aliveSeconds: 200, usedBytes: 12 }]);
    found = true;
    expect((await read(live()))[0]?.volumes).toHaveLength(1);
    prometheus = (window) => ({ ...cluster.reading(window), volumes: [] });
    expect((await read(live()))[0]?.volumes).toEqual([]);
  });
});

describe('a Prometheus that worked and went away', () => {
  beforeEach(async () => {
    await read(live());
    found = down;
    now = START + 700;
  });

  test('is waited for: a window that nobody else has is not given up at once', async () => {
    await expect(read(live(1))).rejects.toBe(down);
    expect(forgotten).toBe(1);
    found = true;
    expect((await read(live(1)))[0]).toMatchObject({ coveredSeconds: 300 });
  });

  test('windows that the kubelets have go on at once, and those that nobody has are given up after ten minutes', async () => {
    sampledFrom = START + 600;
    await expect(read(live(1), live(2))).rejects.toBe(down);
    now += 599;
    await expect(read(live(1), live(2))).rejects.toBe(down);
    expect(await read(live(2))).toMatchObject([{ coveredSeconds: 300 }]);
    now += 1;
    const [lost, kept] = await read(live(1), live(2));
    expect([lost?.coveredSeconds, kept?.coveredSeconds]).toEqual([0, 300]);
    expect(kept?.notices[0]?.message).toMatch(/^Prometheus is down\. Usage is read from the kubelets/);
  });

  test('in the middle of a reading: what it gave is not asked for again', async () => {
    found = true;
    sampledFrom = START + 300;
    prometheus = (window) => {
      if (window.startSeconds > START) throw down;
      return cluster.reading(window);
    };
    const [first, second] = await read(live(0), live(1));
    expect(first?.nodes[0]?.cpuSource).toBe('node-exporter');
    expect(second?.nodes[0]?.cpuSource).toBe('kubelet');
    expect(second?.window).toEqual(live(1));
  });

  test('a long gap waits too, and is closed in the end so that live windows go on', async () => {
    now = START + 86_400;
    await expect(read(live(1))).rejects.toBe(down);
    now += 600;
    expect((await read(live(1)))[0]).toMatchObject({ coveredSeconds: 0 });
  });
});

test('a caller that left ends it as it is, and looks for nothing else', async () => {
  found = new Failure('cancelled', 'Gone');
  await expect(read(live())).rejects.toBe(found);
  expect(watched).toEqual([]);
});
