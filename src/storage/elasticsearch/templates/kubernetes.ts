import { K8S_CLUSTERS } from '../../sql/schema/kubernetes/clusters.ts';
import { KUBERNETES_TABLES } from '../../sql/schema/kubernetes/index.ts';
import type { IndexFamily } from './family.ts';
import { familyOf } from './table-family.ts';

/** The Kubernetes tables; what SQL keeps by month is by month here too. */
export const KUBERNETES_FAMILIES: readonly IndexFamily[] = [K8S_CLUSTERS, ...KUBERNETES_TABLES].map((table) =>
  familyOf(table, table.monthlyBy === undefined ? 'none' : 'month'),
);
