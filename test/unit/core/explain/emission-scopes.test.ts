import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emissionScopes } from '../../../../src/core/explain/emission-scopes.ts';

const amounts = (provider: string, changes: Partial<Parameters<typeof emissionScopes>[0][number]> = {}) => ({
  provider,
  co2eGrams: 100,
  co2eMarketGrams: 100,
  co2eDirectGrams: 0,
  co2eOfDirectRowsGrams: 0,
  embodiedCo2eGrams: 20,
  ...changes,
});

describe('emissions by scope', () => {
  test('a public cloud is scope 3 category 1, all of it', () => {
    const scopes = emissionScopes([amounts('aws'), amounts('gcp', { co2eGrams: 50, co2eMarketGrams: 50 })]);
    expect(scopes).toMatchObject({
      scope2LocationGrams: 0,
      scope2MarketGrams: null,
      category1OperationalGrams: 150,
      category1EmbodiedGrams: 40,
      category1MarketGrams: null,
      category2Grams: 0,
      category3Grams: null,
      totalLocationGrams: 190,
      totalMarketGrams: null,
    });
    expect(scopes.notes).toHaveLength(1);
  });

  test('own hardware: scope 2 by direct factors, its supply category 3, the machines category 2', () => {
    const own = amounts('onprem', { co2eDirectGrams: 70, co2eOfDirectRowsGrams: 100 });
    expect(emissionScopes([own])).toMatchObject({
      scope2LocationGrams: 70,
      category2Grams: 20,
      category3Grams: 30,
      category1OperationalGrams: 0,
      totalLocationGrams: 120,
      notes: [],
      providers: [{ provider: 'onprem', isCloud: false, directGrams: 70, marketGrams: null }],
    });
  });

  test('without a direct factor lifecycle grams stand in scope 2, and it is said', () => {
    const none = emissionScopes([amounts('onprem')]);
    expect(none).toMatchObject({ scope2LocationGrams: 100, category3Grams: null });
    expect(none.notes[0]).toContain('No direct factor is known');
    const part = emissionScopes([amounts('unknown', { co2eDirectGrams: 40, co2eOfDirectRowsGrams: 60 })]);
    expect(part).toMatchObject({ scope2LocationGrams: 80, category3Grams: 20 });
    expect(part.notes[0]).toContain('For a part');
  });

  test('market-based grams stand beside the others where a contract is set', () => {
    const scopes = emissionScopes([amounts('gcp', { co2eMarketGrams: 40 }), amounts('onprem', { co2eMarketGrams: 0 })]);
    expect(scopes).toMatchObject({
      scope2LocationGrams: 100,
      scope2MarketGrams: 0,
      category1MarketGrams: 60,
      totalLocationGrams: 240,
      totalMarketGrams: 80,
    });
    expect(scopes.notes.at(-1)).toContain('never in their place');
  });

  test('parts add up to the total of every other page', () => {
    const scopes = emissionScopes([
      amounts('aws'),
      amounts('onprem', { co2eGrams: 80, co2eDirectGrams: 30, co2eOfDirectRowsGrams: 60, embodiedCo2eGrams: 5 }),
    ]);
    const { scope2LocationGrams, category1OperationalGrams, category1EmbodiedGrams, category2Grams } = scopes;
    const sum = scope2LocationGrams + category1OperationalGrams + category1EmbodiedGrams + category2Grams;
    expect(sum + (scopes.category3Grams ?? 0)).toBeCloseTo(scopes.totalLocationGrams, 12);
    expect(scopes.totalLocationGrams).toBe(205);
  });

  describe('by market', () => {
    const withDirect = { co2eDirectGrams: 70, co2eOfDirectRowsGrams: 100 };
    const partsOf = (scopes: ReturnType<typeof emissionScopes>) =>
      [
        scopes.scope2MarketGrams,
        scopes.category1MarketGrams,
        scopes.category2Grams,
        scopes.category3MarketGrams ?? 0,
      ].reduce<number>((sum, each) => sum + (each ?? Number.NaN), 0);

    test('a contract anywhere gives all figures: what has none equals its location', () => {
      const scopes = emissionScopes([amounts('gcp', { co2eMarketGrams: 40 }), amounts('onprem', withDirect)]);
      expect(scopes).toMatchObject({
        scope2LocationGrams: 70,
        scope2MarketGrams: 70,
        category3Grams: 30,
        category3MarketGrams: 30,
        category1MarketGrams: 60,
        totalMarketGrams: 180,
      });
      expect(partsOf(scopes)).toBeCloseTo(180, 12);
    });

    test('of own hardware alone: the supply is in the grams of the contract, and not beside them too', () => {
      const scopes = emissionScopes([amounts('aws'), amounts('onprem', { ...withDirect, co2eMarketGrams: 25 })]);
      expect(scopes).toMatchObject({
        scope2LocationGrams: 70,
        scope2MarketGrams: 25,
        category3Grams: 30,
        category3MarketGrams: 0,
        category1MarketGrams: 120,
        totalMarketGrams: 165,
      });
      expect(partsOf(scopes)).toBeCloseTo(165, 12);
    });

    test('own hardware with and without a contract: each by its own', () => {
      const scopes = emissionScopes([
        amounts('onprem', { ...withDirect, co2eMarketGrams: 0 }),
        amounts('unknown', { ...withDirect, co2eGrams: 200, co2eMarketGrams: 200 }),
      ]);
      // 70 direct and 100 without a direct factor stay, 30 of supply; of the other nothing is left.
      expect(scopes).toMatchObject({ scope2MarketGrams: 170, category3MarketGrams: 30, totalMarketGrams: 240 });
      expect(partsOf(scopes)).toBeCloseTo(240, 12);
    });

    test('a contract that changes no gram is none', () => {
      const same = amounts('gcp', { co2eMarketGrams: 100 * (1 + 1e-12) });
      expect(emissionScopes([same])).toMatchObject({ category1MarketGrams: null, category3MarketGrams: null });
    });

    test('parts add up for any mix, by location and by market', () => {
      const grams = fc.double({ min: 0, max: 1e6, noNaN: true });
      const any = fc
        .record({
          provider: fc.constantFrom('aws', 'gcp', 'onprem', 'unknown'),
          co2eGrams: grams,
          embodiedCo2eGrams: grams,
          market: fc.option(grams, { nil: null }),
          covered: fc.double({ min: 0, max: 1, noNaN: true }),
          direct: fc.double({ min: 0, max: 1, noNaN: true }),
        })
        .map(({ market, covered, direct, ...rest }) => ({
          ...rest,
          co2eMarketGrams: market ?? rest.co2eGrams,
          co2eOfDirectRowsGrams: rest.provider === 'aws' || rest.provider === 'gcp' ? 0 : rest.co2eGrams * covered,
          co2eDirectGrams: rest.provider === 'aws' || rest.provider === 'gcp' ? 0 : rest.co2eGrams * covered * direct,
        }));
      fc.assert(
        fc.property(fc.uniqueArray(any, { selector: ({ provider }) => provider }), (all) => {
          const scopes = emissionScopes(all);
          const { category1OperationalGrams: operational, category1EmbodiedGrams: embodied } = scopes;
          const located = scopes.scope2LocationGrams + operational + embodied + scopes.category2Grams;
          const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, b));
          near(located + (scopes.category3Grams ?? 0), scopes.totalLocationGrams);
          const given = [scopes.scope2MarketGrams, scopes.category1MarketGrams, scopes.totalMarketGrams];
          expect(new Set(given.map((each) => each === null)).size).toBe(1);
          if (scopes.totalMarketGrams !== null) near(partsOf(scopes), scopes.totalMarketGrams);
        }),
      );
    });
  });

  test('nothing gives nothing', () => {
    expect(emissionScopes([])).toMatchObject({
      totalLocationGrams: 0,
      totalMarketGrams: null,
      providers: [],
      notes: [],
    });
  });
});
