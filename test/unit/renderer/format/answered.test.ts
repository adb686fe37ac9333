import { describe, expect, test } from 'vitest';
import {
  exactAnswered,
  formatAnswered,
  formatAnsweredLong,
  formatAnsweredRange,
  roundedAnswered,
} from '../../../../src/renderer/format/answered.ts';

describe('values in the unit of an answer', () => {
  test.each([
    [35_208.7, 'g CO2e', '35.2', 'kg'],
    [860, 'g', '860', 'g'],
    [1_340, 'kg CO₂e', '1.34', 't'],
    [418_320_000, 'J', '116', 'kWh'],
    [0.4, 'kWh', '400', 'Wh'],
    [38.6, 'W', '38.6', 'W'],
    [253.4, 'g CO2e/kWh', '253', 'g/kWh'],
    [44.44, 'g/kWh', '44.4', 'g/kWh'],
    [31, '%', '31.0', '%'],
    [1.2, '', '1.20', ''],
    [0.31, '1', '0.31', ''],
    [300, 's', '300', 's'],
    [0, 'g', '0', 'g'],
  ])('%d %s is written %s %s', (value, unit, digits, symbol) => {
    expect(formatAnswered(value, unit)).toEqual({ value: digits, unit: symbol });
  });

  test('money has its symbol first and cents below a hundred', () => {
    expect(formatAnswered(1_008.4, 'EUR')).toEqual({ value: '€1,008', unit: '' });
    expect(formatAnswered(0.04, 'USD')).toEqual({ value: '$0.04', unit: '' });
  });

  test('a small factor keeps its digits instead of becoming "<0.001"', () => {
    expect(formatAnswered(2.7778e-7, 'kWh/J')).toEqual({ value: '2.78 × 10⁻⁷', unit: 'kWh/J' });
    expect(formatAnswered(0.000_4, 'g CO2e')).toEqual({ value: '4.00 × 10⁻⁴', unit: 'g CO₂e' });
    expect(exactAnswered(2.7778e-7, 'kWh/J')).toEqual({ value: '2.7778 × 10⁻⁷', unit: 'kWh/J' });
  });

  test('what is missing is a word', () => {
    expect(formatAnswered(null, 'g').value).toBe('no data');
    expect(roundedAnswered(undefined, 'g').value).toBe('no data');
    expect(exactAnswered(Number.NaN, 'g').value).toBe('no data');
    expect(formatAnsweredRange(null, 3, 'g', 2)).toBe('');
  });

  test('every digit stays in the unit of the answer', () => {
    expect(exactAnswered(35_208.712_345_678_9, 'g CO2e')).toEqual({ value: '35,208.7123456789', unit: 'g CO₂e' });
  });

  test('three digits may stay in the unit of the answer too', () => {
    expect(roundedAnswered(418_320_000, 'J')).toEqual({ value: '418,320,000', unit: 'J' });
  });

  test('headlines say what the gram is of; nothing else changes', () => {
    expect(formatAnsweredLong(35_208.7, 'g')).toEqual({ value: '35.2', unit: 'kg CO₂e' });
    expect(formatAnsweredLong(418_320_000, 'J')).toEqual({ value: '116', unit: 'kWh' });
  });

  test('a range takes unit and decimals of its figure', () => {
    expect(formatAnsweredRange(28_990, 42_610, 'g CO2e', 35_208.7)).toBe('29.0–42.6');
    expect(formatAnsweredRange(396, 1_268, 'USD', 792)).toBe('396–1,268');
    expect(formatAnsweredRange(1.07, 1.32, '', 1.2)).toBe('1.07–1.32');
  });
});
