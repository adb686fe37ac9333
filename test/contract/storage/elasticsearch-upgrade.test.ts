import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ElasticsearchSettings } from '../../../src/core/ports/store-settings.ts';
import { openElasticsearchResults } from '../../../src/storage/elasticsearch/index.ts';
import { rowDocument, rowOf } from '../../../src/storage/elasticsearch/row-document.ts';
import { mappingsOf } from '../../../src/storage/elasticsearch/schema.ts';
import type { IndexFamily } from '../../../src/storage/elasticsearch/templates/family.ts';
import { FAMILIES } from '../../../src/storage/elasticsearch/templates/index.ts';
import { sharedElasticsearch } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { askElasticsearch, documentsOf, elasticsearchSettingsOf, removeIndices } from './elasticsearch-indices.ts';
import { checkOldPeaks, checkUpgraded, NEW_COLUMNS, windowsOfBefore } from './upgraded-store.ts';

const NEW_SUMS = new Set(['joules_gpu', 'joules_storage']);

/** What the version before had of a family's fields: roll-ups had no joules of GPUs and volumes, nodes none of GPUs. */
function isOld(family: string, field: string): boolean {
  if (NEW_COLUMNS.has(field)) return false;
  return !(NEW_SUMS.has(field) && (family.startsWith('rollup-') || family === 'node-windows'));
}

function familyIn(prefix: string, index: string): IndexFamily {
  const name = index.slice(prefix.length + 1).replace(/-\d{4}(\.\d{2})*$/, '');
  const family = FAMILIES.find((each) => each.name === name);
  if (family === undefined) throw new Error(`${index} is of no family`);
  return family;
}

function oldFields(family: string, fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => isOld(family, field)));
}

/** Indices of the version before, with what a store of today made of the same windows, as far as it had fields. */
async function indicesOfBefore(today: ElasticsearchSettings, before: ElasticsearchSettings): Promise<void> {
  const store = await openElasticsearchResults(today);
  for (const window of windowsOfBefore()) await store.replaceWindow(window, 1);
  await store.close();
  const documents = await documentsOf(today);
  const renamed = (index: string): string => `${before.indexPrefix}${index.slice(today.indexPrefix.length)}`;
  for (const index of new Set(documents.map(({ _index }) => _index))) {
    const family = familyIn(today.indexPrefix, index);
    const mappings = mappingsOf({
      ...family,
      properties: oldFields(family.name, family.properties) as IndexFamily['properties'],
    });
    const settings = { number_of_shards: 1, number_of_replicas: 0 };
    await askElasticsearch(before, 'PUT', renamed(index), z.unknown(), { mappings, settings });
  }
  for (const { _index, _id, _source } of documents) {
    const { name } = familyIn(today.indexPrefix, _index);
    const path = `${renamed(_index)}/_doc/${encodeURIComponent(_id)}`;
    await askElasticsearch(before, 'PUT', path, z.unknown(), oldFields(name, oldSource(name, _id, _source)));
  }
}

function oldSource(family: string, id: string, source: Record<string, unknown>): object {
  if (family === 'meta' && id === 'schema') return { ...source, version: 1 };
  if (family !== 'combined-metrics') return source;
  const { startSeconds, ...row } = rowOf(source);
  const window = { startSeconds, durationSeconds: 300 } as const;
  const whole = rowDocument(row, window, String(source['timestamp']), String(source['generation']));
  return { ...whole, sources: String(source['sources']).slice(-7) };
}

describe.runIf(needs('elasticsearch'))('an Elasticsearch store of the version before', () => {
  it('is brought up to date, and right', { timeout: 120_000 }, async () => {
    const { url } = await sharedElasticsearch('8.19.0');
    const [today, before] = [elasticsearchSettingsOf(url), elasticsearchSettingsOf(url)];
    await indicesOfBefore(today, before);
    const store = await openElasticsearchResults(before);
    const rows = (await documentsOf(before)).filter(({ _index }) => _index.includes('combined-metrics'));
    expect(rows).toHaveLength(65);
    for (const { _source } of rows) {
      expect(_source['co2e_market_grams']).toBe(_source['co2e_grams']);
      expect(_source).toMatchObject({ gpu_usage_millicores: null, storage_usage_bytes: null });
      expect(_source['sources']).toMatch(/^0\d{7}$/);
    }
    await checkOldPeaks(store, 'as means');
    await checkUpgraded(store);
    await store.close();
    await removeIndices(before);
    await removeIndices(today);
  });
});
