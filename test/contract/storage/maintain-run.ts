import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { WindowResult } from '../../../src/model/results.ts';
import type { RetentionPolicy } from '../../../src/model/retention.ts';
import { floorTo, type WindowSeconds } from '../../../src/model/time.ts';
import { checkKept, dayFigures } from './check-kept.ts';
import { KeptReference } from './kept-reference.ts';
import type { Step } from './maintain-steps.ts';
import { DAY, HOUR, NEW_YEAR, sampleWindow } from './sample-windows.ts';
import { failureCodeOf, type StoreFixture } from './store-fixture.ts';

const KEEP_ALL: RetentionPolicy = {
  rawDays: 9999,
  podHourDays: 9999,
  hourDays: 9999,
  podDayDays: 9999,
  dayDays: null,
};

/** One schedule on one cluster of a store, step by step beside the reference. */
export class MaintainRun {
  readonly reference = new KeptReference();
  readonly #fixture: StoreFixture;
  readonly #clusterId: string;
  #nowSeconds = NEW_YEAR + 10 * DAY + 13 * HOUR + 1020;

  constructor(fixture: StoreFixture, clusterId: string) {
    this.#fixture = fixture;
    this.#clusterId = clusterId;
  }

  /** Does the step, and looks at all that it may have touched. */
  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'write':
        return this.#write(this.#windowAt(step.daysBack, step.hour, step.part, step.rows));
      case 'repeat': {
        const windows = this.reference.windows();
        const old = windows[step.pick % Math.max(windows.length, 1)];
        return old === undefined ? undefined : this.#write(changed(old, step.how));
      }
      case 'pass':
        this.#nowSeconds += step.hours * HOUR;
        return;
      case 'maintain':
        return this.#maintain(step);
      case 'interrupt':
        return this.#interruptWrite(step);
    }
  }

  /** At the end: everything that is kept, and the store's own view of itself. */
  async finish(): Promise<void> {
    await checkKept(this.#fixture.store, this.reference, this.#clusterId);
    expect(await this.#fixture.store.verify()).toEqual([]);
  }

  async #write(window: WindowResult): Promise<void> {
    const { startSeconds } = window.entry.window;
    const code = await failureCodeOf(this.#fixture.store.replaceWindow(window, 1));
    expect(code).toBe(this.reference.isPruned(startSeconds) ? 'conflict' : 'no failure');
    if (code === 'no failure') this.reference.replace(window);
    await checkKept(this.#fixture.store, this.reference, this.#clusterId, floorTo(startSeconds, DAY));
  }

  async #maintain({ policy, isInterrupted }: Extract<Step, { kind: 'maintain' }>): Promise<void> {
    const { reference } = this;
    // First what waits is compacted: a sum of the same numbers in another order may differ in its last bit.
    await this.#fixture.store.maintain(KEEP_ALL, this.#nowSeconds);
    const removedRows = reference.maintain(policy, this.#nowSeconds);
    const before = await dayFigures(this.#fixture.store, reference, this.#clusterId);
    if (isInterrupted) {
      const first = this.#fixture.store.maintain(policy, this.#nowSeconds).then(
        () => undefined,
        () => undefined,
      );
      await this.#fixture.interrupt();
      await first;
      await this.#fixture.store.maintain(policy, this.#nowSeconds);
    } else {
      const result = await this.#fixture.store.maintain(policy, this.#nowSeconds);
      expect(result.removedRows).toBe(removedRows);
    }
    expect(await dayFigures(this.#fixture.store, reference, this.#clusterId)).toBe(before);
    await checkKept(this.#fixture.store, reference, this.#clusterId);
  }

  /** A window of a time that has none yet, so that the ledger tells whether it got in. */
  async #interruptWrite(step: Extract<Step, { kind: 'interrupt' }>): Promise<void> {
    const window = this.#windowAt(step.daysBack, 5, step.part, step.rows);
    const { startSeconds } = window.entry.window;
    if (this.reference.has(startSeconds) || this.reference.isPruned(startSeconds)) return;
    const written = failureCodeOf(this.#fixture.store.replaceWindow(window, 1));
    await sleep(step.afterMilliseconds);
    await this.#fixture.interrupt();
    const code = await written;
    const range = { startSeconds, endSeconds: startSeconds + 1 };
    const ledger = await this.#fixture.store.listLedger(this.#clusterId, range);
    if (code === 'no failure') expect(ledger).toHaveLength(1);
    if (ledger.length > 0) this.reference.replace(window);
    await checkKept(this.#fixture.store, this.reference, this.#clusterId, floorTo(startSeconds, DAY));
  }

  /** Hours that 3 divides are one window each, others are cut into twelve. It has ended by now. */
  #windowAt(daysBack: number, hour: number, part: number, rows: WindowResult['rows']): WindowResult {
    const durationSeconds: WindowSeconds = hour % 3 === 0 ? 3600 : 300;
    const inDay = hour * HOUR + (durationSeconds === 300 ? part * 300 : 0);
    const today = floorTo(this.#nowSeconds, DAY) + inDay;
    const latest = today + durationSeconds <= this.#nowSeconds ? today : today - DAY;
    const own = rows.map((row) => ({ ...row, clusterId: this.#clusterId }));
    return sampleWindow(latest - daysBack * DAY, own, { durationSeconds, clusterId: this.#clusterId });
  }
}

function changed(window: WindowResult, how: 'same' | 'changed' | 'shrunken'): WindowResult {
  switch (how) {
    case 'same':
      return window;
    case 'changed':
      return withRows(
        window,
        window.rows.map((row) => ({ ...row, joules: row.joules + 1, totalCost: row.totalCost * 2 })),
      );
    case 'shrunken':
      return withRows(window, window.rows.slice(0, Math.max(1, Math.floor(window.rows.length / 2))));
  }
}

function withRows(window: WindowResult, rows: WindowResult['rows']): WindowResult {
  return { ...window, rows, entry: { ...window.entry, rowCount: rows.length } };
}
