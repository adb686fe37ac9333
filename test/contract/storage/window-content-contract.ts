import { describe, expect, it } from 'vitest';
import type { WindowResult } from '../../../src/model/results.ts';
import { DEFAULT_RETENTION } from '../../../src/model/retention.ts';
import {
  CLUSTER,
  DAY,
  gpuRow,
  HOUR,
  NEW_YEAR,
  nodeRow,
  OTHER_CLUSTER,
  SOURCES,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
  volumeRow,
} from './sample-windows.ts';
import { type OpenStore, useStore } from './store-fixture.ts';

/** Lists in one order, whatever order a store answers in. */
function ordered(result: WindowResult | null): unknown {
  if (result === null) return null;
  const { entry, rows, nodeWindows, nodeSnapshots } = result;
  const byText = <Item>(items: readonly Item[]): Item[] =>
    [...items].sort((left, right) => (textOf(left) < textOf(right) ? -1 : 1));
  return { entry, rows: byText(rows), nodeWindows: byText(nodeWindows), nodeSnapshots: byText(nodeSnapshots) };
}

function textOf(item: unknown): string {
  const { namespace = '', podName = '', node = '', name = '' } = item as Record<string, string>;
  return `${namespace} ${podName} ${node} ${name}`;
}

function fullWindow(startSeconds: number, size = 1): WindowResult {
  const rows = [
    sampleRow({}, size),
    gpuRow({ podName: 'train-0' }, size),
    gpuRow({ podName: 'train-1', sources: { ...SOURCES, gpu: 'utilisation', power: 'meter-model' } }, size),
    volumeRow({}, size),
    nodeRow('system', { node: 'n2' }, size),
    nodeRow('unallocated', { co2eMarketGrams: 0 }, size),
  ];
  const metered = sampleNodeWindow({
    node: 'n2',
    cpuSeconds: null,
    measuredJoules: 1234.5,
    meter: 'kepler package',
    meterFactor: 1.28,
    joulesGpu: 500.5,
    gpuCount: 2,
    gpuModel: 'NVIDIA-A100-SXM4-40GB',
    gpuTdpWatts: 400,
    sources: { ...SOURCES, power: 'measured', gpu: 'measured', cpu: 'metrics-server', usage: 'kubelet' },
  });
  return sampleWindow(startSeconds, rows, {
    nodeWindows: [sampleNodeWindow(), metered],
    nodeSnapshots: [sampleSnapshot(), sampleSnapshot({ name: 'n2', region: null, zone: null })],
    entry: { notices: [{ code: 'x', severity: 'info', message: 'm', hint: 'h' }] },
  });
}

