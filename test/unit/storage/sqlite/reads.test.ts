import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BreakdownQuery } from '../../../../src/core/ports/results-store.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import { deleteCluster, putCluster } from '../../../../src/storage/sqlite/cluster-writer.ts';
import { MIGRATIONS } from '../../../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../../../src/storage/sqlite/open-database.ts';
import { packWindow } from '../../../../src/storage/sqlite/packed-window.ts';
import { READ_OPERATIONS as READ } from '../../../../src/storage/sqlite/read-operations.ts';
import { WindowWriter } from '../../../../src/storage/sqlite/write-window.ts';
import {
  CLUSTER,
  DAY,
  HOUR,
  NEW_YEAR,
  nodeRow,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
} from '../../../contract/storage/sample-windows.ts';

let folder = '';
let database: Database.Database;
let writer: WindowWriter;

/** Round figures, so that each sum below can be done by hand. */
function row(podName: string, figures: Partial<ResultRow>): ResultRow {
  const none = { co2eGrams: 0, embodiedCo2eGrams: 0, totalCost: 0, joules: 0, pue: 1, gridIntensity: 100 };
  return sampleRow({ podName, ...none, cpuUsageMillicores: 0, memoryUsageBytes: 0, ...figures });
}
const heavy = (part: Partial<ResultRow> = {}) =>
  row('heavy', { joules: 100, co2eGrams: 1, totalCost: 5, cpuUsageMillicores: 10, memoryUsageBytes: 7, ...part });
const dirty = (part: Partial<ResultRow> = {}) =>
  row('dirty', {
    namespace: 'stage',
    joules: 10,
    pue: 6,
    co2eGrams: 3,
    embodiedCo2eGrams: 4,
    totalCost: 1,
    cpuUsageMillicores: 40,
    memoryUsageBytes: 1,
    ...part,
  });
const spare = () =>
  nodeRow('unallocated', {
    joules: 50,
    co2eGrams: 2,
    embodiedCo2eGrams: 0,
    totalCost: 2,
    pue: 1,
    gridIntensity: 100,
    cpuUsageMillicores: 0,
    memoryUsageBytes: 0,
  });

