import { K8S_HELM_RELEASES } from '../schema/kubernetes/helm-releases.ts';
import { byId, columnsOf, type NamedQuery } from './named-query.ts';

const SELECT = `SELECT ${columnsOf(K8S_HELM_RELEASES)} FROM k8s_helm_releases`;

export const RELEASE_QUERIES: readonly NamedQuery[] = [
  byId(K8S_HELM_RELEASES),
  {
    name: 'releases of a namespace',
    index: 'k8s_helm_releases_name',
    use: 'the releases of a namespace by name',
    text: `${SELECT} WHERE namespace_id = ? ORDER BY name LIMIT ? OFFSET ?`,
  },
  {
    name: 'releases of a cluster',
    index: 'k8s_helm_releases_by_name',
    use: 'the releases of a cluster by name, page by page',
    text: `${SELECT} WHERE cluster_id = ? ORDER BY name LIMIT ? OFFSET ?`,
  },
  {
    name: 'releases of a chart',
    index: 'k8s_helm_releases_by_chart',
    use: 'where a chart is installed, by version, over all clusters',
    text: `${SELECT} WHERE chart_name = ? ORDER BY chart_version`,
  },
  {
    name: 'releases in trouble',
    index: 'k8s_helm_releases_troubled',
    use: 'health: releases that are not deployed, the newest first',
    text: `${SELECT} WHERE cluster_id = ? AND status <> 'deployed' AND deleted_at IS NULL ORDER BY last_deployed_at DESC`,
  },
];
