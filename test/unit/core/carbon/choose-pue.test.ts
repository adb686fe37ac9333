import { describe, expect, test } from 'vitest';
import { choosePue, type PueCandidates } from '../../../../src/core/carbon/choose-pue.ts';

const COEFFICIENT = { pue: 1.135, low: 1.07, high: 1.5 };
const ALL: PueCandidates = { person: 1.3, region: 1.1, provider: 1.15, coefficient: COEFFICIENT };

describe('the PUE of a node', () => {
  test("is the person's value, give or take 3 %", () => {
    const value = choosePue(ALL);
    expect(value).toMatchObject({ pue: 1.3, source: 'person' });
    expect(value.factor.low).toBeCloseTo(0.97, 12);
    expect(value.factor.high).toBeCloseTo(1.03, 12);
  });

  test("else the region's, in the provider's range", () => {
    const value = choosePue({ ...ALL, person: null });
    expect(value).toMatchObject({ pue: 1.1, source: 'region' });
    expect(value.factor.low * value.pue).toBeCloseTo(1.07, 12);
    expect(value.factor.high * value.pue).toBeCloseTo(1.5, 12);
  });

  test("else the provider's", () => {
    const value = choosePue({ ...ALL, person: null, region: null });
    expect(value).toMatchObject({ pue: 1.15, source: 'provider' });
    expect(value.factor.low).toBeCloseTo(1.07 / 1.15, 12);
  });

  test('else the default coefficient', () => {
    const value = choosePue({ person: null, region: null, provider: null, coefficient: COEFFICIENT });
    expect(value).toMatchObject({ pue: 1.135, source: 'coefficients' });
  });

  test('else the one of own data centres', () => {
    const value = choosePue({ person: null, region: null, provider: null, coefficient: null });
    expect(value).toMatchObject({ pue: 1.58, source: 'on-prem' });
    expect(value.factor.low * 1.58).toBeCloseTo(1.2, 12);
    expect(value.factor.high * 1.58).toBeCloseTo(2, 12);
  });

  test("of a person's 1.0 never goes below 1", () => {
    const { factor } = choosePue({ ...ALL, person: 1 });
    expect(factor).toEqual({ low: 1, high: 1.03 });
  });

  test('has the range of own data centres where the provider has none', () => {
    const value = choosePue({ person: null, region: null, provider: 1.4, coefficient: null });
    expect(value.factor.low * value.pue).toBeCloseTo(1.2, 12);
  });
});