/** Windows as they were written, for computing them again. */
export function windowContentContract(name: string, open: OpenStore): void {
  describe(`${name}: content of a window`, () => {
    const fixture = useStore(open);
    const contentOf = async (startSeconds: number, durationSeconds: 300 | 3600 = 300, clusterId = CLUSTER) =>
      fixture.current().store.windowContent(clusterId, { startSeconds, durationSeconds });

    it('is what was written, to the last bit', async () => {
      const { store } = fixture.current();
      const given = fullWindow(NEW_YEAR);
      await store.replaceWindow(given, 1);
      // What nodes are does not change: only the first window is a change of it.
      await store.replaceWindow(fullWindow(NEW_YEAR + 300, 1 / 3), 1);
      expect(ordered(await contentOf(NEW_YEAR))).toEqual(ordered(given));
      expect(ordered(await contentOf(NEW_YEAR + 300))).toEqual(ordered(fullWindow(NEW_YEAR + 300, 1 / 3)));
    });

    it('changes nothing where it is written again', async () => {
      const { store, dump } = fixture.current();
      await store.replaceWindow(fullWindow(NEW_YEAR), 1);
      await store.replaceWindow(fullWindow(NEW_YEAR + 300, 3), 1);
      const before = await store.totals(
        { clusterIds: [CLUSTER] },
        { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY },
      );
      const content = await contentOf(NEW_YEAR + 300);
      if (content === null) expect.fail('nothing was found');
      await store.replaceWindow(content, 1);
      const written = await dump();
      expect(
        await store.totals({ clusterIds: [CLUSTER] }, { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY }),
      ).toEqual(before);
      await store.replaceWindow(content, 1);
      expect(await dump()).toBe(written);
      expect(await store.verify()).toEqual([]);
    });

    it('is that of the last writing', async () => {
      const { store } = fixture.current();
      await store.replaceWindow(fullWindow(NEW_YEAR), 1);
      const given = { ...fullWindow(NEW_YEAR, 2), nodeSnapshots: [] };
      await store.replaceWindow(given, 1);
      expect(ordered(await contentOf(NEW_YEAR))).toEqual(ordered(given));
    });

    it('is none of other windows, of another length or cluster, or without data', async () => {
      const { store } = fixture.current();
      expect(await contentOf(NEW_YEAR)).toBeNull();
      await store.replaceWindow(fullWindow(NEW_YEAR), 1);
      await store.replaceWindow(
        sampleWindow(NEW_YEAR + 300, [], { entry: { state: 'no-data', coveredSeconds: 0, reason: 'down' } }),
        1,
      );
      expect(await contentOf(NEW_YEAR + 300)).toBeNull();
      expect(await contentOf(NEW_YEAR + 600)).toBeNull();
      expect(await contentOf(NEW_YEAR, 3600)).toBeNull();
      expect(await contentOf(NEW_YEAR, 300, OTHER_CLUSTER)).toBeNull();
    });
  });

  describe(`${name}: windows that can be computed again`, () => {
    const fixture = useStore(open);
    const all = { startSeconds: NEW_YEAR - 100 * DAY, endSeconds: NEW_YEAR + DAY };

    it('are those with rows that start in the range, oldest first', async () => {
      const { store } = fixture.current();
      expect(await store.restatableWindows(CLUSTER, all)).toEqual([]);
      await store.replaceWindow(sampleWindow(NEW_YEAR + 300, [sampleRow()], { entry: { state: 'partial' } }), 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR + HOUR, [sampleRow()], { durationSeconds: 3600 }), 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR + 600, [], { entry: { state: 'no-data' } }), 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR + 900, []), 1);
      const other = sampleRow({ clusterId: OTHER_CLUSTER });
      await store.replaceWindow(sampleWindow(NEW_YEAR, [other], { clusterId: OTHER_CLUSTER }), 1);
      expect(await store.restatableWindows(CLUSTER, all)).toEqual([
        { startSeconds: NEW_YEAR, durationSeconds: 300 },
        { startSeconds: NEW_YEAR + 300, durationSeconds: 300 },
        { startSeconds: NEW_YEAR + HOUR, durationSeconds: 3600 },
      ]);
      const part = { startSeconds: NEW_YEAR + 1, endSeconds: NEW_YEAR + HOUR };
      expect(await store.restatableWindows(CLUSTER, part)).toEqual([
        { startSeconds: NEW_YEAR + 300, durationSeconds: 300 },
      ]);
    });

    it('are none whose rows retention removed', async () => {
      const { store } = fixture.current();
      const old = NEW_YEAR - 40 * DAY;
      await store.replaceWindow(fullWindow(old), 1);
      await store.replaceWindow(fullWindow(NEW_YEAR), 1);
      await store.maintain(DEFAULT_RETENTION, NEW_YEAR + HOUR);
      expect(await store.restatableWindows(CLUSTER, all)).toEqual([{ startSeconds: NEW_YEAR, durationSeconds: 300 }]);
      expect(await store.windowContent(CLUSTER, { startSeconds: old, durationSeconds: 300 })).toBeNull();
      expect(ordered(await store.windowContent(CLUSTER, { startSeconds: NEW_YEAR, durationSeconds: 300 }))).toEqual(
        ordered(fullWindow(NEW_YEAR)),
      );
    });
  });
}
