import { type GatheredWindow, WindowGatherer } from '../../core/greenkube/gather-windows.ts';
import { planHours, windowOf } from '../../core/greenkube/plan-hours.ts';
import { windowResultOf } from '../../core/greenkube/window-result.ts';
import type { GreenKubeSource } from '../../core/ports/greenkube-source.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';
import { Failure, isFailure } from '../../model/failure.ts';
import type { WindowResult } from '../../model/results.ts';
import { type EpochSeconds, floorTo, windowEndSeconds } from '../../model/time.ts';
import type { WindowCounts } from './import-report.ts';
import { KnownWindows } from './known-windows.ts';
import { NodeCourse } from './node-course.ts';
import { Tally } from './tally.ts';

/** The right to write the windows of the cluster. */
export interface ClusterRight {
  readonly epoch: number;
  readonly lost: AbortSignal;
  /** Asks the store whether it still holds. */
  confirm(): Promise<boolean>;
}

interface WindowImport {
  readonly source: GreenKubeSource;
  readonly store: Pick<ResultsStore, 'listLedger' | 'replaceWindow'>;
  readonly clusterId: string;
  readonly right: ClusterRight;
  readonly nowSeconds: EpochSeconds;
  onProgress(doneHours: number, ofHours: number): void;
  readonly signal: AbortSignal;
}

interface ImportedWindows {
  readonly counts: WindowCounts;
  readonly rows: Tally;
  readonly nodes: Tally;
}

/** Takes the lines of both tables, window by window in the order of time; windows that the store has are left alone. */
export async function importWindows(work: WindowImport): Promise<ImportedWindows> {
  const { source, onProgress, signal } = work;
  const hours = await source.hours();
  const plans = planHours(hours);
  const gatherer = new WindowGatherer();
  const run = new WindowRun(work);
  let hour: EpochSeconds | null = null;
  let done = 0;
  try {
    for await (const batch of source.rows()) {
      for (const read of batch) {
        const row = run.rows.read(read);
        const start = row === null ? null : floorTo(row.atSeconds, 3600);
        const plan = start === null ? undefined : plans.get(start);
        if (row === null || plan === undefined) continue;
        if (start !== hour) {
          hour = start;
          onProgress(done, hours.length);
          done += 1;
        }
        if (row.origin !== plan.origin) run.counts.rowsInOther += 1;
        else await run.take(gatherer.add(row, windowOf(row.atSeconds, plan)));
      }
      refuseStop(signal);
    }
    await run.take(gatherer.end());
    await run.nodes.finish();
    onProgress(hours.length, hours.length);
  } finally {
    await run.nodes.close();
  }
  return { counts: run.counts, rows: run.rows, nodes: run.nodeTally };
}

/** @throws Failure 'cancelled' */
export function refuseStop(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new Failure('cancelled', 'The import was stopped before it was done', {
    hint: 'What was written stays. Run the command again: it goes on with the rest.',
  });
}

class WindowRun {
  readonly rows = new Tally();
  readonly nodeTally = new Tally();
  readonly nodes: NodeCourse;
  readonly counts: WindowCounts = {
    written: 0,
    known: 0,
    open: 0,
    refused: new Map(),
    rowsInOther: 0,
    rowsLeft: 0,
    joules: 0,
    co2eGrams: 0,
    embodiedCo2eGrams: 0,
    totalCost: 0,
  };
  readonly #work: WindowImport;
  readonly #known: KnownWindows;

  constructor(work: WindowImport) {
    this.#work = work;
    this.#known = new KnownWindows(work.store, work.clusterId);
    this.nodes = new NodeCourse(work.source.nodes(), this.nodeTally);
  }

  async take(gathered: GatheredWindow | null): Promise<void> {
    if (gathered === null) return;
    const { clusterId, nowSeconds, signal } = this.#work;
    refuseStop(signal);
    const end = windowEndSeconds(gathered.window);
    // More of it may come, and a window that was imported is not taken again.
    if (end > nowSeconds) this.counts.open += 1;
    else if (await this.#known.has(gathered.window)) this.counts.known += 1;
    else {
      const nodes = await this.nodes.before(end);
      if (await this.#write(windowResultOf(gathered, { clusterId, nodes, nowSeconds }))) {
        this.rows.taken += gathered.rowCount;
        this.#add(gathered);
        return;
      }
    }
    this.counts.rowsLeft += gathered.rowCount;
  }

  /** False where the store will not have the window: retention has removed the rows of its day. */
  async #write(result: WindowResult): Promise<boolean> {
    const { right, store } = this.#work;
    if (right.lost.aborted) throw lostLease();
    try {
      await store.replaceWindow(result, right.epoch);
      return true;
    } catch (error) {
      if (!isFailure(error) || error.code !== 'conflict') throw error;
      if (!(await right.confirm())) throw lostLease();
      const { refused } = this.counts;
      refused.set(error.message, (refused.get(error.message) ?? 0) + 1);
      return false;
    }
  }

  #add({ pods }: GatheredWindow): void {
    this.counts.written += 1;
    for (const pod of pods) {
      this.counts.joules += pod.joules;
      this.counts.co2eGrams += pod.co2eGrams;
      this.counts.embodiedCo2eGrams += pod.embodiedCo2eGrams;
      this.counts.totalCost += pod.totalCost;
    }
  }
}

function lostLease(): Failure {
  return new Failure('conflict', 'Another Podwatt took over this cluster during the import', {
    hint: 'What was written stays. Stop the other one, then run the command again: it goes on with the rest.',
  });
}
