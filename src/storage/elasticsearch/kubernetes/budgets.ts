import type { BudgetAlert } from '../../../model/kubernetes/budget.ts';
import type { EpochSeconds } from '../../../model/time.ts';
import { ALERTS, BUDGETS } from '../../sql/kubernetes/record-tables.ts';
import { bulk } from '../bulk.ts';
import { ofCluster } from '../clauses.ts';
import { deleteMatching } from '../documents.ts';
import type { Query } from '../requests.ts';
import type { Store } from '../store.ts';
import { familyName, placeOf } from './document-places.ts';
import { findRecords, is } from './find-records.ts';
import { needParents, putRecords } from './write-records.ts';

/** False where an alert of that budget, month and kind is there. */
export async function addAlert(store: Store, alert: BudgetAlert): Promise<boolean> {
  const line = ALERTS.lineOf(alert);
  await needParents(store, BUDGETS, [alert.budgetId]);
  const { index, id } = placeOf(ALERTS, store.names, line);
  return (await store.requests.compareAndSet(index, id, null, line)) !== null;
}

/** What was seen before stays seen since then. */
export async function markSeen(store: Store, alertId: string, atSeconds: EpochSeconds): Promise<void> {
  const [alert] = await findRecords(store, ALERTS, [is('id', alertId)], ['id'], 1);
  if (alert === undefined || alert.seenAtSeconds !== null) return;
  await putRecords(store, ALERTS, [{ ...alert, seenAtSeconds: atSeconds }]);
}

/** With its alerts, which go first. */
export async function deleteBudget(store: Store, id: string): Promise<void> {
  const { requests, names } = store;
  await deleteAlerts(store, is('budget_id', id));
  await bulk(requests, [{ kind: 'delete', index: names.of(familyName(BUDGETS)), id }]);
}

/** Alerts of the budgets of a cluster: they don't name it themselves. */
export async function deleteAlertsOf(store: Store, clusterId: string): Promise<void> {
  const budgets = await findRecords(store, BUDGETS, [ofCluster(clusterId)], ['id']);
  if (budgets.length > 0) await deleteAlerts(store, { terms: { budget_id: budgets.map(({ id }) => id) } });
}

async function deleteAlerts({ requests, names }: Store, query: Query): Promise<void> {
  await deleteMatching(requests, [names.all(familyName(ALERTS))], query, (operations) => bulk(requests, operations));
}
