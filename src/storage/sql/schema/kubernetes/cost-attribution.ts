import { optional, required, type Table } from '../table.ts';
import { CLUSTER, ID, NAMESPACE, OF_CLUSTER, OF_NAMESPACE, OWNERS } from './shared-columns.ts';

const money = (name: string, of: string) =>
  required(name, 'number', `money for ${of}, currency of the cluster`, { fallback: '0' });

export const K8S_COST_ATTRIBUTION: Table = {
  name: 'k8s_cost_attribution',
  meaning: 'cost of a namespace in an hour, or in a day',
  columns: [
    ID,
    CLUSTER,
    NAMESPACE,
    required('date', 'date', 'day, UTC'),
    optional('hour', 'count', 'hour of the day, 0 to 23, UTC; null: the whole day', { most: 23 }),
    money('cpu_cost', 'CPU'),
    money('memory_cost', 'memory'),
    money('gpu_cost', 'GPUs'),
    money('storage_cost', 'storage'),
    money('network_cost', 'network'),
    money('total_cost', 'all of it'),
    required('cpu_core_hours', 'number', 'core hours', { fallback: '0' }),
    required('memory_gb_hours', 'number', 'GB hours (10^9 bytes)', { fallback: '0' }),
    required('storage_gb_hours', 'number', 'GB hours (10^9 bytes)', { fallback: '0' }),
    required('network_gb', 'number', 'GB received and sent (10^9 bytes)', { fallback: '0' }),
    ...OWNERS,
    required('updated_at', 'time', 'last change of this row'),
  ],
  primaryKey: ['id'],
  foreignKeys: [OF_CLUSTER, OF_NAMESPACE],
  indexes: [
    // Full, as deleting a namespace looks its rows up by it; a day's row counts as hour -1.
    { name: 'k8s_cost_attribution_time', on: ['namespace_id', 'date', 'COALESCE(hour, -1)'], isUnique: true },
    { name: 'k8s_cost_attribution_day', on: ['namespace_id', 'date'], isUnique: true, where: 'hour IS NULL' },
    { name: 'k8s_cost_attribution_hours', on: ['cluster_id', 'date', 'hour'] },
    {
      name: 'k8s_cost_attribution_by_team',
      on: ['team_name', 'date', 'cluster_id'],
      where: 'hour IS NULL AND team_name IS NOT NULL',
    },
    {
      name: 'k8s_cost_attribution_by_cost_center',
      on: ['cost_center', 'date', 'cluster_id'],
      where: 'hour IS NULL AND cost_center IS NOT NULL',
    },
  ],
};
