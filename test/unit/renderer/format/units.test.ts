import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIn } from '../../../../src/renderer/format/quantity.ts';
import { chooseUnit, currencySymbol } from '../../../../src/renderer/format/units.ts';

describe('chooseUnit', () => {
  it.each([
    ['carbon', 0, 'g'],
    ['carbon', 999.4, 'g'],
    ['carbon', 999.6, 'kg'],
    ['carbon', 35_208, 'kg'],
    ['carbon', 2_071_070, 't'],
    ['energy', 1800, 'Wh'],
    ['energy', 3.6e6, 'kWh'],
    ['energy', 3.6e9, 'MWh'],
    ['power', 594, 'W'],
    ['power', 1594, 'kW'],
    ['memory', 2 ** 30, 'GiB'],
    ['cpu', 1910, 'cores'],
    ['share', 0.123, '%'],
  ] as const)('takes for %s of %d the unit %s', (kind, value, symbol) => {
    expect(chooseUnit(kind, value).symbol).toBe(symbol);
  });

  it('names the whole unit for headers', () => {
    expect(chooseUnit('carbon', 5000).label).toBe('kg CO₂e');
    expect(chooseUnit('energy', 5e6).label).toBe('kWh');
  });

  it('takes the smallest unit where nothing is known', () => {
    expect(chooseUnit('carbon', null).symbol).toBe('g');
    expect(chooseUnit('energy', undefined).symbol).toBe('Wh');
  });

  it('never makes the largest value of a column read 1,000 of a unit that has a larger one', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 9e5, noNaN: true }), (grams) => {
        const unit = chooseUnit('carbon', grams);
        expect(Number(formatIn(unit, grams).replaceAll(',', ''))).toBeLessThan(1000);
      }),
    );
  });
});

describe('money', () => {
  it('takes the symbol of the currency', () => {
    expect(currencySymbol('EUR')).toBe('€');
    expect(currencySymbol('USD')).toBe('$');
    expect(chooseUnit('money', 5, 'GBP')).toEqual({ kind: 'money', symbol: '£', label: '£', size: 1 });
  });

  it('keeps a code that is no currency', () => {
    expect(currencySymbol('!')).toBe('!');
  });
});
