import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fineWindows, type PlanInput, planWindows, runsOf } from '../../../../src/backend/pipeline/plan-windows.ts';
import { type Window, windowEndSeconds } from '../../../../src/model/time.ts';

const HOUR = 3600;
const hour = (index: number): Window => ({ startSeconds: index * HOUR, durationSeconds: HOUR });
const fine = (index: number): Window => ({ startSeconds: index * 300, durationSeconds: 300 });
const closed = (...windows: Window[]) => windows.map((window) => ({ window }));
const plan = (input: Partial<PlanInput>) =>
  planWindows({
    range: { startSeconds: 0, endSeconds: 3 * HOUR },
    step: 'history',
    closableUntilSeconds: 100 * HOUR,
    beganAtSeconds: 100 * HOUR,
    ledger: [],
    ...input,
  });
const lengths = (windows: readonly Window[]) => windows.map((window) => window.durationSeconds);

describe('a first run', () => {
  test('takes closed hours in one and the running hour in 5-minute windows', () => {
    const { windows } = plan({ closableUntilSeconds: 2 * HOUR + 900, beganAtSeconds: 2 * HOUR + 1000 });
    expect(windows).toEqual([hour(0), hour(1), fine(24), fine(25), fine(26)]);
  });

  test('takes the parts of hours at the ends of the range in 5-minute windows', () => {
    const { windows } = plan({ range: { startSeconds: 3000, endSeconds: 2 * HOUR + 300 } });
    expect(windows).toEqual([fine(10), fine(11), hour(1), fine(24)]);
  });

  test('leaves out what is not over', () => {
    expect(plan({ closableUntilSeconds: 0 }).windows).toEqual([]);
    expect(lengths(plan({ closableUntilSeconds: HOUR - 300 }).windows)).toEqual(Array(11).fill(300));
  });
});

describe('later', () => {
  test('gaps after collection began are filled in 5-minute windows', () => {
    const { windows } = plan({ beganAtSeconds: HOUR });
    expect(windows[0]).toEqual(hour(0));
    expect(lengths(windows.slice(1))).toEqual(Array(24).fill(300));
  });

  test('an hour that was under way when collection began is no history', () => {
    expect(lengths(plan({ range: { startSeconds: 0, endSeconds: HOUR }, beganAtSeconds: HOUR - 1 }).windows)).toEqual(
      Array(12).fill(300),
    );
  });

  test('an hour with one 5-minute window gets the other eleven', () => {
    const { windows, alreadyThere } = plan({ range: { startSeconds: 0, endSeconds: HOUR }, ledger: closed(fine(3)) });
    expect(windows).toEqual(fineWindows(hour(0)).filter((window) => window.startSeconds !== 900));
    expect(alreadyThere).toBe(1);
  });

  test('an hour that a 1-hour window covers is left alone, by live reading too', () => {
    expect(plan({ step: 'live', ledger: closed(hour(0), hour(1), hour(2)) }).windows).toEqual([]);
  });

  test('live reading never takes an hour in one', () => {
    expect(new Set(lengths(plan({ step: 'live' }).windows))).toEqual(new Set([300]));
  });
});

test('runs are contiguous and of one length', () => {
  expect(runsOf([])).toEqual([]);
  expect(runsOf([hour(0), hour(1), hour(3), fine(48), fine(49), fine(51)])).toEqual([
    [hour(0), hour(1)],
    [hour(3)],
    [fine(48), fine(49)],
    [fine(51)],
  ]);
});

test('whatever is closed, a plan never overlaps it, never overlaps itself, and leaves nothing out', () => {
  const span = 6;
  // Of each hour: the parts that are closed, or `null` where a 1-hour window covers it.
  const parts = fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 11 })), { nil: null });
  const ledger = fc.array(parts, { minLength: span, maxLength: span });
  const property = fc.property(
    ledger,
    fc.integer({ min: 0, max: span * 12 }),
    fc.integer({ min: 0, max: span * 12 }),
    fc.integer({ min: 0, max: span * HOUR }),
    fc.constantFrom('history' as const, 'live' as const),
    (hours, from, length, beganAtSeconds, step) => {
      const there = hours.flatMap((each, index) => each?.map((part) => fine(index * 12 + part)) ?? [hour(index)]);
      const range = { startSeconds: from * 300, endSeconds: Math.min(span * HOUR, (from + length) * 300) };
      const { windows } = plan({ range, step, beganAtSeconds, ledger: closed(...there) });
      const covered = new Map<number, number>();
      for (const window of [...there, ...windows]) {
        for (let slot = window.startSeconds; slot < windowEndSeconds(window); slot += 300)
          covered.set(slot, (covered.get(slot) ?? 0) + 1);
      }
      expect([...covered.values()].every((count) => count === 1)).toBe(true);
      for (let slot = range.startSeconds; slot < range.endSeconds; slot += 300) expect(covered.get(slot)).toBe(1);
      for (const window of windows) {
        expect(window.startSeconds).toBeGreaterThanOrEqual(range.startSeconds);
        expect(windowEndSeconds(window)).toBeLessThanOrEqual(range.endSeconds);
        if (window.durationSeconds === HOUR) expect(windowEndSeconds(window)).toBeLessThanOrEqual(beganAtSeconds);
      }
    },
  );
  fc.assert(property, { numRuns: 300 });
});
