import { describe, expect, it } from 'vitest';
import { formatChange, formatPercent, formatPoints } from '../../../../src/renderer/format/change.ts';

describe('formatChange', () => {
  it.each([
    [90.5, 100, '−9.5 %', 'good'],
    [104.1, 100, '+4.1 %', 'bad'],
    [100.4, 100, '+0.4 %', 'neutral'],
    [99.2, 100, '−0.8 %', 'neutral'],
    [100, 100, '0.0 %', 'neutral'],
    [99.99, 100, '0.0 %', 'neutral'],
    [101, 100, '+1.0 %', 'bad'],
    [0, 100, '−100.0 %', 'good'],
    [2500, 100, '25.0 times', 'bad'],
  ])('from %d after %d is %s', (now, before, text, tone) => {
    expect(formatChange(now, before)).toEqual({ text, tone });
  });

  it('is nothing where there is nothing to compare with', () => {
    expect(formatChange(5, 0)).toBeNull();
    expect(formatChange(5, null)).toBeNull();
    expect(formatChange(undefined, 5)).toBeNull();
    expect(formatChange(Number.NaN, 5)).toBeNull();
  });
});

describe('formatPoints', () => {
  it('counts in points of a hundred', () => {
    expect(formatPoints(0.123, 0.117)).toEqual({ text: '+0.6 pt', tone: 'bad' });
    expect(formatPoints(0.1, 0.12)).toEqual({ text: '−2.0 pt', tone: 'good' });
    expect(formatPoints(0.1, 0.1002)?.tone).toBe('neutral');
    expect(formatPoints(0.1, null)).toBeNull();
  });
});

describe('formatPercent', () => {
  it.each([
    [0.44, '44 %'],
    [0.034, '3.4 %'],
    [0.0997, '10 %'],
    [1, '100 %'],
    [0, '0 %'],
    [0.0001, '<0.1 %'],
    [null, 'no data'],
  ])('writes %s as %s', (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });
});
