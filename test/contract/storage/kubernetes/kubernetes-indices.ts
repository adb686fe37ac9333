import { randomUUID } from 'node:crypto';
import type { ElasticsearchSettings } from '../../../../src/core/ports/store-settings.ts';
import { bulk, type Operation } from '../../../../src/storage/elasticsearch/bulk.ts';
import { clientFor } from '../../../../src/storage/elasticsearch/client.ts';
import { IndexNames } from '../../../../src/storage/elasticsearch/index-names.ts';
import { Requests } from '../../../../src/storage/elasticsearch/requests.ts';
import { FAMILIES } from '../../../../src/storage/elasticsearch/templates/index.ts';
import { sharedElasticsearch } from '../../../services/shared.ts';
import type { Content } from './stored-rows.ts';

/** Indices of the Kubernetes families under a prefix of their own on this run's Elasticsearch. */
export interface KubernetesIndices {
  readonly requests: Requests;
  readonly names: IndexNames;
  fill(content: Content): Promise<void>;
  /** Ids of a family's documents. */
  idsOf(family: string): Promise<string[]>;
  remove(): Promise<void>;
}

const BY_MONTH: Readonly<Record<string, string>> = { k8s_pods: 'created_at', k8s_resource_metrics: 'collected_at' };

/** A prefix of its own on this run's Elasticsearch. */
export async function newElasticsearchSettings(): Promise<ElasticsearchSettings> {
  return {
    kind: 'elasticsearch',
    url: (await sharedElasticsearch()).url,
    auth: { kind: 'none' },
    indexPrefix: `test-${randomUUID().slice(0, 8)}`,
    shards: 1,
    replicas: 0,
    verifyCertificates: true,
    certificateAuthority: null,
    requestTimeoutMilliseconds: 30_000,
  };
}

/** Indices of a prefix of their own, with the templates of the Kubernetes families. */
export async function newKubernetesIndices(): Promise<KubernetesIndices> {
  const indices = indicesUnder(await newElasticsearchSettings());
  const { requests, names } = indices;
  for (const { name, properties } of FAMILIES.filter((family) => family.name.startsWith('k8s-'))) {
    await requests.client.indices.putIndexTemplate({
      name: names.template(name),
      index_patterns: [names.all(name)],
      template: {
        settings: { number_of_shards: 1, number_of_replicas: 0 },
        mappings: { dynamic: 'strict', properties: { ...properties } },
      },
    });
  }
  return indices;
}

/** What is there under the prefix of these settings, whoever made it. */
export function indicesUnder(settings: ElasticsearchSettings): KubernetesIndices {
  const client = clientFor(settings);
  const requests = new Requests(client);
  const names = new IndexNames(settings.indexPrefix);
  return {
    requests,
    names,
    fill: (content) => bulk(requests, operationsOf(names, content)),
    idsOf: async (family) => {
      await requests.refresh([names.all(family)]);
      const { hits } = await requests.search([names.all(family)], { size: 10_000, _source: false });
      return hits.hits.map(({ _id }) => _id ?? '').sort();
    },
    remove: async () => {
      const found = Object.keys(
        await client.indices.get({ index: `${settings.indexPrefix}-*`, expand_wildcards: 'all' }),
      );
      if (found.length > 0) await client.indices.delete({ index: found });
      await client.indices.deleteIndexTemplate({ name: `${settings.indexPrefix}-*` });
      await client.close();
    },
  };
}

function operationsOf(names: IndexNames, content: Content): Operation[] {
  return content.flatMap(([table, rows]) =>
    rows.map((row): Operation => {
      const family = table.replaceAll('_', '-');
      const month = BY_MONTH[table];
      const seconds = month === undefined ? 0 : Date.parse(String(row[month])) / 1000;
      const id = row['id'] ?? `${row['object_id']} ${row['collected_at']}`;
      return { kind: 'put', index: names.of(family, seconds), id: String(id), document: row };
    }),
  );
}
