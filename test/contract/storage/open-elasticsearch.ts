import * as z from 'zod';
import type { ElasticsearchSettings } from '../../../src/core/ports/store-settings.ts';
import { openElasticsearchResults } from '../../../src/storage/elasticsearch/index.ts';
import type { ElasticsearchVersion } from '../../services/elasticsearch.ts';
import { sharedElasticsearch } from '../../services/shared.ts';
import {
  askElasticsearch,
  documentsOf,
  elasticsearchSettingsOf,
  indicesOf,
  removeIndices,
} from './elasticsearch-indices.ts';
import type { RowCounts } from './row-counts.ts';
import type { StoreFixture } from './store-fixture.ts';

/** A store under a new prefix of this run's server. */
export async function openNewElasticsearch(
  version: ElasticsearchVersion = '8.19.0',
  counts?: RowCounts,
): Promise<StoreFixture> {
  const address = await sharedElasticsearch(version);
  const settings = elasticsearchSettingsOf(address.url);
  let store = await openElasticsearchResults(settings);
  return {
    get store() {
      return store;
    },
    dump: () => dumpOf(settings),
    openAnother: () => openElasticsearchResults(settings),
    interrupt: async () => {
      await store.close();
      store = await openElasticsearchResults(settings);
    },
    tamper: (clusterId) => tamper(settings, clusterId),
    remove: async () => {
      await store.close();
      counts?.add(`Elasticsearch ${address.version}`, await rowsOf(settings));
      await removeIndices(settings);
    },
  };
}

async function dumpOf(settings: ElasticsearchSettings): Promise<string> {
  const lines = (await documentsOf(settings)).map((hit) => `${hit._index} ${hit._id} ${sortedText(hit._source)}`);
  return lines.sort().join('\n');
}

/** Keys in order: an update may have written them in another. */
function sortedText(source: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(source).sort(([left], [right]) => (left < right ? -1 : 1)));
}

async function rowsOf(settings: ElasticsearchSettings): Promise<[string, number][]> {
  await askElasticsearch(settings, 'POST', `${settings.indexPrefix}-*/_refresh?expand_wildcards=all`, z.unknown());
  return (await indicesOf(settings)).map((each) => [
    // The family: its name without the prefix and the date.
    each.index.slice(settings.indexPrefix.length + 1).replace(/-[\d.]+$/, ''),
    Number(each['docs.count'] ?? 0),
  ]);
}

async function tamper(settings: ElasticsearchSettings, clusterId: string): Promise<void> {
  const rollup = (await documentsOf(settings)).find(
    ({ _index, _source }) =>
      /rollup-hour-namespace/.test(_index) &&
      _source['cluster_id'] === clusterId &&
      typeof _source['joules'] === 'number',
  );
  if (rollup === undefined) throw new Error('no roll-up to tamper with');
  const changed = { doc: { joules: Number(rollup._source['joules']) + 1 } };
  const path = `${rollup._index}/_update/${encodeURIComponent(rollup._id)}?refresh=true`;
  await askElasticsearch(settings, 'POST', path, z.unknown(), changed);
}
