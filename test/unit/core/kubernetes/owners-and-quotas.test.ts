import { describe, expect, test } from 'vitest';
import { DEFAULT_OWNER_LABELS, inheritedOwners, ownersOf } from '../../../../src/core/kubernetes/owner-labels.ts';
import { tightestLimits } from '../../../../src/core/kubernetes/quotas.ts';

describe('who owns an object', () => {
  test.each<[Record<string, string>, string | null, string | null]>([
    [{ team: 'a' }, 'a', null],
    [{ 'app.kubernetes.io/team': 'b', squad: 'c' }, 'b', null],
    [{ squad: 'c', 'app.kubernetes.io/team': '' }, 'c', null],
    [{ costCenter: '4', cost_center: '3', 'app.kubernetes.io/cost-center': '2' }, null, '2'],
    [{ costCenter: '4', cost_center: '3' }, null, '3'],
    [{ costCenter: '4' }, null, '4'],
    // An application, another spelling and a blank are no owners.
    [{ 'app.kubernetes.io/part-of': 'shop', Team: 'a', costcenter: '1', team: '' }, null, null],
    [{ team: ' a ', 'cost-center': '0' }, ' a ', '0'],
  ])('%j: team %s, cost center %s', (labels, team, costCenter) => {
    expect(ownersOf(labels, DEFAULT_OWNER_LABELS)).toEqual({ team, costCenter });
  });

  test('is read by the person’s own labels alone where they chose some', () => {
    const keys = { team: ['org.example/owner'], costCenter: ['billing', 'cost-center'] };
    const labels = { team: 'a', 'org.example/owner': 'b', 'cost-center': '2', billing: '1' };
    expect(ownersOf(labels, keys)).toEqual({ team: 'b', costCenter: '1' });
    expect(ownersOf({ team: 'a' }, keys)).toEqual({ team: null, costCenter: null });
  });
});

describe('what a pod inherits', () => {
  const namespace = { team: 'n', costCenter: '1' };

  test.each([
    [{ team: null, costCenter: null }, namespace, { team: 'n', costCenter: '1' }],
    [{ team: 'own', costCenter: null }, namespace, { team: 'own', costCenter: '1' }],
    [{ team: null, costCenter: '2' }, namespace, { team: 'n', costCenter: '2' }],
    [{ team: 'own', costCenter: '2' }, namespace, { team: 'own', costCenter: '2' }],
    [{ team: null, costCenter: '2' }, undefined, { team: null, costCenter: '2' }],
    [
      { team: null, costCenter: null },
      { team: null, costCenter: '1' },
      { team: null, costCenter: '1' },
    ],
  ])('%j in a namespace of %j', (own, of, expected) => {
    expect(inheritedOwners(own, of)).toEqual(expected);
  });
});

describe('several quotas of a namespace', () => {
  const compute = { cpuLimitMillicores: 8000, memoryLimitBytes: 2 ** 34, podLimit: null };
  const objects = { cpuLimitMillicores: null, memoryLimitBytes: null, podLimit: 50 };
  const tight = { cpuLimitMillicores: 500, memoryLimitBytes: 2 ** 35, podLimit: 49 };

  test.each([
    [[compute], compute],
    [[compute, objects], { ...compute, podLimit: 50 }],
    // Each limit for itself: no one quota has all three.
    [[compute, objects, tight], { cpuLimitMillicores: 500, memoryLimitBytes: 2 ** 34, podLimit: 49 }],
    [[compute, { ...objects, cpuLimitMillicores: 0 }], { ...compute, cpuLimitMillicores: 0, podLimit: 50 }],
  ])('%j', (quotas, limits) => {
    expect(tightestLimits(quotas)).toEqual(limits);
    expect(tightestLimits(quotas.toReversed())).toEqual(limits);
  });
});
