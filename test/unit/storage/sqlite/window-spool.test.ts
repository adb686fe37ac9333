import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type {
  LedgerEntry,
  NodeSnapshot,
  NodeWindowRow,
  ResultRow,
  WindowResult,
} from '../../../../src/model/results.ts';
import type { RowSources } from '../../../../src/model/sources.ts';
import { openAppState, type SqliteLocalState } from '../../../../src/storage/sqlite/open-app-state.ts';

const START = Date.UTC(2026, 2, 11, 10) / 1000;
const sources: RowSources = {
  cpu: 'node-exporter',
  usage: 'cadvisor',
  power: 'teads',
  intensity: 'zone-year',
  pue: 'provider',
  embodied: 'table',
  cost: 'default-prices',
};

let folder: string;
let file: string;
let state: SqliteLocalState;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-spool-'));
  file = join(folder, 'app.sqlite');
  state = await openAppState({ file });
});
afterEach(async () => {
  await state.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

function row(index: number): ResultRow {
  return {
    clusterId: 'c',
    rowKind: index === 0 ? 'system' : 'pod',
    podName: `cart-${index}`,
    namespace: 'shop é',
    podUid: index === 1 ? null : `uid-${index}`,
    node: 'n1',
    nodeInstanceType: 'm5.large',
    nodeZone: null,
    provider: 'aws',
    emapsZone: 'FR',
    ownerKind: 'Deployment',
    ownerName: 'cart',
    team: null,
    joules: Math.PI * (index + 1),
    joulesLow: 1,
    joulesHigh: 5,
    joulesDynamic: 2,
    joulesIdle: 1.1,
    co2eGrams: 1e-9,
    co2eLowGrams: 0,
    co2eHighGrams: 1e-8,
    embodiedCo2eGrams: 0.5,
    embodiedLowGrams: 0.25,
    embodiedHighGrams: 1,
    totalCost: 0.1 + 0.2,
    costLow: 0.1,
    costHigh: 0.4,
    networkReceiveBytes: 7,
    networkTransmitBytes: 8,
    restartCount: index,
    joulesMemory: 1e-300,
    joulesGpu: 0,
    joulesStorage: 0,
    gridIntensity: 1 / 3,
    gridIntensityAtSeconds: index === 2 ? START : null,
    pue: 1.15,
    costCpu: 0.1,
    costMemory: 0.2,
    costGpu: 0,
    costStorage: 0,
    costNetwork: 0,
    cpuRequestMillicores: 100,
    cpuUsageMillicores: 33.3,
    memoryRequestBytes: 2 ** 40,
    memoryUsageBytes: 12_345,
    diskReadBytes: 1,
    diskWriteBytes: 2,
    ephemeralStorageUsageBytes: 3,
    isEstimated: true,
    estimationReasons: ['power:teads', 'grid:zone-year'],
    sources,
    calculationVersion: '2026.1',
  };
}

const facts: NodeWindowRow = {
  clusterId: 'c',
  node: 'n1',
  cpuSeconds: null,
  systemCpuSeconds: 1.5,
  cpuSource: 'pod-sum',
  utilisation: 0.5,
  existedSeconds: 300,
  measuredJoules: 12,
  cpuCapacityMillicores: 2000,
  memoryCapacityBytes: 2 ** 33,
  cpuAllocatableMillicores: 1900,
  memoryAllocatableBytes: 2 ** 32,
  curveId: 'm5.large',
  curveWatts: [1, 2, 3, 4],
  curveLowFactor: 0.9,
  curveHighFactor: 1.1,
  idleWatts: 1,
  joulesDynamic: 1,
  joulesIdleReserved: 2,
  joulesSystem: 3,
  joulesUnallocated: 4,
  joulesTotal: 10,
  sources,
};
const snapshot: NodeSnapshot = {
  clusterId: 'c',
  snapshotAtSeconds: START,
  name: 'n1',
  instanceType: null,
  provider: 'aws',
  region: 'eu-west-3',
  zone: null,
  emapsZone: 'FR',
  cpuCapacityMillicores: 2000,
  memoryCapacityBytes: 2 ** 33,
  architecture: 'amd64',
  os: null,
  embodiedKilograms: 1000.25,
};

function window(index: number, clusterId = 'c', rowCount = 3): WindowResult {
  const rows = Array.from({ length: rowCount }, (_, each) => ({ ...row(each), clusterId }));
  const entry: LedgerEntry = {
    clusterId,
    window: { startSeconds: START + index * 300, durationSeconds: 300 },
    state: 'partial',
    coveredSeconds: 240,
    reason: 'Metrics cover 4 of 5 minutes',
    notices: [{ code: 'thin', severity: 'warning', message: 'Thin', hint: null }],
    rowCount,
    closedAtSeconds: START + 400,
  };
  return { entry, rows, nodeWindows: [{ ...facts, clusterId }], nodeSnapshots: [{ ...snapshot, clusterId }] };
}

test('a window comes back bit for bit, also after a restart', async () => {
  await state.spool.put(window(1));
  await state.spool.put({ ...window(0, 'c', 0), nodeWindows: [], nodeSnapshots: [] });
  await state.close();
  state = await openAppState({ file });
  expect(await state.spool.oldest('c', 5)).toEqual([
    { ...window(0, 'c', 0), nodeWindows: [], nodeSnapshots: [] },
    window(1),
  ]);
});

test('windows are listed and delivered by start, cluster by cluster; a repeated one takes the place of the first', async () => {
  for (const index of [5, 1, 3]) await state.spool.put(window(index));
  await state.spool.put(window(3, 'c', 1));
  await state.spool.put(window(2, 'd'));
  expect((await state.spool.oldest('c', 2)).map(({ entry }) => (entry.window.startSeconds - START) / 300)).toEqual([
    1, 3,
  ]);
  expect((await state.spool.oldest('c', 9))[1]?.rows).toHaveLength(1);
  const range = { startSeconds: START + 300, endSeconds: START + 1500 };
  expect(await state.spool.entries('c', range)).toEqual([window(1).entry, window(3, 'c', 1).entry]);
  expect(await state.spool.waiting()).toEqual([
    { clusterId: 'c', windows: 3, oldestStartSeconds: START + 300 },
    { clusterId: 'd', windows: 1, oldestStartSeconds: START + 600 },
  ]);
  await state.spool.remove('c', START + 300);
  await state.spool.removeCluster('d');
  expect(await state.spool.waiting()).toEqual([{ clusterId: 'c', windows: 2, oldestStartSeconds: START + 900 }]);
});

test('a full spool refuses new windows and drops none; one that is replaced is not new', async () => {
  await state.close();
  state = await openAppState({ file, spoolLimits: { windows: 2, bytes: 1e9 } });
  await state.spool.put(window(0));
  await state.spool.put(window(1));
  await expect(state.spool.put(window(2))).rejects.toMatchObject({
    code: 'too-large',
    message: '2 windows wait for the results store, and no more are kept on this machine',
  });
  await state.spool.put(window(1, 'c', 1));
  await state.spool.put(window(2, 'd'));
  expect((await state.spool.waiting()).map(({ windows }) => windows)).toEqual([2, 1]);
});

test('bytes are limited over all clusters', async () => {
  await state.close();
  state = await openAppState({ file, spoolLimits: { windows: 100, bytes: 5000 } });
  await state.spool.put(window(0));
  await expect(
    (async () => {
      for (let index = 1; index < 20; index += 1) await state.spool.put(window(index, 'd'));
    })(),
  ).rejects.toMatchObject({ code: 'too-large' });
  await state.spool.removeCluster('d');
  await state.spool.put(window(1));
});

test('5,000 pods take less than 1 MB', async () => {
  await state.spool.put(window(0, 'c', 5000));
  const database = new Database(file, { readonly: true });
  const bytes = database.prepare<[], number>('SELECT LENGTH(payload) FROM spool').pluck().get();
  database.close();
  expect(bytes).toBeLessThan(1_000_000);
  expect((await state.spool.oldest('c', 1))[0]?.rows[4999]).toEqual(row(4999));
});

test('what can not be read back is dropped, so that it is read from the metrics again; the rest stays', async () => {
  for (const index of [0, 1, 2]) await state.spool.put(window(index));
  const database = new Database(file);
  database.prepare('UPDATE spool SET payload = ? WHERE start_seconds = ?').run(Buffer.from('no'), START);
  database.prepare("UPDATE spool SET entry = '{}' WHERE start_seconds = ?").run(START + 300);
  database.close();
  expect(await state.spool.oldest('c', 2)).toEqual([window(2)]);
  expect(await state.spool.entries('c', { startSeconds: 0, endSeconds: START * 2 })).toEqual([window(2).entry]);
  expect((await state.spool.waiting())[0]?.windows).toBe(1);
});

test('a file of the version before gets its spool, and keeps its settings', async () => {
  await state.set('theme', 'dark');
  await state.close();
  const database = new Database(file);
  database.exec('DROP TABLE spool; DELETE FROM schema_migrations WHERE version = 2');
  database.close();
  state = await openAppState({ file });
  await state.spool.put(window(0));
  expect([await state.get('theme'), (await state.spool.waiting()).length]).toEqual(['dark', 1]);
});

test('a closed file is a failure with a way out', async () => {
  await state.close();
  await expect(state.spool.put(window(0))).rejects.toMatchObject({ code: 'store' });
  await expect(state.spool.waiting()).rejects.toMatchObject({ code: 'store' });
});
