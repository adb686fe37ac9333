import { describe, expect, test } from 'vitest';
import { CREDIT } from '../../../../src/core/savings/credit.ts';
import { type ClusterDay, GOES_ANYWAY, jointSavings } from '../../../../src/core/savings/joint.ts';
import type { Finding } from '../../../../src/model/recommendations/recommendation.ts';
import { findingOn } from './simulated-cluster.ts';

const wide = { low: 1e9, central: 1e9, high: 1e9 };
const ENDLESS: ClusterDay = { co2eGrams: wide, embodiedGrams: wide, cost: wide };
const around = (central: number) => ({ low: central * 0.5, central, high: central * 2 });

/** A finding that promises so much by itself and so much of nodes. */
function promise(
  name: string,
  own: number,
  { credit = 0, nodes = 0, ...changes }: Partial<Finding> & { readonly credit?: number; readonly nodes?: number } = {},
): Finding {
  const base = findingOn(name, { type: 'ZOMBIE_POD', ...changes });
  const central = own + credit;
  return {
    ...base,
    savings: { ...base.savings, co2eGramsPerDay: { low: own * 0.5, central, high: central * 2 } },
    evidence: {
      ...base.evidence,
      figures: { [CREDIT.co2eGrams]: credit, [CREDIT.nodes]: nodes, ...changes.evidence?.figures },
    },
  };
}
const ofNamespace = (name: string, own: number, credit = 0) =>
  promise(name, own, {
    type: 'IDLE_NAMESPACE',
    scope: 'namespace',
    credit,
    target: { clusterId: 'c1', namespace: name, ownerKind: null, ownerName: null, node: null },
  });
const ofNode = (
  node: string | null,
  grams: number,
  figures: Readonly<Record<string, number>>,
  type: Finding['type'],
) => {
  const base = promise('', grams, {
    type,
    scope: node === null ? 'cluster' : 'node',
    target: { clusterId: 'c1', namespace: null, ownerKind: null, ownerName: null, node },
  });
  return { ...base, evidence: { ...base.evidence, figures } };
};
const grams = (findings: readonly Finding[], cluster = ENDLESS) => jointSavings(findings, cluster).co2eGramsPerDay;

describe('together', () => {
  test('findings of different workloads add up', () => {
    expect(grams([promise('a', 2), promise('b', 3)])).toEqual(around(5));
    expect(grams([])).toEqual(around(0));
  });

  test('findings of one workload add up: its plan takes nothing away twice', () => {
    expect(grams([promise('a', 2), promise('a', 3, { type: 'CARBON_AWARE_SCHEDULING' })])).toEqual(around(5));
  });

  test('a namespace and its workloads count once, whichever is more', () => {
    expect(grams([ofNamespace('shop', 4), promise('a', 2), promise('b', 1)])).toEqual(around(4));
    expect(grams([ofNamespace('shop', 4), promise('a', 2), promise('b', 3)])).toEqual(around(5));
    expect(grams([ofNamespace('other', 4), promise('a', 2)])).toEqual(around(6));
  });

  test('their shares of nodes add up beside that, from 0', () => {
    const joint = grams([ofNamespace('shop', 4, 10), promise('a', 2, { credit: 5 })]);
    expect(joint.central).toBeCloseTo(4 + 10 + 5, 9);
    expect(joint.low).toBeCloseTo(2, 9);
    expect(joint.high).toBeCloseTo(8 + 20 + 10, 9);
  });

  test('nodes are counted whole', () => {
    const thirds = ['a', 'b', 'c'].map((name) => promise(name, 0, { credit: 1, nodes: 1 / 3 }));
    expect(jointSavings(thirds, ENDLESS).nodesThatCanGo).toBe(1);
    expect(jointSavings(thirds.slice(1), ENDLESS).nodesThatCanGo).toBe(0);
    const nodes = ofNode(null, 7, { [CREDIT.nodes]: 2 }, 'CONSOLIDATE_NODES');
    expect(jointSavings([nodes, ...thirds], ENDLESS).nodesThatCanGo).toBe(3);
    expect(grams([nodes])).toEqual(around(7));
  });

  test('a smaller node in place of one that goes for others is not promised besides', () => {
    const smaller = ofNode('n1', 6, { [GOES_ANYWAY]: 1 }, 'OVERPROVISIONED_NODE');
    const rightsizing = promise('a', 0, { credit: 9, nodes: 1 });
    expect(grams([smaller])).toEqual(around(6));
    expect(grams([smaller, rightsizing]).central).toBeCloseTo(9, 9);
    const stays = ofNode('n2', 6, {}, 'OVERPROVISIONED_NODE');
    expect(grams([stays, rightsizing]).central).toBeCloseTo(15, 9);
  });

  test('they never promise more than there is', () => {
    const cluster = { ...ENDLESS, co2eGrams: { low: 2, central: 4, high: 6 } };
    expect(grams([promise('a', 100)], cluster)).toEqual({ low: 2, central: 4, high: 6 });
    expect(grams([promise('a', 3)], cluster)).toEqual({ low: 1.5, central: 3, high: 6 });
  });

  test('money and manufacture are joined as carbon is', () => {
    const base = promise('a', 0);
    const finding: Finding = {
      ...base,
      savings: {
        ...base.savings,
        costPerDay: { low: 0, central: 3, high: 4 },
        embodiedGramsPerDay: { low: 0, central: 8, high: 9 },
      },
      evidence: { ...base.evidence, figures: { [CREDIT.cost]: 3, [CREDIT.embodiedGrams]: 8 } },
    };
    const joint = jointSavings([finding, ofNamespace('shop', 0)], {
      ...ENDLESS,
      cost: { low: 1, central: 2, high: 3 },
    });
    expect(joint.costPerDay).toEqual({ low: 0, central: 2, high: 3 });
    expect(joint.embodiedGramsPerDay).toEqual({ low: 0, central: 8, high: 9 });
  });
});
