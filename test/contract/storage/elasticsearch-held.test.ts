import { expect, it } from 'vitest';
import * as z from 'zod';
import { openElasticsearchResults } from '../../../src/storage/elasticsearch/index.ts';
import { sharedElasticsearch } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { askElasticsearch, documentsOf, elasticsearchSettingsOf, removeIndices } from './elasticsearch-indices.ts';
import { CLUSTER, DAY, NEW_YEAR, nodeRow, sampleRow, sampleWindow, volumeRow } from './sample-windows.ts';

const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };

it.runIf(needs('elasticsearch'))('a store of before knows what its rows held once it is opened', async () => {
  const { url } = await sharedElasticsearch();
  const settings = elasticsearchSettingsOf(url);
  const store = await openElasticsearchResults(settings);
  const rows = [sampleRow(), sampleRow({ namespace: 'pay' }, 3), nodeRow('unallocated'), volumeRow()];
  await store.replaceWindow(sampleWindow(NEW_YEAR, rows), 1);
  const before = await store.costsByNamespaceHour(CLUSTER, day);
  expect(before.map(({ namespace }) => namespace)).toEqual(['__storage__', '__unallocated__', 'pay', 'shop']);
  await store.close();

  // A document that is written back as it is given loses what is only added up: so it was in the version before.
  const ask = (method: 'PUT' | 'POST', path: string, body?: object) =>
    askElasticsearch(settings, method, path, z.unknown(), body);
  for (const { _index, _id, _source } of await documentsOf(settings)) {
    const path = `${_index}/_doc/${encodeURIComponent(_id)}?refresh=true`;
    if (_index.includes('combined-metrics')) await ask('PUT', path, _source);
    if (_index.endsWith('-meta') && _id === 'schema') await ask('PUT', path, { ..._source, version: 2 });
  }

  const after = await openElasticsearchResults(settings);
  expect(await after.costsByNamespaceHour(CLUSTER, day)).toEqual(before);
  expect((await after.totals({ clusterIds: [CLUSTER] }, day)).totalCost).toBeCloseTo(0.002 * 6, 12);
  await after.close();
  await removeIndices(settings);
});
