import type { Table } from '../table.ts';
import { CLUSTER_INDEXES } from './clusters.ts';
import { K8S_COST_ATTRIBUTION } from './cost-attribution.ts';
import { K8S_DEPLOYMENTS } from './deployments.ts';
import { K8S_HELM_RELEASES } from './helm-releases.ts';
import { K8S_NAMESPACES } from './namespaces.ts';
import { K8S_NODES } from './nodes.ts';
import { K8S_PODS } from './pods.ts';
import { K8S_RESOURCE_METRICS } from './resource-metrics.ts';
import { kubernetesViews } from './views.ts';

/** The Kubernetes part beside `k8s_clusters`, parents first: migration 3 of both SQL stores. */
export const KUBERNETES_TABLES: readonly Table[] = [
  K8S_NAMESPACES,
  K8S_NODES,
  K8S_DEPLOYMENTS,
  K8S_PODS,
  K8S_RESOURCE_METRICS,
  K8S_HELM_RELEASES,
  K8S_COST_ATTRIBUTION,
];

/** Takes the Kubernetes part back; `k8s_clusters` and its rows stay, as results name their clusters by them. */
export const KUBERNETES_DOWN: readonly string[] = [
  ...kubernetesViews('sqlite').map(({ name }) => `DROP VIEW ${name}`),
  ...KUBERNETES_TABLES.toReversed().map(({ name }) => `DROP TABLE ${name}`),
  ...CLUSTER_INDEXES.map(({ name }) => `DROP INDEX ${name}`),
];
