import type { ClusterConnection } from '../../core/ports/cluster-source.ts';
import type { WindowCosts } from '../../model/costs.ts';
import { Failure } from '../../model/failure.ts';
import type { Notice } from '../../model/inventory.ts';
import type { Window } from '../../model/time.ts';
import { within } from '../clusters/within.ts';
import { asFailure } from '../failures.ts';

/** A window waits no longer for its costs; its unit prices are at hand. */
const PATIENCE_MILLISECONDS = 6_000;
/** A service that failed so often in a row is left alone for the rest of the run. */
const MOST_FAILURES_IN_A_ROW = 2;

export interface CostsReadDeps {
  readonly connection: Pick<ClusterConnection, 'readCosts'>;
  /** Of the cluster; null takes whatever the cost source counts in. */
  readonly currency: string | null;
  readonly signal: AbortSignal;
  readonly patienceMilliseconds?: number;
}

/** How the cluster's cost source did in one run. `none`: there is no such source. */
export type CostsOutcome = 'none' | 'answered' | 'failed';

/**
 * Costs of the windows of one run by the cluster's own cost source. What fails costs a window a few seconds at most, and
 * is said once a run; after two failures in a row it is not asked any more. Nothing is converted: costs in another
 * currency than the cluster's are not taken.
 */
export class WindowCostsReader {
  readonly #deps: CostsReadDeps;
  readonly #notices: Notice[] = [];
  #failuresInARow = 0;
  #outcome: CostsOutcome = 'none';

  constructor(deps: CostsReadDeps) {
    this.#deps = deps;
  }

  get notices(): readonly Notice[] {
    return this.#notices;
  }

  get outcome(): CostsOutcome {
    return this.#outcome;
  }

  /** Never throws; null: unit prices. */
  async of(window: Window): Promise<WindowCosts | null> {
    if (this.#failuresInARow >= MOST_FAILURES_IN_A_ROW || this.#deps.signal.aborted) return null;
    try {
      const costs = await this.#asked(window);
      this.#failuresInARow = 0;
      if (costs === null) return null;
      if (!this.#isInCurrency(costs)) return null;
      this.#outcome = 'answered';
      return { ...costs, currency: costs.currency ?? this.#deps.currency };
    } catch (error) {
      if (this.#deps.signal.aborted) return null;
      this.#failed(asFailure(error));
      return null;
    }
  }

  #asked(window: Window): Promise<WindowCosts | null> {
    const { connection, signal, patienceMilliseconds = PATIENCE_MILLISECONDS } = this.#deps;
    return within(
      patienceMilliseconds,
      signal,
      (until) => connection.readCosts(window, until),
      () => tooSlow(patienceMilliseconds),
    );
  }

  #isInCurrency({ currency: other }: WindowCosts): boolean {
    const { currency } = this.#deps;
    if (currency === null || other === null || other === currency) return true;
    this.#say({
      code: 'costs-other-currency',
      severity: 'warning',
      message: `The cluster's own costs are in ${other}, its settings say ${currency}; unit prices are used`,
      hint: `Nothing is converted. Set the currency of this cluster to ${other} to use them.`,
    });
    this.#outcome = 'failed';
    return false;
  }

  #failed({ message, hint }: Failure): void {
    this.#failuresInARow += 1;
    this.#outcome = 'failed';
    this.#say({ code: 'costs-not-read', severity: 'warning', message, hint });
  }

  /** Once a run, whatever the later ones say. */
  #say(notice: Notice): void {
    if (!this.#notices.some(({ code }) => code === notice.code)) this.#notices.push(notice);
  }
}

function tooSlow(milliseconds: number): Failure {
  return new Failure('timeout', `The cluster's cost source did not answer within ${milliseconds / 1000} s`, {
    hint: 'Cost is computed with unit prices meanwhile.',
  });
}
