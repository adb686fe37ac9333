import { describe, expect, it } from 'vitest';
import { foundText, PER_DAYS, savingText } from '../../../../src/renderer/format/savings.ts';
import { chooseUnit } from '../../../../src/renderer/format/units.ts';

const kilograms = chooseUnit('carbon', 5000);
const euros = chooseUnit('money', null, 'EUR');
const day = (kilogramsAYear: number): number => (kilogramsAYear * 1000) / 365;
const text = (low: number, high: number): string => savingText({ low: day(low), high: day(high) }, 'year', kilograms);

describe('savingText', () => {
  it('has the low end first and the digits of its size', () => {
    expect(text(14, 38)).toBe('14–38');
    expect(text(0, 31)).toBe('0–31');
    expect(text(0.52, 1.71)).toBe('0.5–1.7');
    expect(text(0, 0.0999)).toBe('0–0.1');
    expect(text(0.01, 0.042)).toBe('0.01–0.04');
    expect(text(0, 0.002)).toBe('0–0.002');
  });

  it('is one figure where both ends read the same', () => {
    expect(text(64.1, 64.2)).toBe('64');
    expect(text(0, 0)).toBe('0');
  });

  it('never shows a saving as nothing', () => {
    expect(text(0, 0.0001)).toBe('0–<0.001');
  });

  it('keeps signs apart from the dash', () => {
    expect(text(-1.2, 3.4)).toBe('−1.2 to 3.4');
  });

  it('groups thousands, for money too', () => {
    expect(savingText({ low: 820 / 365, high: 1560 / 365 }, 'year', euros)).toBe('820–1,560');
  });

  it('is carried on to the length that is asked for', () => {
    expect(savingText({ low: 1000, high: 1000 }, 'day', kilograms)).toBe('1.0');
    expect(savingText({ low: 1000, high: 1000 }, 'month', kilograms)).toBe('30');
    expect(PER_DAYS.month * 12).toBe(PER_DAYS.year);
  });
});

describe('foundText', () => {
  it('is less with a true minus, more with a plus', () => {
    expect(foundText(day(6.1), 'year', kilograms)).toBe('−6.1');
    expect(foundText(day(-1.2), 'year', kilograms)).toBe('+1.2');
    expect(foundText(day(61), 'year', kilograms)).toBe('−61');
    expect(foundText(0, 'year', kilograms)).toBe('0');
  });
});
