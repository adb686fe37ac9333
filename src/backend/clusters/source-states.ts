import type { CoefficientWords } from '../../core/ports/cluster-source.ts';
import type { Failure } from '../../model/failure.ts';
import type { Notice } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { TABLE_WORDS } from '../coefficients/coefficient-words.ts';
import type { CollectOutcome } from '../pipeline/observer.ts';

export type SourceName = 'kubernetes' | 'usage' | 'grid' | 'hardware' | 'cost';

export interface SourceStatus {
  readonly name: SourceName;
  readonly state: 'ok' | 'partial' | 'failed' | 'off' | 'unknown';
  readonly detail: string;
  readonly hint: string | null;
  readonly checkedAtSeconds: EpochSeconds | null;
  readonly lastGoodAtSeconds: EpochSeconds | null;
}

const UNIT_PRICES = 'Unit prices from the settings';
const TABLES: SourceStatus[] = (
  [
    ['grid', TABLE_WORDS.grid.detail],
    ['hardware', TABLE_WORDS.hardware.detail],
    ['cost', UNIT_PRICES],
  ] as const
).map(([name, detail]) => ({ name, state: 'ok', detail, hint: null, checkedAtSeconds: null, lastGoodAtSeconds: null }));

/** How each source of one cluster did when it was last asked. */
export class SourceStates {
  readonly #states = new Map<SourceName, SourceStatus>();

  constructor() {
    for (const name of ['kubernetes', 'usage'] as const) {
      const nothing = { hint: null, checkedAtSeconds: null, lastGoodAtSeconds: null };
      this.#states.set(name, { name, state: 'unknown', detail: 'Not asked yet', ...nothing });
    }
    for (const table of TABLES) this.#states.set(table.name, table);
  }

  list(): readonly SourceStatus[] {
    return [...this.#states.values()];
  }

  wasAsked(name: SourceName): boolean {
    return this.#states.get(name)?.state !== 'unknown';
  }

  hasFailed(name: SourceName): boolean {
    return this.#states.get(name)?.state === 'failed';
  }

  /** The source answered; a warning or an error among its notices makes it partial. */
  answered(name: SourceName, notices: readonly Notice[], detail: string, nowSeconds: EpochSeconds): void {
    const worst = notices.find((notice) => notice.severity !== 'info');
    this.#states.set(name, {
      name,
      state: worst === undefined ? 'ok' : 'partial',
      detail: worst?.message ?? detail,
      hint: worst?.hint ?? null,
      checkedAtSeconds: nowSeconds,
      lastGoodAtSeconds: nowSeconds,
    });
  }

  /** Where costs came from: the cluster's own cost source, else unit prices. */
  priced({ costs, notices }: Pick<CollectOutcome, 'costs' | 'notices'>, nowSeconds: EpochSeconds): void {
    if (costs === 'none') {
      for (const table of TABLES) if (table.name === 'cost') this.#states.set('cost', table);
      return;
    }
    const said = notices.filter(({ code }) => code.startsWith('costs-'));
    const detail = costs === 'answered' ? "Costs of the cluster's own OpenCost" : UNIT_PRICES;
    this.answered('cost', said, detail, nowSeconds);
  }

  /** Where grid intensity and hardware came from when the cluster was read. */
  coefficients(words: CoefficientWords, nowSeconds: EpochSeconds): void {
    for (const name of ['grid', 'hardware'] as const) {
      const { state, detail, hint } = words[name];
      const isGood = state === 'passed';
      const lastGoodAtSeconds = isGood ? nowSeconds : (this.#states.get(name)?.lastGoodAtSeconds ?? null);
      const status = { name, detail, hint, checkedAtSeconds: nowSeconds, lastGoodAtSeconds };
      this.#states.set(name, { ...status, state: isGood ? 'ok' : 'partial' });
    }
  }

  failed(name: SourceName, failure: Failure, nowSeconds: EpochSeconds): void {
    const lastGoodAtSeconds = this.#states.get(name)?.lastGoodAtSeconds ?? null;
    const { message: detail, hint } = failure;
    this.#states.set(name, { name, state: 'failed', detail, hint, checkedAtSeconds: nowSeconds, lastGoodAtSeconds });
  }
}
