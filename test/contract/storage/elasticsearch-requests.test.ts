import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ElasticsearchSettings } from '../../../src/core/ports/store-settings.ts';
import { openElasticsearchResults, testElasticsearch } from '../../../src/storage/elasticsearch/index.ts';
import { sharedElasticsearch } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import {
  askElasticsearch,
  documentsOf,
  elasticsearchSettingsOf,
  indicesOf,
  removeIndices,
} from './elasticsearch-indices.ts';
import { type Asked, ElasticsearchProxy, type Fate } from './elasticsearch-proxy.ts';
import { DAY, NEW_YEAR, nodeRow, sampleNodeWindow, sampleRow, sampleSnapshot, sampleWindow } from './sample-windows.ts';
import { failureCodeOf } from './store-fixture.ts';

const ALL = { clusterIds: [] };
const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };
const rows = Array.from({ length: 40 }, (_, index) => sampleRow({ podName: `p-${index}` }, 1 + index));
const window = sampleWindow(NEW_YEAR, [...rows, nodeRow('system')], {
  nodeWindows: [sampleNodeWindow()],
  nodeSnapshots: [sampleSnapshot()],
});

describe.runIf(needs('elasticsearch'))('Elasticsearch: requests', () => {
  let settings: ElasticsearchSettings;
  let direct: ElasticsearchSettings;
  let proxy: ElasticsearchProxy;

  beforeEach(async () => {
    const { url } = await sharedElasticsearch();
    proxy = await ElasticsearchProxy.before(url);
    direct = elasticsearchSettingsOf(url);
    settings = { ...direct, url: proxy.url };
  });

  afterEach(async () => {
    await proxy.close();
    await removeIndices(direct);
  });

  it('sends again only those items of a bulk that were refused for being too much', async () => {
    const store = await openElasticsearchResults(settings);
    const bodies: string[] = [];
    proxy.set((asked) => refuseHalf(asked, bodies));
    await store.replaceWindow(window, 1);
    proxy.set(() => 'pass');
    expect(bodies.length).toBeGreaterThanOrEqual(3);
    const lines = (bodies[0]?.split('\n').length ?? 0) - 1;
    // The whole was refused once; then half of its documents; then only the other half came.
    expect((bodies[1]?.split('\n').length ?? 0) - 1).toBe(lines);
    expect((bodies[2]?.split('\n').length ?? 0) - 1).toBeLessThanOrEqual(lines / 2 + 2);
    expect((await store.rows({ filter: ALL, range: day, podPattern: null, limit: 1, offset: 0 })).total).toBe(41);
    expect((await store.totals(ALL, day)).podCount).toBe(40);
    expect(await store.verify()).toEqual([]);
    await store.close();
  });

  it('fails, and counts nothing, where an item is refused for good', async () => {
    const store = await openElasticsearchResults(settings);
    proxy.set(({ path, body }) => {
      if (!path.startsWith('/_bulk') || !body.includes('combined-metrics')) return 'pass';
      return {
        status: 200,
        body: { errors: true, items: itemsOf(body).map(() => refusal(400, 'mapper_parsing_exception')) },
      };
    });
    expect(await failureCodeOf(store.replaceWindow(window, 1))).toBe('store');
    proxy.set(() => 'pass');
    expect(await store.listLedger(rows[0]!.clusterId, day)).toEqual([]);
    await store.replaceWindow(window, 1);
    expect((await store.totals(ALL, day)).podCount).toBe(40);
    await store.close();
  });

  it('cuts a cancelled question off', async () => {
    const store = await openElasticsearchResults({ ...settings, requestTimeoutMilliseconds: 20_000 });
    await store.replaceWindow(window, 1);
    const controller = new AbortController();
    proxy.set(({ path }) => {
      if (path.includes('_search')) controller.abort();
      return new Promise(() => {});
    });
    expect(await failureCodeOf(store.totals(ALL, day, controller.signal))).toBe('cancelled');
    await store.close();
  });

  it('gives up a question that takes longer than its time', async () => {
    const first = await openElasticsearchResults(settings);
    await first.close();
    const store = await openElasticsearchResults({ ...settings, requestTimeoutMilliseconds: 3000 });
    proxy.set(() => new Promise(() => {}));
    expect(await failureCodeOf(store.totals(ALL, day))).toBe('timeout');
    await store.close();
  });

  it.each([
    ['store-away', 'cut' as Fate],
    ['unauthenticated', { status: 401, body: { error: { type: 'security_exception' } } }],
    ['forbidden', { status: 403, body: { error: { type: 'security_exception' } } }],
  ] as const)('fails with %s, at the opening and after it', async (code, fate) => {
    const store = await openElasticsearchResults(settings);
    proxy.set(() => fate);
    expect(await failureCodeOf(openElasticsearchResults(settings))).toBe(code);
    expect(await failureCodeOf(store.info())).toBe(code);
    expect(await failureCodeOf(store.replaceWindow(window, 1))).toBe(code);
    const tried = await testElasticsearch(settings);
    expect(tried).toMatchObject({ isOk: false, latencyMilliseconds: null });
    expect(tried.problem?.message).not.toBe('');
    await store.close();
  });

  it('opens for reading only where the user may not write, and says which rights are missing', async () => {
    const writer = await openElasticsearchResults(direct);
    await writer.replaceWindow(window, 1);
    await writer.close();
    const pattern = `${direct.indexPrefix}-*`;
    proxy.set(({ path, body }) => {
      if (!path.startsWith('/_security/user/_has_privileges')) return 'pass';
      const asked = JSON.parse(body) as { cluster: string[]; index: { privileges: string[] }[] };
      const isRead = (right: string): boolean => ['read', 'view_index_metadata', 'monitor'].includes(right);
      const index = Object.fromEntries(asked.index[0]!.privileges.map((right) => [right, isRead(right)]));
      const cluster = Object.fromEntries(asked.cluster.map((right) => [right, isRead(right)]));
      return {
        status: 200,
        body: { username: 'u', has_all_requested: false, cluster, index: { [pattern]: index }, application: {} },
      };
    });
    const store = await openElasticsearchResults(settings);
    expect(await store.info()).toMatchObject({ isReadOnly: true, serverVersion: 'Elasticsearch 8.19.0' });
    expect((await store.totals(ALL, day)).podCount).toBe(40);
    const tried = await testElasticsearch(settings);
    expect(tried).toMatchObject({ isOk: true, isReadOnly: true, schema: 'current' });
    expect(tried.missingRights).toContain(`index on ${pattern}`);
    expect(tried.missingRights).toContain('manage_index_templates on the cluster');
    const empty = await failureCodeOf(openElasticsearchResults({ ...settings, indexPrefix: `${direct.indexPrefix}x` }));
    expect(empty).toBe('store');
    await store.close();
  });

  it('tests a store without making anything', async () => {
    const before = await testElasticsearch(direct);
    expect(before).toMatchObject({
      isOk: true,
      schema: 'new',
      serverVersion: 'Elasticsearch 8.19.0',
      missingRights: [],
    });
    expect(before.latencyMilliseconds).toBeGreaterThan(0);
    expect(await indicesOf(direct)).toEqual([]);
    await openElasticsearchResults(direct).then((store) => store.close());
    expect(await testElasticsearch(direct)).toMatchObject({ isOk: true, schema: 'current' });
  });

  it('refuses a store of a newer Podwatt and leaves it as it is', async () => {
    await openElasticsearchResults(direct).then((store) => store.close());
    const path = `${direct.indexPrefix}-meta/_doc/schema?refresh=true`;
    await askElasticsearch(direct, 'PUT', path, z.unknown(), { version: 99 });
    const before = await documentsOf(direct);
    const refused = openElasticsearchResults(direct);
    await expect(refused).rejects.toMatchObject({ code: 'store', message: expect.stringContaining('version 99') });
    expect(await documentsOf(direct)).toEqual(before);
    expect(await testElasticsearch(direct)).toMatchObject({ isOk: false, schema: 'newer' });
  });

  it('opens in several places at once', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => openElasticsearchResults(direct)));
    await stores[0]?.replaceWindow(window, 1);
    expect((await stores[2]!.totals(ALL, day)).podCount).toBe(40);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('writes to indices by table and date, which take only what they know', async () => {
    const store = await openElasticsearchResults({ ...direct, shards: 2 });
    await store.replaceWindow(window, 1);
    await store.replaceWindow(sampleWindow(NEW_YEAR + DAY, rows.slice(1)), 1);
    const documents = await documentsOf(direct);
    const names = new Set(documents.map(({ _index }) => _index.slice(direct.indexPrefix.length + 1)));
    for (const name of [
      'combined-metrics-2026.01.01',
      'combined-metrics-2026.01.02',
      'node-windows-2026.01',
      'node-snapshots',
      'collection-runs-2026',
      'pod-presence',
      'rollup-hour-pod-2026.01',
      'rollup-day-namespace-2026',
    ]) {
      expect(names).toContain(name);
    }
    expect((await store.totals(ALL, { ...day, endSeconds: NEW_YEAR + 2 * DAY })).podCount).toBe(40);
    const index = `${direct.indexPrefix}-combined-metrics-2026.01.01`;
    const unknown = askElasticsearch(direct, 'POST', `${index}/_doc`, z.unknown(), { nonsense: 1 });
    await expect(unknown).rejects.toThrow('strict_dynamic_mapping_exception');
    const Settings = z.record(
      z.string(),
      z.object({ settings: z.object({ index: z.object({ number_of_shards: z.string() }) }) }),
    );
    const found = await askElasticsearch(direct, 'GET', `${index}/_settings`, Settings);
    expect(found[index]?.settings.index.number_of_shards).toBe('2');
    const row = documents.find(({ _index, _source }) => _index === index && _source['pod_name'] === 'p-0')?._source;
    expect(row).toMatchObject({
      timestamp: '2026-01-01T00:00:00Z',
      namespace: 'shop',
      joules: 1000.5,
      owner_kind: 'Deployment',
    });
    await store.close();
  });
});

