import { optional, required, type Table } from '../table.ts';
import { CLUSTER, ID, NAMESPACE, OF_CLUSTER, OF_NAMESPACE, TIMES } from './shared-columns.ts';

const STATUSES = [
  'unknown',
  'deployed',
  'uninstalled',
  'superseded',
  'failed',
  'uninstalling',
  'pending-install',
  'pending-upgrade',
  'pending-rollback',
];

export const K8S_HELM_RELEASES: Table = {
  name: 'k8s_helm_releases',
  meaning: 'a Helm release in its newest revision',
  columns: [
    ID,
    CLUSTER,
    NAMESPACE,
    required('name', 'text', 'its name'),
    required('chart_name', 'text', 'chart'),
    optional('chart_version', 'text', 'version of the chart'),
    optional('app_version', 'text', 'version of what the chart installs'),
    required('status', 'text', 'status in Helm', { oneOf: STATUSES, fallback: "'unknown'" }),
    required('revision', 'count', 'number of the revision, from 1', { least: 1 }),
    optional('values_yaml', 'text', 'values of the person, what looks secret masked', { isLong: true }),
    optional('first_deployed_at', 'time', 'first revision'),
    optional('last_deployed_at', 'time', 'this revision'),
    ...TIMES,
  ],
  primaryKey: ['id'],
  foreignKeys: [OF_CLUSTER, OF_NAMESPACE],
  indexes: [
    { name: 'k8s_helm_releases_name', on: ['namespace_id', 'name'], isUnique: true },
    { name: 'k8s_helm_releases_by_name', on: ['cluster_id', 'name'] },
    { name: 'k8s_helm_releases_by_chart', on: ['chart_name', 'chart_version'] },
    {
      name: 'k8s_helm_releases_troubled',
      on: ['cluster_id', 'last_deployed_at'],
      where: "status <> 'deployed' AND deleted_at IS NULL",
    },
  ],
};
