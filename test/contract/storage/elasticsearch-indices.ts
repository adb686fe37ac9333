import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { ElasticsearchSettings } from '../../../src/core/ports/store-settings.ts';

/** Settings for indices of their own on a server. */
export function elasticsearchSettingsOf(
  url: string,
  indexPrefix = `test-${randomUUID().slice(0, 8)}`,
): ElasticsearchSettings {
  return {
    kind: 'elasticsearch',
    url,
    auth: { kind: 'none' },
    indexPrefix,
    shards: 1,
    replicas: 0,
    verifyCertificates: true,
    certificateAuthority: null,
    requestTimeoutMilliseconds: 30_000,
  };
}

const Hit = z.object({ _index: z.string(), _id: z.string(), _source: z.record(z.string(), z.unknown()) });
const Found = z.object({ _scroll_id: z.string().optional(), hits: z.object({ hits: z.array(Hit) }) });
const Indices = z.array(z.object({ index: z.string(), 'docs.count': z.string().nullable() }));

export async function askElasticsearch<T>(
  { url }: Pick<ElasticsearchSettings, 'url'>,
  method: string,
  path: string,
  answer: z.ZodType<T>,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${url}/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
  return answer.parse(JSON.parse(text));
}

/** Everything under the prefix, hidden indices too. */
export async function documentsOf(settings: ElasticsearchSettings): Promise<z.infer<typeof Hit>[]> {
  const all = `${settings.indexPrefix}-*`;
  await askElasticsearch(settings, 'POST', `${all}/_refresh?expand_wildcards=all`, z.unknown());
  const question = { size: 5000, sort: ['_doc'] };
  let page = await askElasticsearch(settings, 'POST', `${all}/_search?scroll=1m&expand_wildcards=all`, Found, question);
  const documents = [...page.hits.hits];
  while (page.hits.hits.length > 0 && page._scroll_id !== undefined) {
    const next = { scroll: '1m', scroll_id: page._scroll_id };
    page = await askElasticsearch(settings, 'POST', '_search/scroll', Found, next);
    documents.push(...page.hits.hits);
  }
  if (page._scroll_id !== undefined) {
    await askElasticsearch(settings, 'DELETE', '_search/scroll', z.unknown(), { scroll_id: page._scroll_id });
  }
  return documents;
}

/** Indices under the prefix, with what they hold. */
export async function indicesOf(settings: ElasticsearchSettings): Promise<z.infer<typeof Indices>> {
  const all = `${settings.indexPrefix}-*`;
  return askElasticsearch(settings, 'GET', `_cat/indices/${all}?format=json&expand_wildcards=all`, Indices);
}

export async function removeIndices(settings: ElasticsearchSettings): Promise<void> {
  const names = (await indicesOf(settings)).map(({ index }) => index);
  for (let first = 0; first < names.length; first += 50) {
    await askElasticsearch(settings, 'DELETE', names.slice(first, first + 50).join(','), z.unknown());
  }
  for (const kind of ['_index_template', '_component_template']) {
    await fetch(`${settings.url}/${kind}/${settings.indexPrefix}-*`, { method: 'DELETE' });
  }
}
