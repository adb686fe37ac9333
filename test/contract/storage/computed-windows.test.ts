import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import { computeWindow } from '../../../src/core/window/compute-window.ts';
import type { ResultRow, WindowResult } from '../../../src/model/results.ts';
import type { TimeRange, Window } from '../../../src/model/time.ts';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { coefficientsOf } from '../../unit/core/builders.ts';
import { anyCluster, type Cluster } from '../../unit/core/window/any-cluster.ts';

/** 2026-03-10 00:00 UTC. */
const MIDNIGHT = Date.UTC(2026, 2, 10) / 1000;
const DAY = { startSeconds: MIDNIGHT, endSeconds: MIDNIGHT + 86_400 };
const ALL = { clusterIds: [] };

/** Two windows of one hour, an hour of its own in small pieces, and one on the last hour of the day. */
const WINDOWS: readonly Window[] = [
  { startSeconds: MIDNIGHT, durationSeconds: 3600 },
  ...[0, 300, 3300].map((late): Window => ({ startSeconds: MIDNIGHT + 7200 + late, durationSeconds: 300 })),
  { startSeconds: MIDNIGHT + 82_800, durationSeconds: 3600 },
];

let folder = '';
let store: ResultsStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-computed-'));
  store = await openSqliteResults({ file: join(folder, 'results.sqlite'), readers: 1 });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const namespaceOf = (pod: number): string => (pod % 2 === 0 ? 'shop' : 'jobs');

/** The window of a random cluster as the pipeline makes it; pods get names of their own, as Kubernetes sees to. */
function resultOf(cluster: Cluster, window: Window): WindowResult {
  const part = window.durationSeconds / 3600;
  const nodes = cluster.nodes.map(({ facts }) => ({
    ...facts,
    cpuSeconds: facts.cpuSeconds === null ? null : facts.cpuSeconds * part,
    existedSeconds: Math.max(1, Math.floor(facts.existedSeconds * part)),
    pods: facts.pods.map((pod, index) => ({
      ...pod,
      name: `pod-${index}`,
      namespace: namespaceOf(index),
      ownerName: `owner-${index % 3}`,
      cpuSeconds: pod.cpuSeconds * part,
      aliveSeconds: Math.max(1, Math.floor(pod.aliveSeconds * part)),
    })),
    gpus: (facts.gpus ?? []).map((card) => ({
      ...card,
      pod: card.pod === null ? null : { ...card.pod, namespace: namespaceOf(Number(card.pod.name.slice(4))) },
    })),
  }));
  const byName = new Map(cluster.nodes.map(({ facts, coefficients }) => [facts.node.name, coefficients]));
  const { rows, nodeWindows, nodeSnapshots } = computeWindow({
    clusterId: 'c',
    facts: { window, coveredSeconds: window.durationSeconds, nodes, volumes: cluster.volumes },
    coefficientsOf: (node) => byName.get(node.name) ?? coefficientsOf(),
    zoneOf: () => 'FR',
    volumeOf: () => cluster.volumeCoefficient,
    costs: null,
  });
  const entry = {
    clusterId: 'c',
    window,
    state: 'whole',
    coveredSeconds: window.durationSeconds,
    reason: null,
    notices: [],
    rowCount: rows.length,
    closedAtSeconds: window.startSeconds + 7200,
  } as const;
  return { entry, rows, nodeWindows, nodeSnapshots };
}

async function stored(cluster: Cluster): Promise<WindowResult[]> {
  await store.deleteCluster('c');
  const results = WINDOWS.map((window) => resultOf(cluster, window));
  for (const result of results) await store.replaceWindow(result, 1);
  return results;
}

const sum = <T>(items: readonly T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0);

function close(actual: number, expected: number, what: string): void {
  expect(Math.abs(actual - expected), `${what}: ${actual} for ${expected}`).toBeLessThanOrEqual(
    1e-9 * Math.abs(expected) + 1e-9,
  );
}

const rangeOf = ({ startSeconds, durationSeconds }: Window): TimeRange => ({
  startSeconds,
  endSeconds: startSeconds + durationSeconds,
});

const FIGURES = [
  ['joules', (row: ResultRow) => row.joules],
  ['co2eGrams', (row: ResultRow) => row.co2eGrams],
  ['co2eMarketGrams', (row: ResultRow) => row.co2eMarketGrams],
  ['embodiedCo2eGrams', (row: ResultRow) => row.embodiedCo2eGrams],
  ['totalCost', (row: ResultRow) => row.totalCost],
] as const;