/** 00:00 in one hour; 02:00 and 02:05 of five minutes; 03:00 without data; 05:00 partial. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-reads-'));
  database = await openForWriting(join(folder, 'results.sqlite'), MIGRATIONS, 1);
  writer = new WindowWriter(database);
  const nodes = (utilisation: number) => ({
    nodeWindows: [sampleNodeWindow({ utilisation })],
    nodeSnapshots: [sampleSnapshot({ instanceType: utilisation > 0.5 ? 'm5.xlarge' : 'm5.large' })],
  });
  const write = (...window: Parameters<typeof sampleWindow>) => writer.replace(packWindow(sampleWindow(...window), 1));
  write(NEW_YEAR, [heavy(), dirty(), spare()], { durationSeconds: 3600, ...nodes(0.1) });
  write(NEW_YEAR + 2 * HOUR, [heavy(), spare()], nodes(0.2));
  write(NEW_YEAR + 2 * HOUR + 300, [dirty({ restartCount: 2 })], nodes(0.9));
  write(NEW_YEAR + 3 * HOUR, [], { durationSeconds: 3600, entry: { state: 'no-data', coveredSeconds: 0 } });
  write(NEW_YEAR + 5 * HOUR, [heavy({ node: 'n2' })], {
    entry: { state: 'partial', coveredSeconds: 200, reason: 'gap' },
  });
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const ALL = { clusterIds: [] };
const hours = (from: number, to: number) => ({
  startSeconds: NEW_YEAR + from * HOUR,
  endSeconds: NEW_YEAR + to * HOUR,
});
const day = hours(0, 24);

describe('totals', () => {
  it('are the sums that a person gets by hand', () => {
    expect(READ.totals(database, { filter: ALL, range: day })).toMatchObject({
      joules: 100 + 10 + 50 + (100 + 50) + 10 + 100,
      pueJoules: 100 + 60 + 50 + (100 + 50) + 60 + 100,
      intensityJoules: 420 * 100,
      co2eGrams: 1 + 3 + 2 + (1 + 2) + 3 + 1,
      embodiedCo2eGrams: 4 + 4,
      unallocatedCo2eGrams: 2 + 2,
      joulesUnallocated: 100,
      totalCost: 5 + 1 + 2 + (5 + 2) + 1 + 5,
      cpuUsageMillicoreSeconds: (10 + 40) * 3600 + 10 * 300 + 40 * 300 + 10 * 300,
      memoryUsageByteSeconds: (7 + 1) * 3600 + 7 * 300 + 300 + 7 * 300,
      podCount: 2,
    });
  });

  it.each([
    ['an hour', hours(0, 1), 160],
    [
      'part of an hour takes the windows that start in it',
      { startSeconds: NEW_YEAR + 2 * HOUR, endSeconds: NEW_YEAR + 2 * HOUR + 300 },
      150,
    ],
    ['the other part', { startSeconds: NEW_YEAR + 2 * HOUR + 1, endSeconds: NEW_YEAR + 3 * HOUR }, 10],
    [
      'from the middle of a window of one hour: it does not start there',
      { startSeconds: NEW_YEAR + 300, endSeconds: NEW_YEAR + 2 * HOUR },
      0,
    ],
    ['hours and parts of hours together', { startSeconds: NEW_YEAR - 300, endSeconds: NEW_YEAR + 2 * HOUR + 301 }, 320],
    ['the day before', { startSeconds: NEW_YEAR - DAY, endSeconds: NEW_YEAR }, 0],
  ])('of %s', (_, range, joules) => {
    expect(READ.totals(database, { filter: ALL, range }).joules).toBe(joules);
  });

  it('of a pod are its own on both nodes, and it is one pod', () => {
    const totals = READ.totals(database, { filter: { ...ALL, pod: 'heavy' }, range: day });
    expect([totals.joules, totals.totalCost, totals.podCount]).toEqual([300, 15, 1]);
  });
});

describe('a breakdown', () => {
  const ask = (part: Partial<BreakdownQuery>) =>
    READ.breakdown(database, {
      filter: ALL,
      range: day,
      by: 'namespace',
      sort: 'name',
      descending: false,
      limit: 10,
      offset: 0,
      search: null,
      ...part,
    });
  const keys = (part: Partial<BreakdownQuery>) => ask(part).items.map((item) => item.group.key);

  it.each([
    // Operational and embodied: stage 6 + 8, spare 4, shop 3.
    ['co2e', ['stage', '__unallocated__', 'shop']],
    // After PUE: shop 300, stage 6 × 20, spare 100.
    ['energy', ['shop', 'stage', '__unallocated__']],
    // Shop 15, spare 4, stage 2.
    ['cost', ['shop', '__unallocated__', 'stage']],
    ['name', ['stage', 'shop', '__unallocated__']],
  ] as const)('is sorted by %s, most first', (sort, expected) => {
    expect(keys({ sort, descending: true })).toEqual(expected);
    expect(keys({ sort, descending: false })).toEqual(expected.toReversed());
  });

  it('keeps its total whatever the page', () => {
    const whole = ask({});
    for (const offset of [0, 1, 2, 3]) {
      const page = ask({ limit: 1, offset });
      expect(page.total).toEqual(whole.total);
      expect([page.groupCount, page.items.length]).toEqual([3, offset < 3 ? 1 : 0]);
    }
    expect(whole.total.joules).toBe(420);
  });

  it('of what is searched totals what was found, and of nothing is zero', () => {
    const found = ask({ search: 'STAG' });
    expect([found.groupCount, found.total.joules, found.total.podCount]).toEqual([1, 20, 1]);
    expect(ask({ search: '%' })).toMatchObject({ groupCount: 0, items: [], total: { joules: 0 } });
  });
});

describe('a series', () => {
  it('has a point for each bucket, zeros where nothing was', () => {
    const buckets = [0, 1, 2, 3, 4, 5].map((hour) => hours(hour, hour + 1));
    const points = READ.series(database, { filter: ALL, buckets, groupBy: null, top: null });
    expect(points.map(({ joules, podCount }) => [joules, podCount])).toEqual([
      [160, 2],
      [0, 0],
      [160, 2],
      [0, 0],
      [0, 0],
      [100, 1],
    ]);
  });

  it('keeps the group with most carbon and names the rest as others', () => {
    const points = READ.series(database, { filter: ALL, buckets: [day], groupBy: 'namespace', top: 1 });
    expect(points.map(({ group, isOther, otherCount, joules }) => [group?.key, isOther, otherCount, joules])).toEqual([
      ['stage', false, 0, 20],
      [undefined, true, 2, 400],
    ]);
  });
});

describe('the ledger', () => {
  it('knows the first window and the last with data', () => {
    expect(READ.firstEntry(database, CLUSTER)?.window).toEqual({ startSeconds: NEW_YEAR, durationSeconds: 3600 });
    expect(READ.lastDataEntry(database, CLUSTER)).toMatchObject({
      window: { startSeconds: NEW_YEAR + 5 * HOUR },
      state: 'partial',
      coveredSeconds: 200,
      reason: 'gap',
    });
    expect([READ.firstEntry(database, 'x'), READ.lastDataEntry(database, 'x')]).toEqual([null, null]);
  });

  it('covers each hour by what was collected in it', () => {
    const buckets = [0, 1, 2, 3, 4, 5].map((hour) => hours(hour, hour + 1));
    const covered = READ.coverage(database, { clusterIds: [CLUSTER], buckets }).map((each) => each.coveredSeconds);
    expect(covered).toEqual([3600, 0, 600, 0, 0, 200]);
    expect(READ.coverage(database, { clusterIds: [], buckets: [] })).toEqual([]);
  });
});

describe('nodes', () => {
  it('are as they last were in the range', () => {
    const typeIn = (from: number, to: number) =>
      READ.nodes(database, { clusterIds: [CLUSTER], range: hours(from, to) }).map((node) => node.instanceType);
    expect(typeIn(0, 1)).toEqual(['m5.large']);
    expect(typeIn(0, 24)).toEqual(['m5.xlarge']);
    expect(typeIn(1, 2)).toEqual([]);
    expect(typeIn(5, 6)).toEqual([]);
  });

  it('are taken back with the window that changed them', () => {
    const range = hours(0, 24);
    const window = sampleWindow(NEW_YEAR + 2 * HOUR + 300, [dirty({ restartCount: 2 })], {
      nodeWindows: [sampleNodeWindow({ utilisation: 0.2 })],
      nodeSnapshots: [sampleSnapshot()],
    });
    const changes = () => database.prepare('SELECT COUNT(*) FROM node_snapshots').pluck().get();
    expect(changes()).toBe(2);
    writer.replace(packWindow(window, 1));
    expect(READ.nodes(database, { clusterIds: [CLUSTER], range }).map((node) => node.instanceType)).toEqual([
      'm5.large',
    ]);
    expect(changes()).toBe(1);
  });
});

describe('the registry of clusters', () => {
  const cluster = {
    id: 'registered',
    name: "O'Brien's; DROP TABLE k8s_clusters",
    contextName: 'x',
    serverUrl: 'https://k',
    serverVersion: null,
    provider: 'unknown',
    region: null,
    currency: 'USD',
    nodeCount: 0,
    podCount: null,
    createdAtSeconds: NEW_YEAR,
    updatedAtSeconds: NEW_YEAR,
    lastSyncAtSeconds: null,
    lastError: null,
  } as const;

  it('takes any text as text, and nothing is not zero', () => {
    putCluster(database, cluster);
    expect(READ.clusters(database, null)).toEqual([cluster]);
  });

  it('forgets a cluster without a row left in any table, and leaves the others whole', () => {
    const there = 'to-be-deleted';
    const inThere = { clusterId: there };
    writer.replace(
      packWindow(
        sampleWindow(NEW_YEAR, [sampleRow(inThere), nodeRow('system', inThere)], {
          ...inThere,
          nodeWindows: [sampleNodeWindow(inThere)],
          nodeSnapshots: [sampleSnapshot(inThere)],
        }),
        1,
      ),
    );
    const key = Number(database.prepare('SELECT id FROM cluster_keys WHERE cluster_id = ?').pluck().get(there));
    const tables = database
      .prepare<[], string>(
        "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.name = 'cluster_key' WHERE m.type = 'table'",
      )
      .pluck()
      .all();
    const rowsOf = () =>
      tables.filter(
        (table) => Number(database.prepare(`SELECT COUNT(*) FROM ${table} WHERE cluster_key = ?`).pluck().get(key)) > 0,
      );
    expect(rowsOf().length).toBeGreaterThan(10);
    const before = READ.totals(database, { filter: { clusterIds: [CLUSTER] }, range: day });
    deleteCluster(database, there);
    writer.forget();
    expect(rowsOf()).toEqual([]);
    expect(READ.totals(database, { filter: { clusterIds: [CLUSTER] }, range: day })).toEqual(before);
  });
});
