import { randomUUID } from 'node:crypto';
import { alertsDue } from '../../core/budgets/alerts.ts';
import { forecast, HISTORY_DAYS, type Outlook } from '../../core/budgets/forecast.ts';
import { usedDays } from '../../core/budgets/used-days.ts';
import { DAY_SECONDS, monthOf, rangeOfMonth } from '../../core/cost-attribution/calendar.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import type { AlertKind, Budget, BudgetAlert } from '../../model/kubernetes/budget.ts';
import { ceilTo, type TimeRange } from '../../model/time.ts';
import type { ChangeFeed } from '../changes/change-feed.ts';
import { type ClusterDays, readClusterDays } from '../costs/cluster-days.ts';
import type { CostStore } from '../costs/cost-store.ts';
import { NamespaceNames } from '../costs/namespace-names.ts';
import { alertId } from '../costs/stable-ids.ts';
import type { RaisedAlert } from '../webhook/alert-body.ts';
import { checkBudget } from './check-budget.ts';

export type BudgetStore = CostStore &
  Pick<KubernetesStore, 'putBudget' | 'deleteBudget' | 'budgets' | 'raiseAlert' | 'alerts' | 'markAlertSeen'>;

export interface BudgetDeskDeps {
  readonly store: BudgetStore;
  readonly changes: ChangeFeed;
  readonly clock: Clock;
  /** Told of each alert when it is raised, for where it goes besides the app. Never fails. */
  readonly announce?: ((raised: RaisedAlert) => Promise<void>) | undefined;
}

export type BudgetDraft = Pick<Budget, 'name' | 'scope' | 'clusterId' | 'key' | 'unit' | 'limit'>;

/** A budget with where it stands; `problem` says why it can't be told. */
export interface BudgetState {
  readonly budget: Budget;
  readonly currency: string | null;
  readonly outlook: Outlook | null;
  readonly problem: string | null;
}

/** Late windows of a month still count: its budgets are looked at for some days more. */
const LATE_DAYS = 3;
const MOST_BUDGETS = 500;

/** Budgets, where they stand, and their alerts. */
export class BudgetDesk {
  readonly #deps: BudgetDeskDeps;
  readonly #names: NamespaceNames;
  /** As they were when budgets were last looked at. */
  #clusterNames: ReadonlyMap<string, string> = new Map();

  constructor(deps: BudgetDeskDeps) {
    this.#deps = deps;
    this.#names = new NamespaceNames(deps.store);
  }

  /** Another store has other ids. */
  storeChanged(): void {
    this.#names.forget();
  }

  async list(month: string, clusterId: string | null): Promise<readonly BudgetState[]> {
    const all = await this.#deps.store.budgets();
    const asked = all.filter(
      (budget) => clusterId === null || budget.clusterId === null || budget.clusterId === clusterId,
    );
    return this.#statesOf(asked, month);
  }

  /** Throws `Failure` bad-input, not-found or conflict. */
  async create(draft: BudgetDraft): Promise<BudgetState> {
    const { store, clock } = this.#deps;
    checkBudget(draft, await store.listClusters());
    const before = await store.budgets();
    if (before.length >= MOST_BUDGETS) {
      throw new Failure('conflict', `There are ${MOST_BUDGETS} budgets already`, {
        hint: 'Delete one that is not needed.',
      });
    }
    refuseSame(draft, before, null);
    const now = clock.nowSeconds();
    return this.#save({ ...draft, id: randomUUID(), createdAtSeconds: now, updatedAtSeconds: now });
  }

  async update(id: string, change: Partial<BudgetDraft>): Promise<BudgetState> {
    const { store, clock } = this.#deps;
    const all = await store.budgets();
    const before = all.find((budget) => budget.id === id);
    if (before === undefined) throw unknownBudget(id);
    const after: Budget = { ...before, ...change, updatedAtSeconds: clock.nowSeconds() };
    checkBudget(after, await store.listClusters());
    refuseSame(after, all, id);
    return this.#save(after);
  }

  async remove(id: string): Promise<void> {
    const { store, changes } = this.#deps;
    if (!(await store.budgets()).some((budget) => budget.id === id)) throw unknownBudget(id);
    await store.deleteBudget(id);
    changes.publish({ kind: 'budgets' });
  }

  /** Newest first, with the budget of each. */
  async alerts(limit: number): Promise<readonly { readonly alert: BudgetAlert; readonly budget: Budget }[]> {
    const { store } = this.#deps;
    const [alerts, budgets] = await Promise.all([store.alerts(limit), store.budgets()]);
    const byId = new Map(budgets.map((budget) => [budget.id, budget]));
    return alerts.flatMap((alert) => {
      const budget = byId.get(alert.budgetId);
      return budget === undefined ? [] : [{ alert, budget }];
    });
  }

  async markSeen(id: string): Promise<void> {
    const { store, changes, clock } = this.#deps;
    await store.markAlertSeen(id, clock.nowSeconds());
    changes.publish({ kind: 'budgets' });
  }

