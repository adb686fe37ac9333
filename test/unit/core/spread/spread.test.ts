import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sums } from '../../../../src/core/ports/results-store.ts';
import { type SpreadGroup, spreadGroups } from '../../../../src/core/spread/spread.ts';
import { ZERO_TOTALS } from '../../../fakes/backend/zero-sums.ts';

const { podCount: _, ...ZERO } = ZERO_TOTALS;
const sums = (joules: number, joulesIdle = 0): Sums => ({
  ...ZERO,
  joules,
  joulesIdle,
  co2eGrams: joules / 10,
  totalCost: joules / 100,
});

function group(changes: Partial<SpreadGroup> & { joules?: number; idle?: number } = {}): SpreadGroup {
  const { joules = 100, idle = 10, ...rest } = changes;
  return { pool: 'c', sums: sums(joules, idle), podCount: 1, shared: null, takes: true, ...rest };
}
const spare = (joules: number, pool = 'c') =>
  group({ pool, joules, idle: 0, podCount: 0, takes: false, shared: { sums: sums(joules), podCount: 0 } });
const system = group({ joules: 40, idle: 0, podCount: 0, takes: false });
const joulesOf = (all: (Sums | null)[]) => all.map((each) => each?.joules ?? null);

describe('spare capacity', () => {
  test('by reservation: as the groups reserve idle power', () => {
    const all = [group({ idle: 30 }), group({ idle: 10 }), system, spare(80)];
    expect(joulesOf(spreadGroups(all, 'reservation'))).toEqual([160, 120, 40, null]);
  });

  test('evenly: by pod', () => {
    const all = [group({ idle: 30, podCount: 3 }), group({ podCount: 1 }), system, spare(80)];
    expect(joulesOf(spreadGroups(all, 'even'))).toEqual([160, 120, 40, null]);
  });

  test('stays within its cluster', () => {
    const all = [group(), group({ pool: 'd' }), spare(80), spare(10, 'd')];
    expect(joulesOf(spreadGroups(all, 'even'))).toEqual([180, 110, null, null]);
  });

  test('stays where nobody is there to take it', () => {
    expect(joulesOf(spreadGroups([system, spare(80)], 'even'))).toEqual([40, 80]);
  });

  test('goes evenly where nobody reserves', () => {
    const all = [group({ idle: 0 }), group({ idle: 0, podCount: 3 }), spare(80)];
    expect(joulesOf(spreadGroups(all, 'reservation'))).toEqual([120, 160, null]);
  });
});

describe('DaemonSets', () => {
  test('of a namespace go to all, its other pods stay and take their part', () => {
    const mixed = group({ joules: 100, idle: 40, podCount: 3, shared: { sums: sums(60, 20), podCount: 2 } });
    const other = group({ joules: 100, idle: 20 });
    expect(joulesOf(spreadGroups([mixed, other], 'reservation'))).toEqual([70, 130]);
    expect(joulesOf(spreadGroups([mixed, other], 'even'))).toEqual([70, 130]);
  });

  test('a group of nothing else goes', () => {
    const own = group({ podCount: 2, takes: false, shared: { sums: sums(100, 10), podCount: 2 } });
    const emptied = group({ podCount: 2, shared: { sums: sums(100, 10), podCount: 2 } });
    expect(joulesOf(spreadGroups([own, emptied, group()], 'even'))).toEqual([null, null, 300]);
  });
});

describe('one group, or none', () => {
  test('of one pod takes everything', () => {
    for (const by of ['even', 'reservation'] as const) {
      expect(joulesOf(spreadGroups([group(), spare(80)], by))).toEqual([180, null]);
    }
  });

  test('nothing to spread leaves all as it is, and nothing gives nothing', () => {
    const all = [group({ idle: 3 }), group({ pool: 'd' }), system];
    expect(spreadGroups(all, 'even')).toEqual(all.map((each) => each.sums));
    expect(spreadGroups([], 'reservation')).toEqual([]);
  });

  test('spare capacity of no energy still has its grams and its cost to share', () => {
    const empty = spare(0);
    const dear = { ...empty, shared: { sums: { ...sums(0), totalCost: 6, co2eGrams: 4 }, podCount: 0 } };
    const costs = spreadGroups(
      [group({ idle: 30 }), group({ idle: 10 }), { ...dear, sums: dear.shared.sums }],
      'reservation',
    );
    expect(costs.map((each) => each?.totalCost ?? null)).toEqual([1 + 4.5, 1 + 1.5, null]);
    expect(costs.map((each) => each?.co2eGrams ?? null)).toEqual([10 + 3, 10 + 1, null]);
  });

  test('a worked cluster: 600 J of spare capacity and 100 J of a DaemonSet over two namespaces', () => {
    const shop = group({ joules: 400, idle: 150, podCount: 4, shared: { sums: sums(60, 30), podCount: 2 } });
    const jobs = group({ joules: 300, idle: 80, podCount: 3, shared: { sums: sums(40, 20), podCount: 2 } });
    const all = [shop, jobs, system, spare(600)];
    // By what they reserve without the daemons: 120 to 60.
    expect(joulesOf(spreadGroups(all, 'reservation'))).toEqual([
      expect.closeTo(340 + (700 * 120) / 180, 9),
      expect.closeTo(260 + (700 * 60) / 180, 9),
      40,
      null,
    ]);
    // By pods that are no daemon's: two to one.
    expect(joulesOf(spreadGroups(all, 'even'))).toEqual([
      expect.closeTo(340 + (700 * 2) / 3, 9),
      expect.closeTo(260 + 700 / 3, 9),
      40,
      null,
    ]);
  });
});

test('sums over all groups stay, figure by figure', () => {
  const anyGroup = fc
    .record({
      pool: fc.constantFrom('c', 'd'),
      joules: fc.double({ min: 0, max: 1e9, noNaN: true }),
      idle: fc.double({ min: 0, max: 1e9, noNaN: true }),
      podCount: fc.nat(20),
      kind: fc.constantFrom('pod' as const, 'spare' as const, 'system' as const),
    })
    .map(({ kind, ...rest }) => {
      if (kind === 'spare') return spare(rest.joules, rest.pool);
      return kind === 'system' ? { ...system, pool: rest.pool } : group(rest);
    });
  fc.assert(
    fc.property(
      fc.array(anyGroup, { maxLength: 20 }),
      fc.constantFrom('even' as const, 'reservation' as const),
      (all, by) => {
        const after = spreadGroups(all, by);
        for (const figure of ['joules', 'co2eGrams', 'totalCost'] as const) {
          const before = all.reduce((sum, each) => sum + each.sums[figure], 0);
          const now = after.reduce((sum, each) => sum + (each?.[figure] ?? 0), 0);
          expect(Math.abs(now - before)).toBeLessThanOrEqual(1e-9 * Math.max(1, before));
        }
      },
    ),
  );
});
