import { describe, expect, it } from 'vitest';
import type { ClusterRecord } from '../../../src/model/cluster.ts';
import type { ResultRow } from '../../../src/model/results.ts';
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

const ALL = { clusterIds: [] };
const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };
const query = { filter: ALL, range: day, podPattern: null, limit: 100, offset: 0 };

/** What goes in comes out: rows, ledger, nodes, clusters. */
export function factsContract(name: string, open: OpenStore): void {
  describe(`${name}: rows`, () => {
    const fixture = useStore(open, 'once');
    const odd = sampleRow({
      podName: 'odd[1]',
      podUid: null,
      nodeInstanceType: null,
      nodeZone: null,
      ownerKind: null,
      ownerName: null,
      team: null,
      gridIntensityAtSeconds: null,
      isEstimated: false,
      estimationReasons: [],
      joules: Number.MIN_VALUE,
      totalCost: 0.1 + 0.2,
      memoryRequestBytes: 2 ** 53 - 1,
      sources: {
        ...SOURCES,
        cpu: 'no-samples',
        usage: 'requests',
        power: 'measured',
        intensity: 'world',
        cost: 'opencost',
      },
    });
    const rows = [sampleRow(), sampleRow({ podName: 'Cart-X' }), odd, nodeRow('system'), nodeRow('unallocated')];
    const rich = [
      gpuRow({ podName: 'train-0' }),
      gpuRow({ podName: 'train-1', co2eMarketGrams: 0, co2eDirectGrams: 0, gpuUsageMillicores: 0 }),
      volumeRow(),
    ];
    const byName = (left: ResultRow, right: ResultRow): number =>
      left.podName + left.namespace < right.podName + right.namespace ? -1 : 1;

    it('come back as they were written, to the last bit', async () => {
      const { store } = fixture.current();
      await store.replaceWindow(sampleWindow(NEW_YEAR, rows), 1);
      const answer = await store.rows(query);
      const expected = rows.map((row) => ({ ...row, startSeconds: NEW_YEAR, durationSeconds: 300 }));
      expect([...answer.rows].sort(byName)).toEqual(expected.sort(byName));
      expect(answer).toMatchObject({ total: 5, totalIsLowerBound: false });
    });

    it('come back with GPUs, volumes, contracts and direct factors', async () => {
      const { store } = fixture.current();
      const start = NEW_YEAR + 2 * DAY;
      await store.replaceWindow(sampleWindow(start, rich), 1);
      const range = { startSeconds: start, endSeconds: start + DAY };
      const answer = await store.rows({ ...query, range });
      const expected = rich.map((row) => ({ ...row, startSeconds: start, durationSeconds: 300 }));
      expect([...answer.rows].sort(byName)).toEqual(expected.sort(byName));
    });

    it.each([
      ['cart', ['Cart-X', 'cart-0']],
      ['CART-0', ['cart-0']],
      ['cart-?', ['Cart-X', 'cart-0']],
      ['*-0', ['cart-0']],
      ['art*', []],
      ['odd[1]', ['odd[1]']],
      ['odd[*', ['odd[1]']],
      ['node/*', ['node/n1', 'node/n1']],
      ['', ['Cart-X', 'cart-0', 'node/n1', 'node/n1', 'odd[1]']],
      ['%', []],
    ])('are found by the pattern %j', async (podPattern, names) => {
      const { store } = fixture.current();
      await store.replaceWindow(sampleWindow(NEW_YEAR, rows), 1);
      const found = await store.rows({ ...query, podPattern });
      expect(found.rows.map((row) => row.podName).sort()).toEqual(names);
      expect(found.total).toBe(names.length);
    });

    it('come in pages, oldest first', async () => {
      const { store } = fixture.current();
      await store.replaceWindow(sampleWindow(NEW_YEAR, rows), 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR + 300, rows), 1);
      const whole = await store.rows(query);
      expect(whole.rows.map((row) => row.startSeconds - NEW_YEAR)).toEqual([0, 0, 0, 0, 0, 300, 300, 300, 300, 300]);
      const second = await store.rows({ ...query, limit: 4, offset: 4 });
      expect(second.rows).toEqual(whole.rows.slice(4, 8));
      expect(second.total).toBe(10);
      const one = await store.rows({
        ...query,
        filter: { ...ALL, namespace: '__system__' },
        range: { startSeconds: NEW_YEAR + 300, endSeconds: NEW_YEAR + 301 },
      });
      expect(one.rows.map((row) => row.rowKind)).toEqual(['system']);
      expect((await store.rows({ ...query, filter: { clusterIds: ['nobody'] } })).rows).toEqual([]);
    });

    it('are counted up to 10,000', async () => {
      const { store } = fixture.current();
      const many = Array.from({ length: 5001 }, (_, index) => sampleRow({ podName: `p-${index}` }));
      await store.replaceWindow(sampleWindow(NEW_YEAR + DAY, many), 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR + DAY + 300, many), 1);
      const range = { startSeconds: NEW_YEAR + DAY, endSeconds: NEW_YEAR + 2 * DAY };
      expect(await store.rows({ ...query, range, limit: 1 })).toMatchObject({ total: 10_000, totalIsLowerBound: true });
    });
  });

  describe(`${name}: ledger`, () => {
    const fixture = useStore(open);

    it('comes back as it was written, in order, by cluster', async () => {
      const { store } = fixture.current();
      const notices = [{ code: 'x', severity: 'warning' as const, message: 'm', hint: null }];
      const partial = sampleWindow(NEW_YEAR + HOUR, [sampleRow()], {
        entry: { state: 'partial', coveredSeconds: 240.5, reason: 'a gap', notices },
      });
      const none = sampleWindow(NEW_YEAR + 2 * HOUR, [], {
        entry: { state: 'no-data', coveredSeconds: 0, reason: 'down' },
      });
      const whole = sampleWindow(NEW_YEAR, [sampleRow()], { durationSeconds: 3600 });
      for (const window of [none, partial, whole]) await store.replaceWindow(window, 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR, [], { clusterId: OTHER_CLUSTER }), 1);
      expect(await store.listLedger(CLUSTER, day)).toEqual([whole.entry, partial.entry, none.entry]);
      expect(await store.listLedger(CLUSTER, { ...day, startSeconds: NEW_YEAR + 1 })).toEqual([
        partial.entry,
        none.entry,
      ]);
      expect(await store.lastDataEntry(CLUSTER)).toEqual(partial.entry);
      expect(await store.firstEntry(CLUSTER)).toEqual(whole.entry);
      expect(await store.firstEntry('nobody')).toBeNull();
      expect(await store.lastDataEntry('nobody')).toBeNull();
    });
  });

  describe(`${name}: nodes`, () => {
    const fixture = useStore(open);
    const write = async (start: number, snapshot: Parameters<typeof sampleSnapshot>[0] | null, node = 'n1') =>
      fixture.current().store.replaceWindow(
        sampleWindow(start, [sampleRow({ node })], {
          nodeWindows: [sampleNodeWindow({ node })],
          nodeSnapshots:
            snapshot === null ? [] : [sampleSnapshot({ name: node, snapshotAtSeconds: start, ...snapshot })],
        }),
        1,
      );
    const nodesOf = async (startSeconds: number, endSeconds: number) =>
      (await fixture.current().store.nodes([], { startSeconds, endSeconds })).map((node) => [
        node.name,
        node.instanceType,
        (node.snapshotAtSeconds - NEW_YEAR) / 300,
      ]);

    it('are the ones of the range, as they last were in it', async () => {
      await write(NEW_YEAR, {});
      await write(NEW_YEAR + 300, {});
      await write(NEW_YEAR + 600, { instanceType: 'm5.xlarge' });
      await write(NEW_YEAR + 900, { instanceType: 'c5.large' }, 'n2');
      expect(await nodesOf(NEW_YEAR, NEW_YEAR + 600)).toEqual([['n1', 'm5.large', 0]]);
      expect(await nodesOf(NEW_YEAR, NEW_YEAR + 601)).toEqual([['n1', 'm5.xlarge', 2]]);
      expect(await nodesOf(NEW_YEAR, NEW_YEAR + DAY)).toEqual([
        ['n1', 'm5.xlarge', 2],
        ['n2', 'c5.large', 3],
      ]);
      expect(await nodesOf(NEW_YEAR + 900, NEW_YEAR + DAY)).toEqual([['n2', 'c5.large', 3]]);
      expect(await nodesOf(NEW_YEAR + HOUR, NEW_YEAR + DAY)).toEqual([]);
    });

    it('have a new snapshot only where something changed, in whatever order windows come', async () => {
      await write(NEW_YEAR + 900, {});
      await write(NEW_YEAR + 300, {});
      expect(await nodesOf(NEW_YEAR, NEW_YEAR + DAY)).toEqual([['n1', 'm5.large', 1]]);
      await write(NEW_YEAR + 600, { os: 'windows' });
      expect(await nodesOf(NEW_YEAR, NEW_YEAR + DAY)).toEqual([['n1', 'm5.large', 3]]);
      await write(NEW_YEAR + 600, {});
      expect(await nodesOf(NEW_YEAR, NEW_YEAR + DAY)).toEqual([['n1', 'm5.large', 1]]);
      await write(NEW_YEAR + 300, null);
      expect(await nodesOf(NEW_YEAR, NEW_YEAR + DAY)).toEqual([['n1', 'm5.large', 2]]);
    });

    it('come back with every fact', async () => {
      const { store } = fixture.current();
      const bare = { instanceType: null, region: null, zone: null, architecture: null, os: null };
      await write(NEW_YEAR, bare);
      expect(await store.nodes([CLUSTER], day)).toEqual([sampleSnapshot(bare)]);
      expect(await store.nodes([OTHER_CLUSTER], day)).toEqual([]);
    });

    it('have windows that come back as they were, and are replaced with them', async () => {
      const { store } = fixture.current();
      const measured = sampleNodeWindow({ cpuSeconds: null, measuredJoules: 5.5, cpuSource: 'no-samples' });
      const first = sampleWindow(NEW_YEAR, [], { nodeWindows: [measured, sampleNodeWindow({ node: 'n2' })] });
      await store.replaceWindow(first, 1);
      const ask = { clusterId: CLUSTER, node: 'n1', range: day, limit: 100 };
      expect(await store.nodeWindows(ask)).toEqual([{ ...measured, startSeconds: NEW_YEAR, durationSeconds: 300 }]);
      expect(await store.nodeWindows({ ...ask, node: 'n2' })).toHaveLength(1);
      await store.replaceWindow(sampleWindow(NEW_YEAR, [], { nodeWindows: [measured] }), 1);
      expect(await store.nodeWindows({ ...ask, node: 'n2' })).toEqual([]);
      expect(await store.nodeWindows({ ...ask, clusterId: 'nobody' })).toEqual([]);
    });

    it('thin their windows evenly to a limit', async () => {
      const { store } = fixture.current();
      for (let index = 0; index < 50; index += 1) {
        await store.replaceWindow(sampleWindow(NEW_YEAR + index * 300, [], { nodeWindows: [sampleNodeWindow()] }), 1);
      }
      const places = async (limit: number) =>
        (await store.nodeWindows({ clusterId: CLUSTER, node: 'n1', range: day, limit })).map(
          (row) => (row.startSeconds - NEW_YEAR) / 300,
        );
      expect(await places(50)).toHaveLength(50);
      for (const limit of [2, 3, 7, 10, 49]) {
        const kept = await places(limit);
        expect(kept).toHaveLength(limit);
        expect([kept.at(0), kept.at(-1)]).toEqual([0, 49]);
        const gaps = kept.slice(1).map((place, index) => place - (kept[index] ?? 0));
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }
      expect(await places(1)).toEqual([0]);
      expect(await places(0)).toEqual([]);
    });
  });

  describe(`${name}: clusters`, () => {
    const fixture = useStore(open);
    const cluster: ClusterRecord = {
      id: CLUSTER,
      name: 'prod',
      contextName: 'prod-admin',
      serverUrl: 'https://10.0.0.1:6443',
      serverVersion: 'v1.33.1',
      provider: 'mixed',
      region: 'eu-west-3',
      currency: 'EUR',
      nodeCount: 9,
      podCount: 110,
      createdAtSeconds: NEW_YEAR,
      updatedAtSeconds: NEW_YEAR + 1,
      lastSyncAtSeconds: NEW_YEAR + 2,
      lastError: 'none really',
    };
    const bare: ClusterRecord = {
      ...cluster,
      id: OTHER_CLUSTER,
      name: 'alpha',
      serverVersion: null,
      provider: null,
      region: null,
      nodeCount: null,
      podCount: null,
      lastSyncAtSeconds: null,
      lastError: null,
    };

    it('are kept, changed and listed by name', async () => {
      const { store } = fixture.current();
      expect(await store.listClusters()).toEqual([]);
      await store.putCluster(cluster);
      await store.putCluster(bare);
      expect(await store.listClusters()).toEqual([bare, cluster]);
      await store.putCluster({ ...cluster, name: 'aaa', lastError: null });
      expect(await store.listClusters()).toEqual([{ ...cluster, name: 'aaa', lastError: null }, bare]);
    });

    it('go with all that was stored of them, and nothing of others', async () => {
      const { store, dump } = fixture.current();
      await store.putCluster(bare);
      const other = sampleRow({ clusterId: OTHER_CLUSTER });
      await store.replaceWindow(sampleWindow(NEW_YEAR, [other], { clusterId: OTHER_CLUSTER }), 1);
      await store.putCluster(cluster);
      const window = sampleWindow(NEW_YEAR, [sampleRow(), sampleRow({ podName: 'gone-with-it' })], {
        nodeWindows: [sampleNodeWindow()],
        nodeSnapshots: [sampleSnapshot()],
      });
      await store.replaceWindow(window, 7);
      await store.deleteCluster(CLUSTER);
      expect(await store.listClusters()).toEqual([bare]);
      expect((await store.totals(ALL, day)).podCount).toBe(1);
      expect(await dump()).not.toContain(CLUSTER);
      await store.replaceWindow(window, 1);
      expect((await store.totals({ clusterIds: [CLUSTER] }, day)).podCount).toBe(2);
    });
  });

  it(`${name}: tells what and where it is`, async () => {
    const fixture = await open();
    const info = await fixture.store.info();
    expect(info.location).not.toBe('');
    expect(info.sizeBytes ?? 1).toBeGreaterThan(0);
    await fixture.remove();
  });
}
