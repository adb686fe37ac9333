import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import { DEFAULT_RETENTION } from '../../../src/model/retention.ts';
import { openElasticsearchResults } from '../../../src/storage/elasticsearch/index.ts';
import { sharedElasticsearch } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { elasticsearchSettingsOf, removeIndices } from './elasticsearch-indices.ts';
import { ElasticsearchProxy, type Fate } from './elasticsearch-proxy.ts';
import { itemIdOf, ReferenceStore } from './reference.ts';
import { DAY, HOUR, NEW_YEAR, sampleNodeWindow, sampleRow, sampleSnapshot, sampleWindow } from './sample-windows.ts';
import { expectSame, failureCodeOf } from './store-fixture.ts';

const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };
const hour = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + HOUR };
const part = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 300 };

/** Two versions of one window, and a window of the next hour, which has the roll-ups of the first written. */
function windowsOf(clusterId: string) {
  const row = (podName: string, size: number) => sampleRow({ clusterId, podName, podUid: podName }, size);
  const facts = (embodiedKilograms: number) => ({
    clusterId,
    nodeWindows: [sampleNodeWindow({ clusterId })],
    nodeSnapshots: [sampleSnapshot({ clusterId, embodiedKilograms })],
  });
  return {
    first: sampleWindow(NEW_YEAR, [row('a', 1), row('b', 2)], facts(1)),
    second: sampleWindow(NEW_YEAR, [row('b', 3), row('c', 5), row('d', 7)], facts(2)),
    next: sampleWindow(NEW_YEAR + HOUR, [row('c', 11)], facts(2)),
  };
}

describe.runIf(needs('elasticsearch'))('Elasticsearch: a writer that is cut off', () => {
  async function withStores(
    work: (
      direct: () => Promise<ResultsStore>,
      through: () => Promise<ResultsStore>,
      proxy: ElasticsearchProxy,
    ) => Promise<void>,
  ): Promise<void> {
    const { url } = await sharedElasticsearch();
    const settings = elasticsearchSettingsOf(url);
    const proxy = await ElasticsearchProxy.before(url);
    const opened: ResultsStore[] = [];
    const open = async (address: string): Promise<ResultsStore> => {
      const store = await openElasticsearchResults({ ...settings, url: address });
      opened.push(store);
      return store;
    };
    try {
      await work(
        () => open(url),
        () => open(proxy.url),
        proxy,
      );
    } finally {
      await Promise.all(opened.map((store) => store.close()));
      await proxy.close();
      await removeIndices(settings);
    }
  }

  /** What the ledger says is there is there, wholly, and nothing else. */
  async function checkWhole(store: ResultsStore, clusterId: string): Promise<number> {
    const { first, second, next } = windowsOf(clusterId);
    const ledger = await store.listLedger(clusterId, day);
    const reference = new ReferenceStore();
    const entry = ledger.find(({ window }) => window.startSeconds === NEW_YEAR);
    expect(entry).toBeDefined();
    reference.replace(entry?.rowCount === 3 ? second : first);
    if (ledger.length === 2) reference.replace(next);
    const filter = { clusterIds: [clusterId] };
    for (const range of [day, hour, part]) {
      expectSame(await store.totals(filter, range), reference.totals(filter, range));
      const expected = reference.groups(filter, range, 'pod');
      const page = {
        filter,
        range,
        by: 'pod',
        sort: 'name',
        descending: false,
        limit: 9,
        offset: 0,
        search: null,
      } as const;
      const { items } = await store.breakdown(page);
      expect(items.map((item) => itemIdOf(item, 'pod'))).toEqual([...expected.keys()].sort());
      for (const item of items) expectSame(item, expected.get(itemIdOf(item, 'pod'))!);
    }
    const { rows } = await store.rows({ filter, range: day, podPattern: null, limit: 9, offset: 0 });
    expect(rows.map(({ podName }) => podName).sort()).toEqual(
      reference
        .rowsIn(filter, day)
        .map(({ row }) => row.podName)
        .sort(),
    );
    const [node] = await store.nodes([clusterId], part);
    expect(node?.embodiedKilograms).toBe(entry?.rowCount === 3 ? 2 : 1);
    return ledger.length + (entry?.rowCount ?? 0);
  }

  it.each(['cut', 'lose'] as const satisfies readonly Fate[])(
    'at any request (%s) leaves each window as it was or as it is to be',
    { timeout: 280_000 },
    async (fate) => {
      await withStores(async (direct, through, proxy) => {
        const setup = await direct();
        const seen = new Set<number>();
        for (let request = 1, isDone = false; !isDone; request += 1) {
          const clusterId = randomUUID();
          const { first, second, next } = windowsOf(clusterId);
          await setup.replaceWindow(first, 1);
          proxy.set(() => 'pass');
          const writer = await through();
          proxy.set(({ count }) => (count < request ? 'pass' : count === request ? fate : 'cut'));
          const code = await failureCodeOf(writer.replaceWindow(second, 1).then(() => writer.replaceWindow(next, 1)));
          isDone = proxy.count < request;
          if (isDone) expect(code).toBe('no failure');
          await writer.close();
          const after = await direct();
          seen.add(await checkWhole(after, clusterId));
          expect(await after.verify(), `request ${request}`).toEqual([]);
          await after.replaceWindow(second, 1);
          await after.replaceWindow(next, 1);
          expect(await checkWhole(after, clusterId)).toBe(5);
          await after.deleteCluster(clusterId);
        }
        // The first version, the second, and the second with the next window.
        expect([...seen].sort()).toEqual([3, 4, 5]);
      });
    },
  );

  it('and frozen past its lease writes nothing that counts, not even what it had on its way', {
    timeout: 60_000,
  }, async () => {
    await withStores(async (direct, through, proxy) => {
      const clusterId = randomUUID();
      const { first, second, next } = windowsOf(clusterId);
      const frozen = await through();
      const taken = await frozen.takeLease({ clusterId, holder: 'a', holderName: 'a', durationSeconds: 1 });
      let thaw = (): void => {};
      let isFrozen = (): void => {};
      const thawed = new Promise<void>((resolve) => {
        thaw = resolve;
      });
      const reached = new Promise<void>((resolve) => {
        isFrozen = resolve;
      });
      proxy.set(async ({ path }): Promise<Fate> => {
        if (!path.startsWith('/_bulk')) return 'pass';
        isFrozen();
        await thawed;
        return 'pass';
      });
      const epoch = taken.kind === 'held' ? taken.lease.epoch : Number.NaN;
      const late = failureCodeOf(frozen.replaceWindow(second, epoch));
      await reached;
      await sleep(2100);
      const other = await direct();
      const answer = await other.takeLease({ clusterId, holder: 'b', holderName: 'b', durationSeconds: 600 });
      if (answer.kind !== 'held') throw new Error('the lease did not run out');
      await other.replaceWindow(first, answer.lease.epoch);
      thaw();
      expect(await late).toBe('conflict');
      expect(await other.verify()).toEqual([]);
      // When pods were seen is no part of what one compare-and-set decides: the next maintenance puts it right.
      await other.maintain(DEFAULT_RETENTION, NEW_YEAR + DAY);
      expect(await checkWhole(other, clusterId)).toBe(3);
      expect(await failureCodeOf(frozen.replaceWindow(next, epoch))).toBe('conflict');
      // What it wrote stays hidden when others write on.
      await other.replaceWindow(second, answer.lease.epoch);
      await other.replaceWindow(next, answer.lease.epoch);
      expect(await checkWhole(other, clusterId)).toBe(5);
      expect(await other.verify()).toEqual([]);
    });
  });
});
