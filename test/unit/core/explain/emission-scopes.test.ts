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

  test('nothing gives nothing', () => {
    expect(emissionScopes([])).toMatchObject({
      totalLocationGrams: 0,
      totalMarketGrams: null,
      providers: [],
      notes: [],
    });
  });
});
