import { describe, expect, test } from 'vitest';
import { assumeSize, describeNode, unknownNode } from '../../../../src/core/attribution/node-description.ts';
import { existedSeconds } from '../../../../src/core/attribution/node-lifetime.ts';
import { HOUR, NOON, nodeOf, nodeUsageOf, podFactsOf } from '../builders.ts';

describe('the description of a node', () => {
  test('of which nothing is known says so in every field', () => {
    expect(describeNode('ghost', null, null)).toEqual(unknownNode('ghost'));
    expect(unknownNode('ghost')).toMatchObject({
      provider: 'unknown',
      cpuCapacityMillicores: 0,
      createdAtSeconds: null,
    });
  });

  test('takes allocatable for a capacity that is missing, and the other way round', () => {
    const allocatable = { cpuAllocatableMillicores: 3900, memoryAllocatableBytes: 15e9 };
    expect(describeNode('n', null, nodeUsageOf({ described: allocatable }))).toMatchObject({
      cpuCapacityMillicores: 3900,
      memoryCapacityBytes: 15e9,
      ...allocatable,
    });
    const capacity = { cpuCapacityMillicores: 4000, memoryCapacityBytes: 16e9 };
    expect(describeNode('n', null, nodeUsageOf({ described: capacity }))).toMatchObject({
      cpuAllocatableMillicores: 4000,
      memoryAllocatableBytes: 16e9,
    });
  });

  test('keeps its name whatever the answers say', () => {
    expect(describeNode('n', nodeOf({ name: 'other' }), null).name).toBe('n');
  });
});

describe('the size of a node that nobody knows', () => {
  test('is what its pods reserve, in whole cores', () => {
    const pods = [
      podFactsOf({ cpuRequestMillicores: 700, memoryRequestBytes: 2e9, memoryBytes: 3e9 }),
      podFactsOf({ cpuRequestMillicores: 600, memoryRequestBytes: 4e9, memoryBytes: 1e9 }),
    ];
    expect(assumeSize(unknownNode('n'), pods, 0, 3600)).toMatchObject({
      cpuCapacityMillicores: 2000,
      memoryCapacityBytes: 7e9,
      memoryAllocatableBytes: 7e9,
    });
  });

  test('is at least one core', () => {
    expect(assumeSize(unknownNode('n'), [], null, 3600).cpuCapacityMillicores).toBe(1000);
    expect(assumeSize(unknownNode('n'), [], 10, 0).cpuCapacityMillicores).toBe(1000);
  });

  test('leaves alone what is known', () => {
    const node = { ...unknownNode('n'), cpuCapacityMillicores: 8000 };
    expect(assumeSize(node, [podFactsOf()], 0, 3600)).toMatchObject({
      cpuCapacityMillicores: 8000,
      memoryCapacityBytes: 4e9,
    });
  });
});

describe('the time that a node existed', () => {
  test.each([
    ['an old node of the pod list', nodeOf(), nodeUsageOf({ coveredSeconds: 10 }), true, 3600],
    ['a node that joined', nodeOf({ createdAtSeconds: NOON + 3000 }), null, true, 600],
    ['a node that joined at the start', nodeOf({ createdAtSeconds: NOON }), null, true, 3600],
    ['a node that is gone', nodeOf(), nodeUsageOf({ coveredSeconds: 1800 }), false, 1800],
    ['a node that is gone, without CPU', nodeOf(), nodeUsageOf({ cpuSeconds: null, coveredSeconds: 1 }), false, 3600],
    ['a node that only pods name', unknownNode('n'), null, false, 3600],
  ] as const)('%s', (_, node, usage, isKnown, expected) => {
    expect(existedSeconds(node, usage, isKnown, HOUR, 3600)).toBe(expected);
  });

  test('is compared with what the others covered in a window with a hole', () => {
    expect(existedSeconds(nodeOf(), nodeUsageOf({ coveredSeconds: 2400 }), false, HOUR, 2400)).toBe(3600);
    expect(existedSeconds(nodeOf(), nodeUsageOf({ coveredSeconds: 1200 }), false, HOUR, 2400)).toBe(1800);
    expect(existedSeconds(nodeOf(), nodeUsageOf({ coveredSeconds: 0 }), false, HOUR, 0)).toBe(3600);
  });
});
