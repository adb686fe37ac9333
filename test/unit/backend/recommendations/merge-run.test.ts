import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ignored, unignored } from '../../../../src/backend/recommendations/by-hand.ts';
import { mergeRun, ROLLOUT_SECONDS, type RunContext } from '../../../../src/backend/recommendations/merge-run.ts';
import type { Recommendation } from '../../../../src/model/recommendations/recommendation.ts';
import { applied, DAY, finding, item, NOW } from './samples.ts';

function context(change: Partial<RunContext> = {}): RunContext {
  return { now: NOW, canTell: () => true, standingOf: () => 'open', ...change };
}

describe('what is new or found again', () => {
  it('opens what was never seen, with the first line of its history', () => {
    const { items, changes } = mergeRun([], [finding()], context());
    expect(items).toMatchObject([{ id: 'r1', status: 'active', foundAtSeconds: NOW, lastSeenAtSeconds: NOW }]);
    expect(changes).toEqual([
      { recommendationId: 'r1', clusterId: 'c1', atSeconds: NOW, status: 'active', reason: null, actual: null },
    ]);
  });

  it('keeps the life of what it knows, and moves its last change only with its values', () => {
    const stored = item();
    const same = mergeRun([stored], [finding()], context());
    expect(same.items).toEqual([{ ...stored, lastSeenAtSeconds: NOW }]);
    expect(same.changes).toEqual([]);
    const other = mergeRun([stored], [finding({ recommended: { cpu_request: 500 } })], context()).items[0];
    expect(other).toMatchObject({
      foundAtSeconds: NOW - DAY,
      updatedAtSeconds: NOW,
      recommended: { cpu_request: 500 },
    });
  });

  it('does not take another order of the same values for a change', () => {
    const stored = item({ current: { cpu_request: 1, memory_request: 2 } });
    const again = finding({ current: { memory_request: 2, cpu_request: 1 } });
    expect(mergeRun([stored], [again], context()).items[0]?.updatedAtSeconds).toBe(stored.updatedAtSeconds);
  });

  it('makes stale what is found no more, and opens it when it is found again', () => {
    const gone = mergeRun([item()], [], context());
    expect(gone.items[0]).toMatchObject({ status: 'stale', lastSeenAtSeconds: NOW - DAY });
    expect(gone.changes[0]).toMatchObject({ status: 'stale' });
    const [stale] = gone.items;
    if (stale === undefined) throw new Error('nothing became stale');
    expect(mergeRun([stale], [], context()).items).toEqual([]);
    const again = mergeRun([stale], [finding()], context({ now: NOW + DAY }));
    expect(again.items[0]).toMatchObject({ status: 'active', foundAtSeconds: NOW - DAY });
    expect(again.changes[0]).toMatchObject({ status: 'active', reason: 'Found again' });
  });

  it('makes nothing stale by a run that could not have found it', () => {
    expect(mergeRun([item()], [], context({ canTell: () => false }))).toEqual({ items: [], changes: [] });
  });

  it('lets each finding count once', () => {
    expect(mergeRun([], [finding(), finding({ title: 'again' })], context()).items).toHaveLength(1);
  });
});

describe('what is ignored', () => {
  const forEver = item({ status: 'ignored', ignoreReason: 'needed at night' });

  it('stays so for ever, found or not', () => {
    const found = mergeRun([forEver], [finding({ title: 'other' })], context({ now: NOW + 4000 * DAY }));
    expect(found.items[0]).toMatchObject({ status: 'ignored', ignoreReason: 'needed at night', title: 'other' });
    expect(found.changes).toEqual([]);
    expect(mergeRun([forEver], [], context())).toEqual({ items: [], changes: [] });
  });

  it('comes back on its day and not before, and only where it is still found', () => {
    const until = NOW + 10 * DAY;
    const stored = item({ status: 'ignored', ignoredUntilSeconds: until });
    const before = mergeRun([stored], [finding()], context({ now: until - 1 }));
    expect(before.items[0]?.status).toBe('ignored');
    const after = mergeRun([stored], [finding()], context({ now: until }));
    expect(after.items[0]).toMatchObject({ status: 'active', ignoredUntilSeconds: null, ignoreReason: null });
    expect(mergeRun([stored], [], context({ now: until })).items[0]?.status).toBe('stale');
    expect(mergeRun([stored], [], context({ now: until, canTell: () => false })).items).toEqual([]);
  });

  it('never returns early, whatever runs come', () => {
    const runs = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 20 * DAY }),
        found: fc.boolean(),
        canTell: fc.boolean(),
        standing: fc.constantFrom('applied', 'open', 'unknown'),
        title: fc.constantFrom('a', 'b'),
      }),
      { maxLength: 12 },
    );
    const until = fc.option(fc.integer({ min: 1, max: 60 * DAY }), { nil: null });
    fc.assert(
      fc.property(until, runs, (days, steps) => {
        const untilSeconds = days === null ? null : NOW + days;
        let stored: Recommendation = ignored(item(), 'no', untilSeconds, NOW).item;
        let now = NOW;
        for (const step of steps) {
          now += step.after;
          const found = step.found ? [finding({ title: step.title })] : [];
          const asked = context({ now, canTell: () => step.canTell, standingOf: () => step.standing });
          stored = mergeRun([stored], found, asked).items[0] ?? stored;
          if (untilSeconds === null || now < untilSeconds) expect(stored.status).toBe('ignored');
          if (stored.status !== 'ignored') return;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('opens when the person says so', () => {
    expect(unignored(forEver, NOW).item).toMatchObject({ status: 'active', ignoreReason: null });
  });
});

describe('what is applied', () => {
  it('is seen by the spec, whether it is still found or not', () => {
    for (const found of [[], [finding()]]) {
      const merged = mergeRun([item()], found, context({ standingOf: () => 'applied' }));
      expect(merged.items[0]).toMatchObject({ status: 'applied', appliedBy: 'watched', appliedAtSeconds: NOW });
      expect(merged.changes[0]?.status).toBe('applied');
    }
  });

  it.each(['applied', 'verified', 'regressed'] as const)('%s never opens again while the change is there', (status) => {
    const stored = applied({ status });
    for (const standing of ['applied', 'unknown'] as const) {
      const merged = mergeRun([stored], [finding({ title: 'other' })], context({ standingOf: () => standing }));
      expect(merged).toEqual({ items: [], changes: [] });
    }
  });

  it('regresses when the change is undone, and opens only then', () => {
    const undone = mergeRun([applied()], [finding()], context({ now: NOW + DAY }));
    expect(undone.items[0]).toMatchObject({ status: 'regressed', appliedAtSeconds: NOW });
    expect(undone.changes[0]).toMatchObject({ reason: 'The change was undone' });
    const [regressed] = undone.items;
    if (regressed === undefined) throw new Error('nothing regressed');
    expect(mergeRun([regressed], [], context({ now: NOW + DAY })).items).toEqual([]);
    const again = mergeRun([regressed], [finding()], context({ now: NOW + 2 * DAY }));
    expect(again.items[0]).toMatchObject({ status: 'active', appliedAtSeconds: null, appliedBy: null });
  });

  it('gives a rollout that a person speaks of a day before the spec is asked', () => {
    const stored = applied({ appliedBy: 'person' });
    expect(mergeRun([stored], [], context({ now: NOW + ROLLOUT_SECONDS - 1 })).items).toEqual([]);
    expect(mergeRun([stored], [], context({ now: NOW + ROLLOUT_SECONDS })).items[0]?.status).toBe('regressed');
  });
});
