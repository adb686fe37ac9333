import { v5 } from 'uuid';
import { namedId } from '../sync/row-ids.ts';

/** Fixed for ever: ids of stored rows depend on it. */
const COST_ROWS = '8f0f6c1a-52f3-5f5d-9a53-0d9a1f7b2c44';
const ALERTS = '2b7f7c5e-8f07-5c1c-9a3f-1d2e6c0b7a55';

/** Id of a cost row: the same for the same namespace and hour (null: the day) each time it is computed. */
export function costRowId(namespaceId: string, date: string, hour: number | null): string {
  return v5(`${namespaceId}/${date}/${hour ?? 'day'}`, COST_ROWS);
}

/** Id of a namespace that has costs and no row in `k8s_namespaces`: the one that a sync would give it. */
export function placeholderId(clusterId: string, name: string): string {
  return namedId(clusterId, 'Namespace', '', name);
}

/** Id of an alert: once a budget, month and kind. */
export function alertId(budgetId: string, month: string, kind: string): string {
  return v5(`${budgetId}/${month}/${kind}`, ALERTS);
}
