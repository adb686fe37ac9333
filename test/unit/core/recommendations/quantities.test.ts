import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cpuQuantity,
  memoryQuantity,
  roundUpCpu,
  roundUpMemory,
  sayCores,
  sayMemory,
} from '../../../../src/core/recommendations/quantities.ts';
import { GIB, MIB } from './made-cluster.ts';

describe('steps of CPU', () => {
  it.each([
    [0, 10],
    [10, 10],
    [10.1, 15],
    [12, 15],
    [99, 100],
    [101, 110],
    [481.2, 490],
    [990.5, 1000],
    [1001, 1050],
    [4001, 4100],
  ])('%s millicores become %s', (need, step) => {
    expect(roundUpCpu(need, 10)).toBe(step);
  });

  it('are never below the need or the floor, and at most a tenth or 5 millicores above', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), fc.integer({ min: 1, max: 500 }), (need, floor) => {
        const step = roundUpCpu(need, floor);
        const wanted = Math.max(need, floor);
        expect(step).toBeGreaterThanOrEqual(wanted - 1e-6);
        expect(step).toBeLessThanOrEqual(wanted * 1.1 + 5);
      }),
    );
  });
});

describe('steps of memory', () => {
  it.each([
    [0, 16],
    [17, 20],
    [127, 128],
    [129, 144],
    [600, 608],
    [1025, 1088],
    [8193, 8448],
  ])('%s MiB become %s', (need, step) => {
    expect(roundUpMemory(need * MIB, 16 * MIB)).toBe(step * MIB);
  });

  it('are never below the need or the floor', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (need) => {
        expect(roundUpMemory(need, 16 * MIB)).toBeGreaterThanOrEqual(need - 1);
        expect(roundUpMemory(need, 16 * MIB)).toBeGreaterThanOrEqual(16 * MIB);
      }),
    );
  });
});

describe('quantities of a manifest', () => {
  it.each([
    [600, '600m'],
    [1500, '1500m'],
    [0.2, '1m'],
    [10.000_000_000_1, '10m'],
  ])('%s millicores: %s', (value, text) => {
    expect(cpuQuantity(value)).toBe(text);
  });

  it.each([
    [2 * GIB, '2Gi'],
    [1.25 * GIB, '1280Mi'],
    [640 * MIB, '640Mi'],
    [1536, '1536'],
    [2048, '2Ki'],
    [100_000_000, '100000000'],
    [1.5, '2'],
    [0, '0'],
  ])('%s bytes: %s', (value, text) => {
    expect(memoryQuantity(value)).toBe(text);
  });
});

describe('words', () => {
  it('for cores', () => {
    expect([sayCores(1500), sayCores(600), sayCores(60.4), sayCores(99.6)]).toEqual(['1.50', '0.60', '60m', '0.10']);
  });

  it('for memory', () => {
    expect([sayMemory(1.25 * GIB), sayMemory(608 * MIB), sayMemory(4 * GIB), sayMemory(20_480)]).toEqual([
      '1.25 GiB',
      '608 MiB',
      '4 GiB',
      '20 KiB',
    ]);
  });
});
