import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import { openStore } from '../../../src/backend/store/open-store.ts';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { StoreSettings } from '../../../src/core/ports/store-settings.ts';
import { ReferenceStore } from '../../contract/storage/reference.ts';
import { DAY } from '../../contract/storage/sample-windows.ts';
import { expectSame } from '../../contract/storage/store-fixture.ts';
import {
  afterWindow,
  BY_DAY,
  EVERYTHING,
  IN_A_ROW,
  numberedWindow,
  OF_CLUSTER,
  POLICY,
  startOf,
  storedNumbers,
  sumsOnly,
} from './numbered-windows.ts';
import type { TargetKind } from './targets.ts';

/** Spread over all stages of the work without a random seed. */
const fractionOf = (round: number): number => ((round * 37 + 11) % 101) / 101;

/** A writer is killed again and again: every window that it said is there, at most one more, each once. */
export async function killWriting(kind: TargetKind, rounds: number): Promise<void> {
  await withTarget(kind, async (settings) => {
    let stored = 0;
    for (let round = 0; round < rounds; round += 1) {
      // From the last one on, which may have been killed between its two drafts.
      const first = Math.max(0, stored - 1);
      const said = Math.max(stored - 1, await workAndKill(settings, 'write', first, 250 * fractionOf(round)));
      stored = await withStore(settings, async (store) => {
        const count = await storedNumbers(store, IN_A_ROW);
        expect(count).toBeGreaterThanOrEqual(said + 1);
        expect(count).toBeLessThanOrEqual(said + 2);
        await expectWindows(store, count);
        return count;
      });
    }
  });
}

/** A maintenance is killed again and again: no day loses its sums, and the next maintenance ends the work. */
export async function killMaintaining(kind: TargetKind, rounds: number): Promise<void> {
  await withTarget(kind, async (settings) => {
    let stored = 0;
    for (let round = 0; round < rounds; round += 1) {
      const said = await workAndKill(settings, 'maintain', stored, 400 * fractionOf(round));
      stored = await withStore(settings, async (store) => {
        const count = await storedNumbers(store, BY_DAY);
        expect(count).toBeGreaterThanOrEqual(said + 1);
        expect(count).toBeLessThanOrEqual(said + 2);
        const reference = new ReferenceStore();
        for (let index = 0; index < count; index += 1) reference.replace(numberedWindow(index, BY_DAY));
        const expected = sumsOnly(reference.totals(OF_CLUSTER, EVERYTHING));
        expectSame(sumsOnly(await store.totals(OF_CLUSTER, EVERYTHING)), expected);
        expect(await store.verify()).toEqual([]);
        await store.maintain(POLICY, afterWindow(count - 1, BY_DAY));
        expectSame(sumsOnly(await store.totals(OF_CLUSTER, EVERYTHING)), expected);
        const old = { ...EVERYTHING, endSeconds: startOf(count - 1, BY_DAY) - POLICY.rawDays * DAY };
        expect(await rowsIn(store, old)).toBe(0);
        expect(await rowsIn(store, EVERYTHING)).toBe(Math.min(count, POLICY.rawDays + 1) * (BY_DAY.pods + 1));
        expect(await store.verify()).toEqual([]);
        return count;
      });
    }
  });
}

/** The first opening, which makes all there is, is killed at some point of it: the next one ends the work. */
export async function killOpening(kind: TargetKind, rounds: number): Promise<void> {
  let milliseconds = 0;
  await withTarget(kind, async (settings) => {
    milliseconds = await openUndisturbed(settings);
  });
  for (let round = 0; round < rounds; round += 1) {
    await withTarget(kind, async (settings) => {
      await workAndKill(settings, 'open', 0, milliseconds * fractionOf(round));
      await withStore(settings, async (store) => {
        await store.replaceWindow(numberedWindow(0, IN_A_ROW, { draft: 1 }), 1);
        expect(await storedNumbers(store, IN_A_ROW)).toBe(1);
        await expectWindows(store, 1);
      });
    });
  }
}

/** The windows so far; the last one may be as it was first or second written. */
async function expectWindows(store: ResultsStore, count: number): Promise<void> {
  expect(await rowsIn(store, EVERYTHING)).toBe(Math.min(10_000, count * (IN_A_ROW.pods + 1)));
  expect(await store.verify()).toEqual([]);
  if (count === 0) return;
  const draftOf = (index: number): number => (index % 3 === 0 ? 1 : 0);
  const last = startOf(count - 1, IN_A_ROW);
  const before = new ReferenceStore();
  for (let index = 0; index < count - 1; index += 1) {
    before.replace(numberedWindow(index, IN_A_ROW, { draft: draftOf(index) }));
  }
  const earlier = { ...EVERYTHING, endSeconds: last };
  if (count > 1) expectSame(await store.totals(OF_CLUSTER, earlier), before.totals(OF_CLUSTER, earlier));
  const range = { startSeconds: last, endSeconds: last + IN_A_ROW.stepSeconds };
  const { joules } = await store.totals(OF_CLUSTER, range);
  const drafts = [...new Set([0, draftOf(count - 1)])].map((draft) => {
    const reference = new ReferenceStore();
    reference.replace(numberedWindow(count - 1, IN_A_ROW, { draft }));
    return reference.totals(OF_CLUSTER, range).joules;
  });
  expect(Math.min(...drafts.map((draft) => Math.abs(draft - joules) / draft))).toBeLessThanOrEqual(1e-12);
}

async function rowsIn(store: ResultsStore, range: typeof EVERYTHING): Promise<number> {
  return (await store.rows({ filter: OF_CLUSTER, podPattern: null, range, limit: 1, offset: 0 })).total;
}

async function withTarget(kind: TargetKind, use: (settings: StoreSettings) => Promise<void>): Promise<void> {
  const target = await kind.make();
  try {
    await use(target.settings);
  } finally {
    await target.remove();
  }
}

async function withStore<T>(settings: StoreSettings, use: (store: ResultsStore) => Promise<T>): Promise<T> {
  const store = await openStore(settings);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

type Work = 'write' | 'maintain' | 'open';

function startChild(settings: StoreSettings, work: Work, first: number) {
  const script = resolve(import.meta.dirname, 'store-child.ts');
  const args = [script, JSON.stringify(settings), work, String(first)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Kills the child that long after it began its work; the number of the last window that it said, or of the one before. */
async function workAndKill(
  settings: StoreSettings,
  work: Work,
  first: number,
  afterMilliseconds: number,
): Promise<number> {
  const child = startChild(settings, work, first);
  const exited = once(child, 'exit');
  let said = first - 1;
  let isSet = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const number = Number.parseInt(line, 10);
    if (Number.isFinite(number)) said = number;
    if (isSet || (work !== 'open' && line === 'opening')) continue;
    isSet = true;
    setTimeout(() => child.kill('SIGKILL'), afterMilliseconds);
  }
  await exited;
  return said;
}

async function openUndisturbed(settings: StoreSettings): Promise<number> {
  const child = startChild(settings, 'open', 0);
  const exited = once(child, 'exit');
  let began = 0;
  let milliseconds = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'opening') began = performance.now();
    if (line === 'open') milliseconds = performance.now() - began;
  }
  await exited;
  return milliseconds;
}
