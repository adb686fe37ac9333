import { describe, expect, it } from 'vitest';
import {
  actualOf,
  parseValue,
  valueName,
  valueText,
} from '../../../../src/renderer/features/recommendations/actual-values.ts';
import {
  carbonTitle,
  carbonUnit,
  currencyOf,
  moneyTitle,
  verifiedTotals,
} from '../../../../src/renderer/features/recommendations/amounts.ts';
import { historyWords, ignoredWords, stepsOf } from '../../../../src/renderer/features/recommendations/lifecycle.ts';
import {
  applied,
  dismissed,
  kgYear,
  openItems,
  regressed,
  snoozed,
  verified,
} from '../../../fakes/client/savings-answers.ts';

describe('amounts', () => {
  it('one unit for a column, that of its largest', () => {
    const range = (high: number) => ({ low: 0, expected: 0, high });
    expect(carbonUnit([range(kgYear(31)), range(kgYear(0.2))], 'year').symbol).toBe('kg');
    expect(carbonUnit([range(kgYear(31))], 'day').symbol).toBe('g');
    expect(carbonUnit([], 'year').symbol).toBe('g');
  });

  it('titles say expected value and manufacture apart', () => {
    expect(carbonTitle(openItems[2], 'year')).toBe(
      '0–31 kg CO₂e a year, expected 15.5 kg; manufacture apart: 0–3.0 kg',
    );
    expect(carbonTitle(openItems[0], 'year')).toBe('14–38 kg CO₂e a year, expected 26.0 kg');
    expect(moneyTitle(openItems[1], 'year', 'EUR')).toBe('€210–290 a year, expected €250');
  });

  it('each cluster keeps its currency where they differ', () => {
    const clusters = [{ id: 'c1', currency: 'USD' }];
    expect(currencyOf(openItems[0], 'EUR', clusters)).toBe('EUR');
    expect(currencyOf(openItems[0], 'XXX', clusters)).toBe('USD');
    expect(currencyOf(openItems[0], 'XXX', [])).toBe('XXX');
  });

  it('what was measured is summed, what waits is not', () => {
    expect(verifiedTotals([applied])).toBeNull();
    const totals = verifiedTotals([applied, verified, regressed]);
    expect(totals?.grams).toBeCloseTo(kgYear(6.1 - 1.2));
    expect(totals?.money).toBeCloseTo(0.55);
  });
});

describe('values as they are set', () => {
  it('are written as Kubernetes does, and read back', () => {
    const cases = [
      ['cpu_request', 600, '600m'],
      ['cpu_request', 2000, '2'],
      ['memory_request', 2 * 2 ** 30, '2Gi'],
      ['memory_limit', 300 * 2 ** 20, '300Mi'],
      ['memory_limit', 1_000_003, '1000003'],
      ['max_replicas', 4, '4'],
      ['cpu_target_percent', 70, '70'],
      ['off_peak', '18:00–06:00', '18:00–06:00'],
    ] as const;
    for (const [key, value, text] of cases) {
      expect(valueText(key, value)).toBe(text);
      expect(parseValue(key, text)).toBe(value);
    }
    expect(valueText('cpu_request', null)).toBe('none');
  });

  it('also in other units that Kubernetes takes', () => {
    expect(parseValue('cpu_request', '0.7')).toBe(700);
    expect(parseValue('memory_request', '1.5Gi')).toBe(1.5 * 2 ** 30);
    expect(parseValue('cpu_request', '2Gi')).toBeNull();
    expect(parseValue('memory_request', 'much')).toBeNull();
    expect(parseValue('cpu_request', ' ')).toBeNull();
  });

  it('have names for people', () => {
    expect(valueName('cpu_request')).toBe('CPU request');
    expect(valueName('max_replicas')).toBe('Max replicas');
    expect(valueName('p95_millicores')).toBe('P95');
  });

  it('only what differs is sent', () => {
    expect(
      actualOf({ cpu_request: 600, memory_request: 2 ** 30 }, { cpu_request: '600m', memory_request: '2Gi' }),
    ).toEqual({ memory_request: 2 * 2 ** 30 });
    expect(actualOf({ cpu_request: 600 }, { cpu_request: ' 600m ' })).toEqual({});
  });
});

describe('the life of one', () => {
  const states = (item: Parameters<typeof stepsOf>[0]) => stepsOf(item, 'UTC').map(({ state }) => state);

  it('stands where it is', () => {
    expect(states(openItems[0])).toEqual(['now', 'ahead', 'ahead', 'ahead']);
    expect(states(applied)).toEqual(['done', 'done', 'now', 'ahead']);
    expect(states(verified)).toEqual(['done', 'done', 'done', 'now']);
  });

  it('has the dates that are known', () => {
    expect(stepsOf(applied, 'UTC').map(({ note }) => note)).toEqual([
      'since 11 Nov',
      '17 Nov, seen',
      'until 24 Nov',
      '',
    ]);
    expect(stepsOf(verified, 'UTC').at(-1)).toEqual({ name: 'Verified', state: 'now', note: '10 Nov, in range' });
    expect(stepsOf(regressed, 'UTC').at(-1)?.name).toBe('Regressed');
  });

  it('says until when it is ignored, and why', () => {
    expect(ignoredWords(snoozed, 'UTC')).toBe('Snoozed until 19 Dec: after the release');
    expect(ignoredWords({ ...dismissed, ignore_reason: '' }, 'UTC')).toBe('Dismissed for ever');
    expect(ignoredWords(applied, 'UTC')).toBeNull();
  });

  it('tells its history', () => {
    const entry = { at: '2026-11-11T09:00:00Z', actual: null };
    expect(historyWords({ ...entry, status: 'active', reason: null })).toBe('Open');
    expect(historyWords({ ...entry, status: 'ignored', reason: 'too risky' })).toBe('Ignored: too risky');
    expect(historyWords({ ...entry, status: 'stale', reason: null })).toBe('No longer found');
  });
});
