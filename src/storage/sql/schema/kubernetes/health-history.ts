import { required, type Table } from '../table.ts';
import { CLUSTER, OF_CLUSTER } from './shared-columns.ts';

export const K8S_HEALTH_HISTORY: Table = {
  name: 'k8s_health_history',
  meaning: 'from when on a cluster was in a state of health',
  columns: [
    CLUSTER,
    required('timestamp', 'time', 'from when on'),
    required('status', 'text', 'healthy, degraded, critical or unknown', {
      oneOf: ['healthy', 'degraded', 'critical', 'unknown'],
    }),
    required('reasons', 'json', 'array of why: code, message, objects', { fallback: "'[]'" }),
  ],
  primaryKey: ['cluster_id', 'timestamp'],
  foreignKeys: [OF_CLUSTER],
  indexes: [],
};
