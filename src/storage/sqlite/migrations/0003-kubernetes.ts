import type { Migration } from '../../sql/migration.ts';
import { CLUSTER_INDEXES } from '../../sql/schema/kubernetes/clusters.ts';
import { KUBERNETES_DOWN, KUBERNETES_TABLES } from '../../sql/schema/kubernetes/index.ts';
import { K8S_RESOURCE_METRICS } from '../../sql/schema/kubernetes/resource-metrics.ts';
import { kubernetesViews } from '../../sql/schema/kubernetes/views.ts';
import { sqliteTables } from '../../sql/schema/sqlite-ddl.ts';
import { createIndex } from '../../sql/schema/table.ts';
import { RESOURCE_METRICS, RESOURCE_METRICS_DOWN } from './resource-metrics.ts';

/** The Kubernetes part: seven tables beside `k8s_clusters` (one of them a view over two), its indexes, two views. */
export const kubernetes: Migration = {
  version: 3,
  name: 'kubernetes',
  statements: [
    ...CLUSTER_INDEXES.map((index) => createIndex('k8s_clusters', index)),
    ...KUBERNETES_TABLES.flatMap((table) =>
      table === K8S_RESOURCE_METRICS ? RESOURCE_METRICS : sqliteTables([table]),
    ),
    ...kubernetesViews('sqlite').map(({ statement }) => statement),
  ],
  down: KUBERNETES_DOWN.flatMap((statement) =>
    statement === `DROP TABLE ${K8S_RESOURCE_METRICS.name}` ? RESOURCE_METRICS_DOWN : [statement],
  ),
};
