import { CLUSTER_QUERIES } from './cluster-queries.ts';
import { COST_QUERIES } from './cost-queries.ts';
import { DEPLOYMENT_QUERIES } from './deployment-queries.ts';
import { METRIC_QUERIES } from './metric-queries.ts';
import type { NamedQuery } from './named-query.ts';
import { NAMESPACE_QUERIES } from './namespace-queries.ts';
import { NODE_QUERIES } from './node-queries.ts';
import { POD_QUERIES } from './pod-queries.ts';
import { RELEASE_QUERIES } from './release-queries.ts';

/** The questions of the Kubernetes tables: one for each of their indexes. */
export const KUBERNETES_QUERIES: readonly NamedQuery[] = [
  ...CLUSTER_QUERIES,
  ...NAMESPACE_QUERIES,
  ...NODE_QUERIES,
  ...DEPLOYMENT_QUERIES,
  ...POD_QUERIES,
  ...METRIC_QUERIES,
  ...RELEASE_QUERIES,
  ...COST_QUERIES,
];
