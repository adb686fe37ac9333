import { describe, expect, it } from 'vitest';
import { joinParts } from '../../../../src/renderer/format/parts.ts';
import {
  exactQuantity,
  formatAmountOf,
  formatCarbon,
  formatCarbonLong,
  formatCpu,
  formatDisk,
  formatEnergy,
  formatIn,
  formatIntensity,
  formatMemory,
  formatMoney,
  formatPower,
  formatRange,
  formatShare,
} from '../../../../src/renderer/format/quantity.ts';
import { chooseUnit, type Kind } from '../../../../src/renderer/format/units.ts';

describe('figures', () => {
  it('keep value and unit apart', () => {
    expect(formatCarbon(35_208.7)).toEqual({ value: '35.2', unit: 'kg' });
    expect(formatCarbonLong(35_208.7)).toEqual({ value: '35.2', unit: 'kg CO₂e' });
    expect(formatEnergy(116.4 * 3.6e6)).toEqual({ value: '116', unit: 'kWh' });
    expect(formatPower(594)).toEqual({ value: '594', unit: 'W' });
    expect(formatIntensity(221.3)).toEqual({ value: '221', unit: 'g/kWh' });
    expect(formatCpu(1910)).toEqual({ value: '1.91', unit: 'cores' });
    expect(formatMemory(3 * 2 ** 29)).toEqual({ value: '1.50', unit: 'GiB' });
    expect(formatShare(0.1234)).toEqual({ value: '12.3', unit: '%' });
    expect(joinParts(formatCarbon(1410))).toBe('1.41 kg');
  });

  it('say in words that a value is missing, and never zero', () => {
    for (const missing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const parts of [
        formatCarbon(missing),
        formatCarbonLong(missing),
        formatEnergy(missing),
        formatMoney(missing, 'EUR'),
      ]) {
        expect(joinParts(parts)).toBe('no data');
      }
      expect(formatIn(chooseUnit('carbon', 5), missing)).toBe('no data');
    }
    expect(formatRange(null, 4, chooseUnit('carbon', 5))).toBe('no data');
    expect(exactQuantity('carbon', null)).toBe('no data');
  });

  it('write a real zero as zero', () => {
    expect(joinParts(formatCarbon(0))).toBe('0 g');
    expect(joinParts(formatMoney(0, 'EUR'))).toBe('€0.00');
  });
});

describe('formatMoney', () => {
  it.each([
    [1008.31, 'EUR', '€1,008'],
    [62.6, 'EUR', '€62.60'],
    [99.996, 'EUR', '€100'],
    [722, 'USD', '$722'],
    [-5, 'USD', '−$5.00'],
    [0.001, 'EUR', '€<0.01'],
  ])('writes %d %s as %s', (value, currency, text) => {
    expect(formatMoney(value, currency).value).toBe(text);
  });
});

describe('formatRange', () => {
  it('has no unit, an en dash and the digits of the figure', () => {
    const unit = chooseUnit('carbon', 35_208);
    expect(formatRange(29_012, 42_640, unit, 35_208)).toBe('29.0–42.6');
    expect(formatRange(1_200, 3_600, chooseUnit('carbon', 2140), 2140)).toBe('1.20–3.60');
  });

  it('takes the unit of the figure, not of the bound', () => {
    expect(formatRange(980, 1_100, chooseUnit('carbon', 1_050), 1_050)).toBe('0.98–1.10');
  });

  it('takes the digits of the high bound where the figure is left out', () => {
    expect(formatRange(101.4 * 3.6e6, 137.2 * 3.6e6, chooseUnit('energy', 116 * 3.6e6))).toBe('101–137');
  });
});

describe('exactQuantity', () => {
  it.each([
    ['carbon', 35_208.713, '35,208.713 g CO₂e'],
    ['energy', 7200, '2 Wh (7,200 J)'],
    ['power', 594.25, '594.25 W'],
    ['intensity', 221.5, '221.5 g CO₂e/kWh'],
    ['money', 1008.317, '1,008.317 USD'],
    ['cpu', 1910, '1.91 cores'],
    ['memory', 1024, '1,024 bytes'],
    ['share', 0.125, '12.5 %'],
  ] satisfies readonly (readonly [Kind, number, string])[])('writes %s in full', (kind, value, text) => {
    expect(exactQuantity(kind, value, 'USD')).toBe(text);
  });
});

describe('sizes and counts of a store', () => {
  it('step from bytes to terabytes', () => {
    expect(formatDisk(412)).toEqual({ value: '412', unit: 'B' });
    expect(formatDisk(0)).toEqual({ value: '0', unit: 'B' });
    expect(formatDisk(1536)).toEqual({ value: '1.50', unit: 'KiB' });
    expect(formatDisk(84_300_000)).toEqual({ value: '80.4', unit: 'MiB' });
    expect(formatDisk(3 * 2 ** 40)).toEqual({ value: '3.00', unit: 'TiB' });
    expect(formatDisk(null).value).toBe('no data');
    expect(exactQuantity('disk', 84_300_000)).toBe('84,300,000 bytes');
  });

  it('write millions in words, and smaller counts whole', () => {
    expect(formatAmountOf(0)).toEqual({ value: '0', unit: '' });
    expect(formatAmountOf(312_480)).toEqual({ value: '312,480', unit: '' });
    expect(formatAmountOf(12_594_224)).toEqual({ value: '12.6', unit: 'million' });
    expect(formatAmountOf(2_100_000_000)).toEqual({ value: '2.10', unit: 'billion' });
    expect(formatAmountOf(undefined).value).toBe('no data');
  });
});
