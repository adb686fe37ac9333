import { describe, expect, it } from 'vitest';
import { pointKind } from '../../../../src/renderer/charts/groups.ts';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { coloursOf, shapeStack } from '../../../../src/renderer/charts/stack.ts';
import { filterOfKey } from '../../../../src/renderer/figures/group-filter.ts';
import { trendsByGroup } from '../../../../src/renderer/figures/trends.ts';
import { hourly, NO_PARTS } from './wire.ts';

/** Two workloads called api, in two namespaces, as the backend names them. */
const answer = hourly([
  { 'shop/Deployment/api': 30, 'search/Deployment/api': 20, 'shop/Deployment/cart': 10 },
  { 'shop/Deployment/api': 5, 'search/Deployment/api': 40 },
]);
answer.timeseries = answer.timeseries.map((each) => ({ ...each, group_label: each.group?.split('/').at(-1) ?? '' }));
const data = shapeStack(answer, MEASURES.carbon);

describe('two workloads of one name', () => {
  it('are two layers of the stack with their own values', () => {
    expect(data.series.map((series) => [series.key, series.values])).toEqual([
      ['search/Deployment/api', [20, 40]],
      ['shop/Deployment/api', [30, 5]],
      ['shop/Deployment/cart', [10, 0]],
    ]);
  });

  it('are told apart by their namespace; a name that stands alone stays as it is', () => {
    expect(data.series.map((series) => series.label)).toEqual(['api (search)', 'api (shop)', 'cart']);
  });

  it('have two colours, by the keys that rows of a table have', () => {
    const colours = coloursOf(data);
    expect(colours.get('search/Deployment/api')?.colour).toBe('var(--series-1)');
    expect(colours.get('shop/Deployment/api')?.colour).toBe('var(--series-2)');
    expect(colours.get('Deployment/api')).toBeUndefined();
  });

  it('have two trends', () => {
    const trends = trendsByGroup(answer, MEASURES.carbon);
    expect(trends.get('shop/Deployment/api')).toEqual([30, 5]);
    expect(trends.get('search/Deployment/api')).toEqual([20, 40]);
    expect(trends.get('shop/Deployment/cart')).toEqual([10, 0]);
  });

  it('keep their sum, which is the total', () => {
    expect(data.total).toBeCloseTo(105, 9);
    const layers = data.series.flatMap((series) => series.values).reduce<number>((sum, each) => sum + (each ?? 0), 0);
    expect(layers).toBeCloseTo(data.total, 9);
  });
});

describe('rows of machines in keys', () => {
  it('are one layer each, whatever stands before or after their name', () => {
    const machines = hourly([
      { a: 1, '__system__/node/n1': 4, '__system__/node/n2': 5, 'c1/__unallocated__/node/n1': 6, __unallocated__: 1 },
    ]);
    const stack = shapeStack(machines, MEASURES.carbon);
    expect(stack.series.map((series) => [series.label, Math.round(series.values[0] ?? 0)])).toEqual([
      ['a', 1],
      ['System', 9],
      ['Unallocated', 7],
    ]);
  });

  it('are not the pods of a namespace that is called node', () => {
    const pod = { ...NO_PARTS, dynamic_joules: 5, idle_joules: 3 };
    expect(pointKind('node/api-0', pod)).toBe('named');
    expect(pointKind('node/n1', { ...NO_PARTS, system_joules: 5 })).toBe('system');
    expect(pointKind('node/n1', { ...NO_PARTS, unallocated_joules: 5 })).toBe('unallocated');
    expect(pointKind('c1/node/n1', { ...NO_PARTS, unallocated_joules: 5 })).toBe('unallocated');
    expect(pointKind('__system__/node/n1', NO_PARTS)).toBe('system');
  });
});

describe('filterOfKey', () => {
  it.each([
    ['search', 'namespace', null, 'search'],
    ['c1/search', 'namespace', null, 'search'],
    ['c1/__system__', 'namespace', null, '__system__'],
    ['Deployment/api', 'workload', null, 'Deployment/api'],
    ['shop/Deployment/api', 'workload', 'shop', 'Deployment/api'],
    ['c1/shop/Deployment/api', 'workload', 'shop', 'Deployment/api'],
    ['api-0', 'pod', null, 'api-0'],
    ['shop/api-0', 'pod', 'shop', 'api-0'],
    ['c1/shop/api-0', 'pod', 'shop', 'api-0'],
    ['__system__/node/n1', 'pod', '__system__', 'node/n1'],
    ['n1', 'node', null, 'n1'],
    ['c1/n1', 'node', null, 'n1'],
    ['a/b', 'team', null, 'a/b'],
  ] as const)('%s by %s is %s and %s', (key, by, namespace, value) => {
    expect(filterOfKey(key, by)).toEqual({ namespace, value });
  });
});
