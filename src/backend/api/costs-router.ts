import { implement } from '@orpc/server';
import { budgetsContract, costsContract, teamsContract } from '../../contract/costs-contract.ts';
import { type BudgetApiDeps, budgetAlerts, createBudget, listBudgets, updateBudget } from './budgets.ts';
import { type CostLinesDeps, namespaceCosts, teamCosts } from './cost-lines.ts';

type Deps = BudgetApiDeps & CostLinesDeps;

/** The operations of costs, teams and budgets; errors become those of the contract where they are put into the whole router. */
export function createCostsRouters(deps: Deps) {
  const budgets = implement(budgetsContract);
  const teams = implement(teamsContract);
  const costs = implement(costsContract);
  return {
    budgets: budgets.router({
      list: budgets.list.handler(({ input }) => listBudgets(input, deps)),
      create: budgets.create.handler(({ input }) => createBudget(input, deps)),
      update: budgets.update.handler(({ input }) => updateBudget(input, deps)),
      delete: budgets.delete.handler(({ input }) => deps.budgets.remove(input.id).then(() => undefined)),
      alerts: budgets.alerts.handler(({ input }) => budgetAlerts(input, deps)),
      seen: budgets.seen.handler(({ input }) => deps.budgets.markSeen(input.id).then(() => undefined)),
    }),
    teams: teams.router({ list: teams.list.handler(({ input }) => teamCosts(input, deps)) }),
    costs: costs.router({ namespaces: costs.namespaces.handler(({ input }) => namespaceCosts(input, deps)) }),
  };
}
