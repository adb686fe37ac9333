import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributeNode, type NodeToAttribute } from '../../../../src/core/attribution/attribute-node.ts';
import { normaliseShares, reservationShare } from '../../../../src/core/attribution/reservation-share.ts';

describe('the reservation share', () => {
  const node = { cpu: 4, memory: 16 };

  test('is half CPU, half memory', () => {
    expect(reservationShare({ cpuRequest: 2, cpuUse: 0, memoryRequest: 4, memoryUse: 0 }, node)).toBe(0.375);
  });

  test('takes the larger of request and use of each', () => {
    expect(reservationShare({ cpuRequest: 1, cpuUse: 2, memoryRequest: 8, memoryUse: 4 }, node)).toBe(0.5);
  });

  test('of a pod without requests goes by use', () => {
    expect(reservationShare({ cpuRequest: 0, cpuUse: 1, memoryRequest: 0, memoryUse: 0 }, node)).toBe(0.125);
  });

  test('leaves out what the node has none of', () => {
    const pod = { cpuRequest: 2, cpuUse: 0, memoryRequest: 4, memoryUse: 0 };
    expect(reservationShare(pod, { cpu: 4, memory: 0 })).toBe(0.25);
    expect(reservationShare(pod, { cpu: 0, memory: 0 })).toBe(0);
  });
});

describe('shares', () => {
  test('below 1 stay as they are', () => {
    expect(normaliseShares([0.25, 0.5])).toEqual([0.25, 0.5]);
  });

  test('above 1 are divided by their sum', () => {
    expect(normaliseShares([1, 3])).toEqual([0.25, 0.75]);
  });

  test('of nobody are nothing', () => {
    expect(normaliseShares([])).toEqual([]);
  });
});

describe('a node', () => {
  test('gives dynamic energy by use and idle energy by reservation', () => {
    const parts = attributeNode({
      dynamic: 100,
      idle: 50,
      nodeCpu: 5,
      pods: [
        { cpu: 3, share: 0.2 },
        { cpu: 1, share: 0.4 },
      ],
    });
    expect(parts.pods[0]).toEqual({ dynamic: 60, idle: 10, share: 0.2 });
    expect(parts.pods[1]).toEqual({ dynamic: 20, idle: 20, share: 0.4 });
    expect(parts.system).toBeCloseTo(20, 12);
    expect(parts.systemCpu).toBe(1);
    expect(parts.unallocated).toBeCloseTo(20, 12);
    expect(parts.unallocatedShare).toBeCloseTo(0.4, 12);
  });

  test('whose pods used more than it reported has no system part', () => {
    const parts = attributeNode({
      dynamic: 100,
      idle: 0,
      nodeCpu: 2,
      pods: [
        { cpu: 3, share: 0 },
        { cpu: 1, share: 0 },
      ],
    });
    expect(parts.pods.map((pod) => pod.dynamic)).toEqual([75, 25]);
    expect(parts.system).toBe(0);
    expect(parts.systemCpu).toBe(0);
  });

  test('of which only the pods are known has no system part either', () => {
    const parts = attributeNode({ dynamic: 10, idle: 0, nodeCpu: null, pods: [{ cpu: 0.5, share: 0 }] });
    expect(parts.pods[0]?.dynamic).toBe(10);
    expect(parts.system).toBe(0);
  });

  test('without pods is all system and unallocated', () => {
    const parts = attributeNode({ dynamic: 7, idle: 30, nodeCpu: 2, pods: [] });
    expect(parts).toEqual({ pods: [], system: 7, systemCpu: 2, unallocated: 30, unallocatedShare: 1 });
  });

  test('that is reserved more than once over has nothing unallocated', () => {
    const parts = attributeNode({
      dynamic: 0,
      idle: 90,
      nodeCpu: 0,
      pods: [
        { cpu: 0, share: 1 },
        { cpu: 0, share: 0.5 },
      ],
    });
    expect(parts.pods.map((pod) => pod.idle)).toEqual([60, 30]);
    expect(parts.unallocated).toBe(0);
    expect(parts.unallocatedShare).toBe(0);
  });

  test('that is reserved to the last bit has no unallocated rest of rounding', () => {
    const pods = Array.from({ length: 10 }, () => ({ cpu: 1, share: 0.1 }));
    expect(attributeNode({ dynamic: 1, idle: 1, nodeCpu: 10, pods }).unallocated).toBe(0);
  });

  test('where nothing used any CPU gives its dynamic energy to the system', () => {
    const parts = attributeNode({ dynamic: 5, idle: 0, nodeCpu: null, pods: [{ cpu: 0, share: 0.5 }] });
    expect(parts.pods[0]?.dynamic).toBe(0);
    expect(parts.system).toBe(5);
  });

  // Nothing or something that can be measured: numbers near the smallest of all have no relative precision.
  const upTo = (max: number) => fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max, noNaN: true }));
  const amount = upTo(1e9);
  const anyNode: fc.Arbitrary<NodeToAttribute> = fc.record({
    dynamic: amount,
    idle: amount,
    nodeCpu: fc.option(upTo(1e6)),
    pods: fc.array(
      fc.record({
        cpu: upTo(1e5),
        share: upTo(1.5),
      }),
      { maxLength: 40 },
    ),
  });

  test('is the sum of its parts', () => {
    fc.assert(
      fc.property(anyNode, (node) => {
        const parts = attributeNode(node);
        const pods = parts.pods.reduce((sum, pod) => sum + pod.dynamic + pod.idle, 0);
        const whole = node.dynamic + node.idle;
        expect(Math.abs(pods + parts.system + parts.unallocated - whole)).toBeLessThanOrEqual(1e-9 * whole);
      }),
      { numRuns: 500 },
    );
  });

  test('has no negative part', () => {
    fc.assert(
      fc.property(anyNode, (node) => {
        const parts = attributeNode(node);
        for (const pod of parts.pods) {
          expect(pod.dynamic).toBeGreaterThanOrEqual(0);
          expect(pod.idle).toBeGreaterThanOrEqual(0);
        }
        expect(parts.system).toBeGreaterThanOrEqual(0);
        expect(parts.unallocated).toBeGreaterThanOrEqual(0);
        expect(parts.unallocatedShare).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('gives a pod that uses more than another at least as much dynamic energy', () => {
    fc.assert(
      fc.property(anyNode, (node) => {
        const parts = attributeNode(node);
        const byUse = node.pods
          .map((pod, index) => ({ cpu: pod.cpu, dynamic: parts.pods[index]?.dynamic ?? 0 }))
          .sort((a, b) => a.cpu - b.cpu);
        byUse.forEach((pod, index) => {
          expect(pod.dynamic).toBeGreaterThanOrEqual((byUse[index - 1]?.dynamic ?? 0) * (1 - 1e-12));
        });
      }),
    );
  });
});
