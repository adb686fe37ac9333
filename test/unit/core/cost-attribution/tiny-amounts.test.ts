import { describe, expect, it } from 'vitest';
import { dayRow, emptyHour, hourRow, SUMMED } from '../../../../src/core/cost-attribution/attribute.ts';
import { DAY_SECONDS, HOUR_SECONDS, hoursOf, rangeOfDate } from '../../../../src/core/cost-attribution/calendar.ts';
import { exactSum } from '../../../../src/core/cost-attribution/exact-sum.ts';
import type { NamespaceHour } from '../../../../src/core/ports/cost-sums.ts';

const owner = { namespaceId: 'ns', teamName: null, costCenter: null };
const context = {
  clusterId: 'c1',
  updatedAtSeconds: 1,
  rowId: (namespaceId: string, date: string, hour: number | null) => `${namespaceId} ${date} ${hour ?? 'day'}`,
};
/** The hours of a UTC day, each with amounts of its own that binary numbers can't hold. */
const hoursOfDay = (date: string, part: (place: number) => Partial<NamespaceHour>): NamespaceHour[] =>
  hoursOf(rangeOfDate(date)).map((start, place) => ({ ...emptyHour('shop', start), ...part(place) }));
const naive = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('many tiny amounts', () => {
  it('beside a large one are not lost', () => {
    const tiny = Array.from({ length: 100_000 }, () => 1e-9);
    expect(naive([1e8, ...tiny])).toBe(1e8);
    expect(exactSum([1e8, ...tiny])).toBeCloseTo(1e8 + 1e-4, 7);
    expect(exactSum([...tiny, 1e8])).toBe(exactSum([1e8, ...tiny]));
    expect(exactSum([1e8, ...tiny, -1e8])).toBeCloseTo(1e-4, 12);
  });

  it('of a year of 5-minute windows are a round sum where plain addition is not', () => {
    const parts = Array.from({ length: 105_120 }, () => 0.001);
    expect(naive(parts)).not.toBe(105.12);
    expect(exactSum(parts)).toBe(105.12);
  });

  it('are the same sum forwards, backwards and from the smallest on', () => {
    const parts = Array.from({ length: 5000 }, (_, index) => 1.1 ** (index % 200) / 7);
    const sum = exactSum(parts);
    expect(exactSum(parts.toReversed())).toBe(sum);
    expect(exactSum(parts.toSorted((a, b) => a - b))).toBe(sum);
  });

  it('may be read from any iterable, and corrections are negative', () => {
    expect(exactSum(new Set([0.1, 0.2, -0.3]))).toBeCloseTo(0, 16);
    expect(exactSum([0.3, -0.1, -0.2])).toBeCloseTo(0, 16);
    expect(exactSum([-0, 0])).toBe(0);
  });
});

describe('a day and its hours', () => {
  const part = (place: number): Partial<NamespaceHour> => ({
    cpuCost: 0.1 + place * 1e-7,
    memoryCost: 0.01 / 3,
    gpuCost: place === 12 ? 1e6 / 7 : 0,
    storageCost: 1e-9,
    networkCost: 0.2,
    cpuMillicoreSeconds: 333.3 * HOUR_SECONDS,
    memoryByteSeconds: 1e9 * HOUR_SECONDS + place,
    storageByteSeconds: 7e9 * HOUR_SECONDS,
    networkBytes: 123_456_789,
  });

  it.each(['2026-02-28', '2028-02-29', '2026-03-29', '2026-12-31'])('%s is Σ of 24, to the last digit', (date) => {
    const hours = hoursOfDay(date, part);
    const rows = hours.map((hour) => hourRow(hour, owner, context));
    const day = dayRow(hours, date, owner, context);
    expect(rows.map(({ hour }) => hour)).toEqual(Array.from({ length: 24 }, (_, place) => place));
    expect(new Set(rows.map((row) => row.date))).toEqual(new Set([date]));
    for (const field of SUMMED) expect(day[field], field).toBe(exactSum(rows.map((row) => row[field])));
    expect(day.totalCost).toBeCloseTo(exactSum(rows.map((row) => row.totalCost)), 9);
    expect(dayRow(hours.toReversed(), date, owner, context)).toEqual(day);
  });

  it('the last hour of a month and the first of the next fall apart', () => {
    const midnight = rangeOfDate('2026-12-31').endSeconds;
    const last = { ...emptyHour('shop', midnight - HOUR_SECONDS), cpuCost: 1 };
    const first = { ...emptyHour('shop', midnight), cpuCost: 2 };
    const rows = [last, first].map((hour) => hourRow(hour, owner, context));
    expect(rows.map(({ date, hour }) => `${date} ${hour}`)).toEqual(['2026-12-31 23', '2027-01-01 0']);
    expect(dayRow([first, last], '2026-12-31', owner, context).cpuCost).toBe(1);
    expect(dayRow([first, last], '2027-01-01', owner, context).cpuCost).toBe(2);
    expect(dayRow([first, last], '2027-01-02', owner, context).totalCost).toBe(0);
  });

  it('ids are one a namespace, day and hour: a row that is written again takes the place of itself', () => {
    const hours = hoursOfDay('2026-06-30', part);
    const ids = (all: readonly NamespaceHour[]) => all.map((hour) => hourRow(hour, owner, context).id);
    expect(new Set([...ids(hours), dayRow(hours, '2026-06-30', owner, context).id]).size).toBe(25);
    expect(ids(hours)).toEqual(ids(hours.map((hour) => ({ ...hour, cpuCost: 9 }))));
    const next = hours.map((hour) => ({ ...hour, startSeconds: hour.startSeconds + DAY_SECONDS }));
    expect(ids(next).some((id) => ids(hours).includes(id))).toBe(false);
  });
});
