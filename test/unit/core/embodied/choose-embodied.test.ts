import { describe, expect, test } from 'vitest';
import { chooseEmbodied, isOwnMetal } from '../../../../src/core/embodied/choose-embodied.ts';

const CLOUD = { provider: 'aws', vcpu: 4, memoryGb: 16, gpuCount: 0 } as const;
const METAL = { provider: 'onprem', vcpu: 16, memoryGb: 64, gpuCount: 0 } as const;

describe('embodied emissions of a node', () => {
  test("are its type's row where the table has one", () => {
    expect(chooseEmbodied(CLOUD, 67.12, 35_040)).toEqual({
      kilograms: 67.12,
      lifespanHours: 35_040,
      source: 'table',
      factor: { low: 0.5, high: 2 },
    });
  });

  test('of an unknown cloud type are its vCPU of a server with 96', () => {
    const value = chooseEmbodied(CLOUD, null, null);
    expect(value.source).toBe('formula');
    expect(value.kilograms).toBeCloseTo((1610.791667 * 4) / 96, 5);
    expect(value.lifespanHours).toBe(35_040);
  });

  test('of a cloud type with GPUs hold its own cards whole', () => {
    const without = chooseEmbodied(CLOUD, null, null).kilograms;
    expect(chooseEmbodied({ ...CLOUD, gpuCount: 2 }, null, null).kilograms).toBeCloseTo(without + 300, 9);
  });

  test('of own metal are the whole server', () => {
    const value = chooseEmbodied(METAL, null, null);
    expect(value.kilograms).toBeCloseTo(1000 + (533 / 384) * 48, 9);
    expect(value.lifespanHours).toBe(43_800);
  });

  test('of own metal above 64 vCPU have a second socket', () => {
    const one = chooseEmbodied({ ...METAL, vcpu: 64 }, null, null).kilograms;
    const two = chooseEmbodied({ ...METAL, vcpu: 65 }, null, null).kilograms;
    expect(two - one).toBeCloseTo(100, 9);
  });

  test("take the provider's lifespan where the table has one", () => {
    expect(chooseEmbodied({ ...CLOUD, provider: 'ovh' }, 10, 43_800).lifespanHours).toBe(43_800);
  });

  test('a node of no known provider is taken as own metal', () => {
    expect(isOwnMetal('unknown')).toBe(true);
    expect(isOwnMetal('onprem')).toBe(true);
    expect(isOwnMetal('hetzner')).toBe(false);
    expect(chooseEmbodied({ ...METAL, provider: 'unknown' }, null, null)).toEqual(chooseEmbodied(METAL, null, null));
  });
});
