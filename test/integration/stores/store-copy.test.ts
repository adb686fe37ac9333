import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/backend/store/open-store.ts';
import { copyStore } from '../../../src/backend/store-copy/copy-store.ts';
import type { WholeStore } from '../../../src/core/ports/record-pages.ts';
import type { StoreSettings } from '../../../src/core/ports/store-settings.ts';
import { elasticsearchSettingsOf, removeIndices } from '../../contract/storage/elasticsearch-indices.ts';
import { postgresSettingsOf, withClient } from '../../contract/storage/postgres-schema.ts';
import { worstDifference } from '../../contract/storage/reference.ts';
import { CLUSTER, NEW_YEAR, OTHER_CLUSTER, sampleRow, sampleWindow } from '../../contract/storage/sample-windows.ts';
import { FILLED_WINDOWS, fillStore } from '../../fakes/backend/filled-store.ts';
import { keptOf, sumsOf } from '../../fakes/backend/whole-store.ts';
import { sharedElasticsearch, sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';

let folder: string;
const undo: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-copy-'));
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await rm(folder, { recursive: true, force: true });
});

const file = (name: string): StoreSettings => ({ kind: 'sqlite', file: join(folder, name) });

async function postgres(): Promise<StoreSettings> {
  const settings = postgresSettingsOf(await sharedPostgres());
  undo.push(() => withClient(settings, (client) => client.query(`DROP SCHEMA ${settings.schema} CASCADE`)));
  return settings;
}

async function elasticsearch(): Promise<StoreSettings> {
  const settings = elasticsearchSettingsOf((await sharedElasticsearch()).url);
  undo.push(() => removeIndices(settings));
  return settings;
}

async function open(settings: StoreSettings): Promise<WholeStore> {
  const store = await openStore(settings);
  undo.push(() => store.close());
  return store;
}

const copy = (from: StoreSettings, to: StoreSettings) =>
  copyStore({ from, to, signal: new AbortController().signal, onProgress: () => undefined });

/** Equal in everything that was given, and in every sum but for the order of adding up. */
async function expectSameStores(left: WholeStore, right: WholeStore): Promise<void> {
  expect(await keptOf(right)).toEqual(await keptOf(left));
  const [mine, theirs] = [await sumsOf(left), await sumsOf(right)];
  expect(theirs).toHaveLength(mine.length);
  for (const [place, sums] of mine.entries()) {
    expect(worstDifference(theirs[place] ?? sums, sums).relative, `sum ${place}`).toBeLessThanOrEqual(1e-12);
  }
}

describe.runIf(needs('postgres') && needs('elasticsearch'))('a store that is copied', () => {
  it('from SQLite to PostgreSQL to Elasticsearch and back to SQLite is the same on each', async () => {
    const first = file('first.sqlite');
    const source = await open(first);
    await fillStore(source);
    const before = await keptOf(source);
    const [second, third, last] = [await postgres(), await elasticsearch(), file('last.sqlite')];
    for (const [from, to] of [
      [first, second],
      [second, third],
      [third, last],
    ] as const) {
      const { clusters } = await copy(from, to);
      expect(clusters.map(({ id, windows }) => [id, windows])).toEqual([
        [CLUSTER, { written: FILLED_WINDOWS, there: 0, notCarried: null }],
        [OTHER_CLUSTER, { written: 3, there: 0, notCarried: null }],
      ]);
      const [busy] = clusters;
      const mine = await source.totals({ clusterIds: [CLUSTER] }, { startSeconds: 0, endSeconds: NEW_YEAR * 2 });
      expect(busy?.verified).toMatchObject({ windows: FILLED_WINDOWS, rows: 80 });
      expect(busy?.verified.joules).toBeCloseTo(mine.joules, 6);
      const target = await open(to);
      await expectSameStores(source, target);
      expect(await target.verify()).toEqual([]);
      // Nobody holds what was copied: it can be collected there at once.
      expect(await target.listLeases()).toEqual([]);
    }
    expect(await keptOf(source)).toEqual(before);

    // Between two servers once more: what came since, and nothing else.
    await (await open(second)).replaceWindow(sampleWindow(NEW_YEAR + 86_400, [sampleRow({}, 5)]), 1000);
    const [again] = (await copy(second, third)).clusters;
    expect(again?.windows).toEqual({ written: 1, there: FILLED_WINDOWS, notCarried: null });
    await expectSameStores(await open(second), await open(third));
  });
});
