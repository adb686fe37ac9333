import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { ResultsStore, Totals } from '../../../src/core/ports/results-store.ts';
import type { Failure, FailureCode } from '../../../src/model/failure.ts';
import { worstDifference } from './reference.ts';

/** A new, empty store of one backend; `remove` closes it and deletes what it left. */
export interface StoreFixture {
  /** Another one after `interrupt`. */
  readonly store: ResultsStore;
  /** Everything that is stored, as text that is the same if and only if the content is. */
  dump(): Promise<string>;
  /** A second door to the same data, as another process has it; the caller closes it. */
  openAnother(): Promise<ResultsStore>;
  /** Cuts off whatever the store is doing and opens it anew on the same data. */
  interrupt(): Promise<void>;
  /** Changes one figure of an hour's roll-up of a cluster behind the store's back. */
  tamper(clusterId: string): Promise<void>;
  remove(): Promise<void>;
}

export type OpenStore = () => Promise<StoreFixture>;

/** Opens a store before each test of the block (or once for all of them) and removes it after. */
export function useStore(open: OpenStore, often: 'each test' | 'once' = 'each test'): { current(): StoreFixture } {
  let fixture: StoreFixture | undefined;
  const [before, after] = often === 'once' ? [beforeAll, afterAll] : [beforeEach, afterEach];
  before(async () => {
    fixture = await open();
  });
  after(async () => {
    await fixture?.remove();
    fixture = undefined;
  });
  return {
    current() {
      if (fixture === undefined) throw new Error('the store is there in tests only');
      return fixture;
    },
  };
}

export function expectSame(actual: Totals, expected: Totals, tolerance = 1e-12): void {
  const worst = worstDifference(actual, expected);
  expect(worst, `${worst.field}`).toSatisfy(({ relative }: { relative: number }) => relative <= tolerance);
}

/** The code of the failure that a promise ends with. */
export async function failureCodeOf(work: Promise<unknown>): Promise<FailureCode | 'no failure'> {
  return work.then(
    () => 'no failure' as const,
    (error: Failure) => error.code,
  );
}
