import { describe, expect, test } from 'vitest';
import { DEFAULT_PRICES } from '../../../../src/core/coefficients/prices.ts';
import { billedHours, cpuCost, memoryCost, unallocatedHours } from '../../../../src/core/cost/cost.ts';
import { choosePrices, rangeOfCost } from '../../../../src/core/cost/prices.ts';

const HELD = {
  cpuRequestMillicores: 500,
  cpuUseMillicores: 200,
  memoryRequestBytes: 2e9,
  memoryUseBytes: 3e9,
};

describe('billed hours', () => {
  test('are the larger of request and use, per resource', () => {
    expect(billedHours(HELD, 2)).toEqual({ cpuCoreHours: 1, memoryGbHours: 6 });
  });

  test('of a pod without requests are what it uses', () => {
    const billed = billedHours({ ...HELD, cpuRequestMillicores: 0, memoryRequestBytes: 0 }, 1);
    expect(billed).toEqual({ cpuCoreHours: 0.2, memoryGbHours: 3 });
  });

  test('have their price', () => {
    const billed = { cpuCoreHours: 10, memoryGbHours: 100 };
    expect(cpuCost(billed, DEFAULT_PRICES)).toBeCloseTo(0.4, 12);
    expect(memoryCost(billed, DEFAULT_PRICES)).toBeCloseTo(0.5, 12);
  });

  test('that nobody held are the rest, and never negative', () => {
    const allocatable = { cpuCoreHours: 4, memoryGbHours: 16 };
    expect(unallocatedHours(allocatable, { cpuCoreHours: 1, memoryGbHours: 20 })).toEqual({
      cpuCoreHours: 3,
      memoryGbHours: 0,
    });
  });
});

describe('unit prices', () => {
  test('start with the defaults and their range', () => {
    expect(choosePrices(null)).toEqual({
      cpuCoreHour: 0.04,
      memoryGbHour: 0.005,
      storageGbHour: 0.0001,
      networkGb: 0.05,
      gpuHour: 1,
      currency: 'USD',
      source: 'default-prices',
      factor: { low: 0.5, high: 1.6 },
    });
  });

  test("of a person are exact, with the person's currency", () => {
    expect(choosePrices({ cpuCoreHour: 0.03, memoryGbHour: 0.004, currency: 'EUR' })).toMatchObject({
      cpuCoreHour: 0.03,
      memoryGbHour: 0.004,
      gpuHour: 1,
      currency: 'EUR',
      source: 'person',
      factor: { low: 1, high: 1 },
    });
  });

  test('keep the range of the defaults while one that is billed is a default', () => {
    expect(choosePrices({ cpuCoreHour: 0.03 })).toMatchObject({
      cpuCoreHour: 0.03,
      source: 'default-prices',
      factor: { low: 0.5, high: 1.6 },
    });
    expect(choosePrices({})).toEqual(DEFAULT_PRICES);
  });
});

describe('the range of a cost by unit prices', () => {
  const own = choosePrices({ cpuCoreHour: 0.03, memoryGbHour: 0.004 });
  const NOTHING = { cpu: 0, memory: 0, gpu: 0, storage: 0, network: 0 };

  test('is exact for what the person set', () => {
    expect(rangeOfCost({ ...NOTHING, cpu: 2, memory: 1 }, own)).toEqual({
      source: 'person',
      factor: { low: 1, high: 1 },
    });
    const all = choosePrices({ cpuCoreHour: 0.03, memoryGbHour: 0.004, gpuHour: 2, storageGbHour: 0.0002 });
    expect(rangeOfCost({ ...NOTHING, gpu: 5, storage: 5 }, all).factor).toEqual({ low: 1, high: 1 });
  });

  test('keeps that of a default for GPUs and storage that the person left as they are', () => {
    expect(rangeOfCost({ ...NOTHING, storage: 3 }, own)).toEqual({
      source: 'default-prices',
      factor: { low: 0.5, high: 1.6 },
    });
    expect(rangeOfCost({ ...NOTHING, cpu: 3, gpu: 1 }, own)).toEqual({
      source: 'person',
      factor: { low: 0.875, high: 1.15 },
    });
  });

  test('is that of the defaults where those hold', () => {
    expect(rangeOfCost({ ...NOTHING, gpu: 1 }, DEFAULT_PRICES)).toEqual({
      source: 'default-prices',
      factor: { low: 0.5, high: 1.6 },
    });
  });
});
