import { oc } from '@orpc/contract';
import { errors } from './errors.ts';
import {
  BudgetAlerts,
  BudgetAlertsInput,
  BudgetChangeInput,
  BudgetIdInput,
  BudgetInput,
  BudgetItem,
  Budgets,
  BudgetsInput,
  CostLines,
  CostsInput,
  TeamsInput,
} from './schemas/budgets.ts';
import { Nothing } from './schemas/kubernetes/paging.ts';

const route = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string, successStatus = 200) =>
  oc.errors(errors).route({ method, path, tags: ['costs'], summary, successStatus });

/** Budgets of carbon and money, and their alerts. */
export const budgetsContract = {
  list: route('GET', '/budgets', 'Budgets, and where they stand in a month').input(BudgetsInput).output(Budgets),
  create: route('POST', '/budgets', 'Set a budget', 201).input(BudgetInput).output(BudgetItem),
  update: route('PATCH', '/budgets/{id}', 'Change a budget').input(BudgetChangeInput).output(BudgetItem),
  delete: route('DELETE', '/budgets/{id}', 'Delete a budget and its alerts', 204).input(BudgetIdInput).output(Nothing),
  alerts: route('GET', '/budgets/alerts', 'Alerts of budgets, newest first')
    .input(BudgetAlertsInput)
    .output(BudgetAlerts),
  seen: route('POST', '/budgets/alerts/{id}/seen', 'Mark an alert as seen', 204).input(BudgetIdInput).output(Nothing),
};

export const teamsContract = {
  list: route('GET', '/teams', 'Costs and carbon of a month by team or cost center')
    .input(TeamsInput)
    .output(CostLines),
};

export const costsContract = {
  namespaces: route('GET', '/costs/namespaces', 'Costs and carbon of a month by namespace')
    .input(CostsInput)
    .output(CostLines),
};