describe('windows that were computed and stored', () => {
  it('pods + system + unallocated are their node, in each window', async () => {
    await fc.assert(
      fc.asyncProperty(anyCluster, async (cluster) => {
        await stored({ ...cluster, volumes: [] });
        for (const window of WINDOWS) {
          const range = rangeOf(window);
          for (const { facts, coefficients } of cluster.nodes) {
            const node = facts.node.name;
            const [kept] = await store.nodeWindows({ clusterId: 'c', node, range, limit: 10 });
            const filter = { clusterIds: ['c'], node };
            const { rows } = await store.rows({ filter, podPattern: null, range, limit: 1000, offset: 0 });
            const whole = kept?.joulesTotal ?? Number.NaN;
            close(
              sum(rows, (row) => row.joules),
              whole,
              'joules of rows',
            );
            const total = await store.totals(filter, range);
            close(total.joules, whole, 'joules of totals');
            const grams = (whole / 3.6e6) * coefficients.pue.pue * coefficients.intensity.gramsPerKwh;
            close(total.co2eGrams, grams, 'grams');
            const { kilograms, lifespanHours } = coefficients.embodied;
            const existed = (kept?.existedSeconds ?? Number.NaN) / 3600;
            close(total.embodiedCo2eGrams, ((kilograms * 1000) / lifespanHours) * existed, 'embodied');
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('nodes, namespaces, workloads and pods each are the cluster, and roll-ups are their rows', async () => {
    await fc.assert(
      fc.asyncProperty(anyCluster, async (cluster) => {
        const results = await stored(cluster);
        const hours = [...new Set(WINDOWS.map(({ startSeconds }) => Math.floor(startSeconds / 3600) * 3600))];
        const ranges = [
          ...WINDOWS.map(rangeOf),
          ...hours.map((startSeconds) => ({ startSeconds, endSeconds: startSeconds + 3600 })),
          DAY,
        ];
        for (const range of ranges) {
          const within = results.filter(
            ({ entry: { window } }) =>
              window.startSeconds >= range.startSeconds && window.startSeconds < range.endSeconds,
          );
          const rows = within.flatMap((result) => result.rows);
          const total = await store.totals(ALL, range);
          for (const [figure, of] of FIGURES) close(total[figure], sum(rows, of), figure);
          const host = total.joulesDynamic + total.joulesIdle + total.joulesSystem + total.joulesUnallocated;
          const heldCards = sum(rows, (row) => (row.rowKind === 'pod' ? row.joulesGpu : 0));
          close(host + heldCards + total.joulesStorage, total.joules, 'parts');
          close(
            total.joulesGpu,
            sum(rows, (row) => row.joulesGpu),
            'joulesGpu',
          );
          for (const by of ['node', 'namespace', 'workload', 'pod'] as const) {
            const ask = { filter: ALL, range, by, sort: 'name', descending: false, limit: 1000, offset: 0 } as const;
            const { items } = await store.breakdown({ ...ask, search: null });
            for (const [figure] of FIGURES) {
              close(
                sum(items, (item) => item[figure]),
                total[figure],
                `${figure} by ${by}`,
              );
            }
          }
        }
      }),
      { numRuns: 8 },
    );
  });

  it('a day of buckets is the day, and so is its report', async () => {
    await fc.assert(
      fc.asyncProperty(anyCluster, async (cluster) => {
        await stored(cluster);
        const total = await store.totals(ALL, DAY);
        const hourly = Array.from({ length: 24 }, (_, hour) => ({
          startSeconds: MIDNIGHT + hour * 3600,
          endSeconds: MIDNIGHT + (hour + 1) * 3600,
        }));
        const reported: Awaited<ReturnType<ResultsStore['series']>>[number][] = [];
        for await (const points of store.report({ filter: ALL, buckets: hourly, groupBy: 'pod' }))
          reported.push(...points);
        const asked = [
          await store.series({ filter: ALL, buckets: hourly, groupBy: null, top: null }),
          await store.series({ filter: ALL, buckets: [DAY], groupBy: 'namespace', top: 1 }),
          reported,
        ];
        for (const points of asked) {
          for (const [figure] of FIGURES) {
            close(
              sum(points, (point) => point[figure]),
              total[figure],
              figure,
            );
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});
