import { describe, expect, it } from 'vitest';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { missingWords, noticeWords } from '../../../../src/renderer/figures/coverage.ts';
import { trendsByGroup, trendWords } from '../../../../src/renderer/figures/trends.ts';
import { trendGranularityFor } from '../../../../src/renderer/figures/use-queries.ts';
import { hourly } from '../charts/wire.ts';

const HOUR = 3600;

describe('coverage in words', () => {
  const covered = (hours: number, of = 168) => ({ covered_seconds: hours * HOUR, expected_seconds: of * HOUR });

  it('names what is missing, and says nothing of a late sample', () => {
    expect(missingWords(covered(163))).toBe('5 h of 7 d are missing and left out of the totals.');
    expect(missingWords(covered(168))).toBeNull();
    expect(missingWords(covered(167))).toBeNull();
    expect(missingWords({ covered_seconds: 3300, expected_seconds: 3600 })).toBeNull();
  });

  it('puts a notice above figures only from a tenth on', () => {
    expect(noticeWords(covered(163))).toBeNull();
    expect(noticeWords(covered(120))).toContain('2 d of 7 d');
    expect(noticeWords({ covered_seconds: 0, expected_seconds: 0 })).toBeNull();
  });
});

describe('trends', () => {
  it('gives one value a bucket: zero where a group used nothing, null where nothing was collected', () => {
    const trends = trendsByGroup(hourly([{ a: 2, b: 1 }, null, { a: 4 }]), MEASURES.carbon);
    expect(trends.get('a')).toEqual([2, null, 4]);
    expect(trends.get('b')).toEqual([1, null, 0]);
  });

  it('keeps two workloads of one name apart by the namespace in their keys', () => {
    const trends = trendsByGroup(hourly([{ 'shop/Deployment/api': 2, 'search/Deployment/api': 9 }]), MEASURES.carbon);
    expect(trends.get('shop/Deployment/api')).toEqual([2]);
    expect(trends.get('search/Deployment/api')).toEqual([9]);
  });

  it('is described against its mean', () => {
    expect(trendWords('cart', [1, null, 3])).toBe(
      'Trend of cart: begins at 0.5 times its mean, ends at 1.5 times its mean, highest 1.5 times its mean',
    );
    expect(trendWords('cart', [null])).toBe('Trend of cart: no data');
    expect(trendWords('cart', [0, 0])).toBe('Trend of cart: no data');
  });

  it.each([
    [24, 'hour'],
    [168, '6h'],
    [720, 'day'],
    [2160, 'week'],
    [20_000, 'month'],
  ])('cuts %d hours by %s', (hours, granularity) => {
    expect(trendGranularityFor(hours * HOUR)).toBe(granularity);
  });
});
