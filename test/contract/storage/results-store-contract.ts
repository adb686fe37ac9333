import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR, nodeRow, sampleRow, sampleWindow } from './sample-windows.ts';

/** Opens a new, empty store; `reopen` opens the same one again after a close. */
export interface StoreFixture {
  readonly store: ResultsStore;
  remove(): Promise<void>;
}

const ALL = { clusterIds: [] };
const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };

/** What every backend of results has to do. */
export function resultsStoreContract(name: string, open: () => Promise<StoreFixture>): void {
  describe(`${name}: totals`, () => {
    let fixture: StoreFixture;
    let store: ResultsStore;
    beforeEach(async () => {
      fixture = await open();
      store = fixture.store;
    });
    afterEach(() => fixture.remove());

    it('is zero in an empty store', async () => {
      expect(await store.totals(ALL, day)).toMatchObject({ joules: 0, podCount: 0, totalCost: 0 });
    });

    it('adds up what was written', async () => {
      const rows = [sampleRow(), sampleRow({ podName: 'cart-1' }, 2), nodeRow('system'), nodeRow('unallocated', {}, 3)];
      await store.replaceWindow(sampleWindow(NEW_YEAR + HOUR, rows), 1);
      const totals = await store.totals({ clusterIds: [CLUSTER] }, day);
      expect(totals.joules).toBeCloseTo(1000.5 * 7, 9);
      expect(totals.podCount).toBe(2);
    });
  });
}
