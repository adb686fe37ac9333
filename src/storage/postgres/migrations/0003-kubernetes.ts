import type { Migration } from '../../sql/migration.ts';
import { CLUSTER_INDEXES } from '../../sql/schema/kubernetes/clusters.ts';
import { KUBERNETES_DOWN, KUBERNETES_TABLES } from '../../sql/schema/kubernetes/index.ts';
import { kubernetesViews } from '../../sql/schema/kubernetes/views.ts';
import { postgresTables } from '../../sql/schema/postgres-ddl.ts';
import { createIndex } from '../../sql/schema/table.ts';

/** The Kubernetes part: seven tables beside `k8s_clusters`, its indexes, two views; months of pods and metrics are made as data comes. */
export const kubernetes: Migration = {
  version: 3,
  name: 'kubernetes',
  statements: [
    ...CLUSTER_INDEXES.map((index) => createIndex('k8s_clusters', index)),
    ...postgresTables(KUBERNETES_TABLES),
    ...kubernetesViews('postgres').map(({ statement }) => statement),
  ],
  down: KUBERNETES_DOWN,
};
