import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedDaysAfter, daysBefore } from '../../../../src/backend/recommendations/days.ts';
import { savingsDays } from '../../../../src/backend/recommendations/ledger.ts';
import { measuredBy, type Peer, shareOn } from '../../../../src/backend/recommendations/shares.ts';
import { verify } from '../../../../src/backend/recommendations/verify.ts';
import { applied, DAY, day, flat, item, NOW, range, savings } from './samples.ts';

const TOMORROW = NOW + DAY;
const peer = (id: string, cost: number, change: Partial<Peer> = {}): Peer => ({
  ...applied({ id, savings: savings({ costPerDay: flat(cost), co2eGramsPerDay: flat(cost) }) }),
  ...change,
});

describe('what is measured', () => {
  it('is a workload, a namespace, or the cluster where nodes change', () => {
    expect(measuredBy(item())).toEqual({ clusterIds: ['c1'], namespace: 'shop', workload: 'Deployment/cart' });
    const target = { ...item().target, ownerKind: null, ownerName: null };
    expect(measuredBy({ type: 'IDLE_NAMESPACE', scope: 'namespace', target })).toEqual({
      clusterIds: ['c1'],
      namespace: 'shop',
    });
    const node = { ...target, namespace: null, node: 'n1' };
    expect(measuredBy({ type: 'UNDERUTILIZED_NODE', scope: 'node', target: node })).toEqual({ clusterIds: ['c1'] });
  });
});

describe('the share of one', () => {
  it('is all of it where nothing else is in force at the same thing', () => {
    const [cpu, memory] = [peer('a', 3), peer('b', 1)];
    const elsewhere = peer('c', 1, { target: { ...item().target, ownerName: 'other' } });
    const later = { ...memory, appliedAtSeconds: TOMORROW };
    expect(shareOn(cpu, [cpu, elsewhere, later], TOMORROW)).toEqual({ co2eGrams: 1, cost: 1 });
    expect(shareOn(cpu, [cpu, { ...later, appliedAtSeconds: null }], TOMORROW)).toEqual({ co2eGrams: 1, cost: 1 });
  });

  it('follows what each promised, and is alike where nothing was', () => {
    const [cpu, memory] = [peer('a', 3), peer('b', 1)];
    expect(shareOn(cpu, [cpu, memory], TOMORROW).cost).toBe(0.75);
    expect(shareOn(memory, [cpu, memory], TOMORROW).cost).toBe(0.25);
    const [none, nil] = [peer('a', 0), peer('b', -1)];
    expect(shareOn(none, [none, nil], TOMORROW)).toEqual({ co2eGrams: 0.5, cost: 0.5 });
  });

  it('of energy is only of what stops any', () => {
    const zombie = peer('z', 1, { type: 'ZOMBIE_POD' });
    expect(shareOn(zombie, [zombie, peer('a', 3)], TOMORROW)).toEqual({ co2eGrams: 1, cost: 0.25 });
  });

  it('adds up to the whole over all that are in force', () => {
    const promised = fc.array(fc.integer({ min: -2, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(promised, (costs) => {
        const peers = costs.map((cost, index) => peer(`r${index}`, cost));
        const sum = peers.reduce((total, each) => total + shareOn(each, peers, TOMORROW).cost, 0);
        expect(sum).toBeCloseTo(1);
      }),
    );
  });
});

it('CPU and memory of one workload, applied together, save what it costs less once', () => {
  const both = [
    applied({ id: 'cpu', savings: savings({ costPerDay: range(2, 3, 4) }) }),
    applied({ id: 'memory', type: 'RIGHTSIZING_MEMORY', savings: savings({ costPerDay: range(0.5, 1, 1.5) }) }),
  ];
  const closed = closedDaysAfter(NOW, NOW + 8 * DAY);
  const measured = new Map([
    ...daysBefore(NOW).map((start) => [start, day({ totalCost: 10 })] as const),
    ...closed.map((start) => [start, day({ totalCost: 6 })] as const),
  ]);
  const days = both.flatMap((each) => savingsDays(each, closed, measured, both));
  const money = days.reduce((sum, each) => sum + (each.measuredCost ?? 0), 0);
  expect(money).toBeCloseTo(4 * closed.length);
  const verified = both.map((each) => verify(each, measured, NOW + 8 * DAY, both));
  expect(verified.map((each) => each?.costSavedPerDay.central)).toEqual([3, 1]);
  expect(verified.map((each) => each?.outcome)).toEqual(['within', 'within']);
  expect(verified[0]?.note).toContain('shared out by what each promised');
});