  /** Looks at all budgets of this month (and of the last, in its first days) and raises what is due and was not said. */
  async evaluate(): Promise<readonly BudgetAlert[]> {
    const { store, clock, changes } = this.#deps;
    const now = clock.nowSeconds();
    const budgets = await store.budgets();
    const raised: BudgetAlert[] = [];
    for (const month of new Set([monthOf(now - LATE_DAYS * DAY_SECONDS), monthOf(now)])) {
      for (const state of await this.#statesOf(budgets, month)) {
        if (rangeOfMonth(month).endSeconds <= state.budget.createdAtSeconds) continue;
        raised.push(...(await this.#raise(state)));
      }
    }
    if (raised.length > 0) changes.publish({ kind: 'budgets' });
    return raised;
  }

  async #save(budget: Budget): Promise<BudgetState> {
    const { store, changes, clock } = this.#deps;
    await store.putBudget(budget);
    const [state] = await this.#statesOf([budget], monthOf(clock.nowSeconds()));
    if (state !== undefined) await this.#raise(state);
    changes.publish({ kind: 'budgets' });
    return state ?? { budget, currency: null, outlook: null, problem: null };
  }

  /** What is due and was not said before: the store keeps one a budget, month and kind. */
  async #raise({ budget, outlook, currency }: BudgetState): Promise<BudgetAlert[]> {
    const { store, clock, announce } = this.#deps;
    const raised: BudgetAlert[] = [];
    if (outlook === null) return raised;
    for (const kind of alertsDue(budget.limit, outlook)) {
      const alert = alertOf(budget, outlook, kind, clock.nowSeconds());
      if (!(await store.raiseAlert(alert))) continue;
      raised.push(alert);
      const clusterName = this.#clusterNames.get(budget.clusterId ?? '') ?? null;
      await announce?.({ alert, budget, clusterName, currency, outlook });
    }
    return raised;
  }

  /** Each cluster is read once, whatever the number of budgets. */
  async #statesOf(budgets: readonly Budget[], month: string): Promise<BudgetState[]> {
    if (budgets.length === 0) return [];
    const { store, clock } = this.#deps;
    const now = clock.nowSeconds();
    const clusters = await store.listClusters();
    this.#clusterNames = new Map(clusters.map(({ id, name }) => [id, name]));
    const range = rangeFor(month, now);
    const days = new Map<string, ClusterDays>();
    for (const { id } of clusters) {
      const isAsked = budgets.some(({ clusterId }) => clusterId === null || clusterId === id);
      if (isAsked) days.set(id, await readClusterDays(id, range, store, this.#names));
    }
    return budgets.map((budget) => stateOf(budget, month, clusters, days, now));
  }
}

/** The month up to today, with the days before it that tell its pattern. */
function rangeFor(month: string, nowSeconds: number): TimeRange {
  const { startSeconds, endSeconds } = rangeOfMonth(month);
  return {
    startSeconds: startSeconds - HISTORY_DAYS * DAY_SECONDS,
    endSeconds: Math.min(endSeconds, ceilTo(nowSeconds, DAY_SECONDS)),
  };
}

function stateOf(
  budget: Budget,
  month: string,
  clusters: readonly ClusterRecord[],
  days: ReadonlyMap<string, ClusterDays>,
  now: number,
): BudgetState {
  const own = clusters.filter(({ id }) => budget.clusterId === null || budget.clusterId === id);
  const currencies = new Set(own.map(({ currency }) => currency));
  const [currency = null] = currencies;
  if (budget.clusterId !== null && own.length === 0) {
    return { budget, currency: null, outlook: null, problem: 'Its cluster is no longer there' };
  }
  if (budget.unit === 'cost' && currencies.size > 1) {
    const problem = 'Its clusters count in different currencies, and nothing is converted';
    return { budget, currency: null, outlook: null, problem };
  }
  const known = own.flatMap(({ id }) => days.get(id) ?? []);
  const outlook = forecast(month, usedDays(budget, known), budget.limit, now);
  return { budget, currency: budget.unit === 'cost' ? currency : null, outlook, problem: null };
}

function alertOf(budget: Budget, { month, used, expected }: Outlook, kind: AlertKind, atSeconds: number): BudgetAlert {
  const id = alertId(budget.id, month, kind);
  return { id, budgetId: budget.id, month, kind, atSeconds, used, expected, limit: budget.limit, seenAtSeconds: null };
}

function refuseSame(draft: BudgetDraft, all: readonly Budget[], ownId: string | null): void {
  const isSame = (other: Budget): boolean =>
    other.id !== ownId &&
    other.scope === draft.scope &&
    other.clusterId === draft.clusterId &&
    other.key === draft.key &&
    other.unit === draft.unit;
  const same = all.find(isSame);
  if (same === undefined) return;
  throw new Failure('conflict', `The budget "${same.name}" is for the same already`, { hint: 'Change that one.' });
}

function unknownBudget(id: string): Failure {
  return new Failure('not-found', `There is no budget with the id "${id}"`, { hint: 'GET /budgets lists them.' });
}
