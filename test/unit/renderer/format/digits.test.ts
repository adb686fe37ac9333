import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimalsFor,
  exactNumber,
  formatCount,
  threeDigits,
  withDecimals,
} from '../../../../src/renderer/format/digits.ts';

describe('threeDigits', () => {
  it.each([
    [35.2087, '35.2'],
    [1.41, '1.41'],
    [116.4, '116'],
    [1008.3, '1,008'],
    [2071.07, '2,071'],
    [1_234_567, '1,234,567'],
    [0.86, '0.86'],
    [0.5, '0.50'],
    [0.0431, '0.043'],
    [0, '0'],
    [9.996, '10.0'],
    [99.96, '100'],
    [0.0004, '<0.001'],
    [-35.2087, '−35.2'],
  ])('writes %d as %s', (value, text) => {
    expect(threeDigits(value)).toBe(text);
  });

  it('never writes a number that differs from the value by more than half a per cent from 1 up', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e9, noNaN: true }), (value) => {
        const shown = Number(threeDigits(value).replaceAll(',', ''));
        expect(Math.abs(shown - value) / value).toBeLessThanOrEqual(0.00501);
      }),
    );
  });

  it('keeps the order of values', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1e6, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (value, factor) => {
          const number = (text: string) => Number(text.replaceAll(',', ''));
          expect(number(threeDigits(value * factor))).toBeGreaterThanOrEqual(number(threeDigits(value)));
        },
      ),
    );
  });
});

describe('decimals', () => {
  it('falls as the number grows', () => {
    expect([0.01, 0.5, 5, 50, 500].map(decimalsFor)).toEqual([3, 2, 2, 1, 0]);
  });

  it('has no negative zero', () => {
    expect(withDecimals(-0.04, 1)).toBe('0.0');
    expect(withDecimals(-0.06, 1)).toBe('−0.1');
  });
});

describe('whole and exact numbers', () => {
  it('groups thousands', () => {
    expect(formatCount(12_040)).toBe('12,040');
    expect(exactNumber(35208.713)).toBe('35,208.713');
    expect(exactNumber(-0.1)).toBe('−0.1');
  });
});
