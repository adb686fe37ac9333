import { expect } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { WindowResult } from '../../../src/model/results.ts';
import { ReferenceStore } from './reference.ts';
import {
  CLUSTER,
  DAY,
  gpuRow,
  HOUR,
  NEW_YEAR,
  nodeRow,
  SOURCES,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
} from './sample-windows.ts';
import { expectSame } from './store-fixture.ts';

const ALL = { clusterIds: [] };
const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };

/** Columns that the version before did not have, in tables of both SQL stores and documents. */
export const NEW_COLUMNS: ReadonlySet<string> = new Set([
  ...['co2e_market_grams', 'co2e_direct_grams', 'co2e_of_direct_rows_grams', 'gpu_usage_millicores'],
  ...['storage_request_bytes', 'storage_usage_bytes', 'ephemeral_storage_request_bytes'],
  ...['cpu_peak_millicores', 'memory_peak_bytes'],
  ...['meter', 'meter_factor', 'gpu_count', 'gpu_model', 'gpu_tdp_watts'],
]);

/** What a Podwatt of the version before wrote: an hour that is whole, and the beginning of one that is open. */
export function windowsOfBefore(): readonly WindowResult[] {
  const rowsOf = (part: number) => [
    sampleRow({}, 1 + part / 7),
    sampleRow({ podName: 'pay-0', namespace: 'pay', sources: { ...SOURCES, power: 'generic' } }, 0.3 + part),
    sampleRow({ podName: 'big-0', sources: { ...SOURCES, power: 'measured' } }, 2),
    nodeRow('system', {}, 0.1),
    nodeRow('unallocated', {}, 0.7),
  ];
  const facts = { nodeWindows: [sampleNodeWindow()], nodeSnapshots: [sampleSnapshot()] };
  const parts = Array.from({ length: 12 }, (_, part) => part);
  return [
    ...parts.map((part) => sampleWindow(NEW_YEAR + part * 300, rowsOf(part), facts)),
    sampleWindow(NEW_YEAR + HOUR, rowsOf(3), facts),
  ];
}

/**
 * The hours by pod of the version before had no peaks. SQL stores fill them in from the rows; on Elasticsearch the mean
 * of an hour stands in for its peak until it is written anew.
 */
export async function checkOldPeaks(store: ResultsStore, known: 'from rows' | 'as means'): Promise<void> {
  const { keys, keyIndex, hourIndex, columns } = await store.usageHours({
    clusterId: CLUSTER,
    range: day,
    by: 'workload',
  });
  const peaks = windowsOfBefore()
    .slice(0, 12)
    .flatMap(({ rows }) => rows.filter(({ podName }) => podName === 'pay-0').map((row) => row.cpuUsageMillicores));
  const mean = peaks.reduce((sum, peak) => sum + peak, 0) / 12;
  const line = keyIndex.findIndex((key, index) => keys[key]?.namespace === 'pay' && hourIndex[index] === 0);
  const found = columns.cpuPeakPodMillicores[line] ?? Number.NaN;
  if (known === 'from rows') expect(found).toBe(Math.max(...peaks));
  else expect(found).toBeCloseTo(mean, 9);
  // The open hour is told by its rows in any case.
  expect(columns.memoryPeakPodBytes[line + 1]).toBe(200_000_000.5);
}

/** A store that was brought up to date holds what it held, adds up as before, and takes what is new. */
export async function checkUpgraded(store: ResultsStore): Promise<void> {
  const windows = windowsOfBefore();
  const reference = new ReferenceStore();
  for (const window of windows) reference.replace(window);
  await checkSums(store, reference);
  for (const window of windows) {
    const found = await store.windowContent(CLUSTER, window.entry.window);
    expect(found?.rows).toHaveLength(window.rows.length);
    expect(found?.rows).toEqual(expect.arrayContaining([...window.rows]));
    expect(found?.nodeWindows).toEqual(window.nodeWindows);
    expect(found?.nodeSnapshots).toEqual(window.nodeSnapshots);
  }
  const rich = sampleWindow(NEW_YEAR + HOUR + 300, [sampleRow(), gpuRow({ podName: 'train-0' }, 3)]);
  const restated = sampleWindow(NEW_YEAR + 600, [sampleRow({ co2eMarketGrams: 0 }), gpuRow({ podName: 'train-0' })]);
  for (const window of [rich, restated]) {
    await store.replaceWindow(window, 1);
    reference.replace(window);
  }
  await checkSums(store, reference);
}

async function checkSums(store: ResultsStore, reference: ReferenceStore): Promise<void> {
  const hour = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + HOUR };
  const part = { startSeconds: NEW_YEAR + 300, endSeconds: NEW_YEAR + HOUR + 300 };
  for (const range of [day, hour, part]) {
    for (const filter of [ALL, { ...ALL, namespace: 'pay' }, { ...ALL, pod: 'cart-0' }, { ...ALL, team: 'checkout' }]) {
      expectSame(await store.totals(filter, range), reference.totals(filter, range));
    }
  }
  expect(await store.verify()).toEqual([]);
}
