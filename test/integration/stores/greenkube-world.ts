import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { importGreenKube } from '../../../src/backend/greenkube-import/import-greenkube.ts';
import type { GreenKubeImport } from '../../../src/backend/greenkube-import/import-report.ts';
import type { ResultsStore, StoredRow } from '../../../src/core/ports/results-store.ts';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { clusterNamed } from '../../contract/storage/savings/sample-recommendations.ts';
import { fillSqlite } from '../../fakes/greenkube/databases.ts';
import { FIRST_HOUR, HOUR, LATER, sumOf } from '../../fakes/greenkube/history.ts';
import type { Line } from '../../fakes/greenkube/tables.ts';

const RANGE = { startSeconds: FIRST_HOUR - HOUR, endSeconds: LATER };

interface Run {
  readonly cluster?: string;
  readonly to?: string;
  readonly nowSeconds?: number;
  readonly signal?: AbortSignal;
  onProgress?(done: number, of: number): void;
}

/** A store that serves all tests of a file; each test has a cluster and a GreenKube of its own. */
export class GreenKubeWorld {
  clusterId = '';
  name = '';
  #folder = '';
  #store: ResultsStore | null = null;
  #tests = 0;

  /** To be called once, outside of tests. */
  constructor() {
    beforeAll(async () => {
      this.#folder = mkdtempSync(join(tmpdir(), 'podwatt-greenkube-'));
      this.#store = await openSqliteResults({ file: this.at('podwatt.sqlite'), readers: 1 });
    });
    beforeEach(async () => {
      this.#tests += 1;
      this.clusterId = randomUUID();
      this.name = `prod-${this.#tests}`;
      await this.store.putCluster(clusterNamed(this.clusterId, this.name));
    });
    afterAll(async () => {
      await this.store.close();
      rmSync(this.#folder, { recursive: true, force: true });
    });
  }

  get store(): ResultsStore {
    if (this.#store === null) throw new Error('the store is not open yet');
    return this.#store;
  }

  at(file: string): string {
    return join(this.#folder, file);
  }

  get source(): string {
    return this.at(`greenkube-${this.#tests}.db`);
  }

  fill(tables: Readonly<Record<string, readonly Line[]>>, options?: { readonly isNew: boolean }): void {
    fillSqlite(this.source, tables, options);
  }

  run({ cluster, to, nowSeconds = LATER, signal, onProgress }: Run = {}): Promise<GreenKubeImport> {
    return importGreenKube({
      from: { kind: 'sqlite', file: this.source },
      to: { kind: 'sqlite', file: to ?? this.at('podwatt.sqlite') },
      cluster: cluster ?? this.name,
      nowSeconds,
      signal: signal ?? new AbortController().signal,
      onProgress: onProgress ?? (() => undefined),
    });
  }

  /** Start and length of each window that the store has of the cluster. */
  async ledger(): Promise<(readonly [number, number])[]> {
    const entries = await this.store.listLedger(this.clusterId, RANGE);
    return entries.map(({ window }) => [window.startSeconds, window.durationSeconds] as const);
  }

  async rows(): Promise<readonly StoredRow[]> {
    const filter = { clusterIds: [this.clusterId] };
    return (await this.store.rows({ filter, podPattern: null, range: RANGE, limit: 500, offset: 0 })).rows;
  }

  /** The totals of the cluster are the sums of these lines. */
  async expectTotals(lines: readonly Line[]): Promise<void> {
    const totals = await this.store.totals({ clusterIds: [this.clusterId] }, RANGE);
    const pairs = [
      [totals.joules, 'joules'],
      [totals.co2eGrams, 'co2e_grams'],
      [totals.embodiedCo2eGrams, 'embodied_co2e_grams'],
      [totals.totalCost, 'total_cost'],
    ] as const;
    for (const [imported, column] of pairs) {
      expect(Math.abs(imported / sumOf(lines, column) - 1), column).toBeLessThan(1e-9);
    }
  }
}