/** Operations of a bulk: an action, and the document where it has one. */
function itemsOf(body: string): string[][] {
  const items: string[][] = [];
  for (const line of body.split('\n').filter((text) => text !== '')) {
    if (/^\{"(index|delete)":\{"_index"/.test(line)) items.push([line]);
    else items.at(-1)?.push(line);
  }
  return items;
}

function refusal(status: number, type: string): object {
  return { index: { status, error: { type } } };
}

/** Refuses the first bulk as a whole, and of the second every other item. */
function refuseHalf({ path, body }: Asked, bodies: string[]): Fate {
  if (!path.startsWith('/_bulk')) return 'pass';
  bodies.push(body);
  const busy = 'es_rejected_execution_exception';
  if (bodies.length === 1) return { status: 429, body: { error: { type: busy }, status: 429 } };
  if (bodies.length > 2) return 'pass';
  const items = itemsOf(body);
  const taken = items.filter((_, place) => place % 2 === 0);
  return {
    instead: `${taken.map((lines) => lines.join('\n')).join('\n')}\n`,
    answer: (text) => {
      const { items: done } = JSON.parse(text) as { items: unknown[] };
      const all = items.map((_, place) => (place % 2 === 0 ? done[place / 2] : refusal(429, busy)));
      return JSON.stringify({ took: 1, errors: true, items: all });
    },
  };
}
