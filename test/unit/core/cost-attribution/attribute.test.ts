import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayRow, emptyHour, hourRow, SUMMED } from '../../../../src/core/cost-attribution/attribute.ts';
import { dateOf } from '../../../../src/core/cost-attribution/calendar.ts';
import { exactSum } from '../../../../src/core/cost-attribution/exact-sum.ts';
import type { NamespaceHour } from '../../../../src/core/ports/cost-sums.ts';

const at = (text: string): number => Date.parse(text) / 1000;
const owner = { namespaceId: 'ns-shop', teamName: 'checkout', costCenter: 'CC-7' };
const context = {
  clusterId: 'c1',
  updatedAtSeconds: 99,
  rowId: (namespaceId: string, date: string, hour: number | null) => `${namespaceId} ${date} ${hour ?? 'day'}`,
};

const hourOf = (start: string, part: Partial<NamespaceHour> = {}): NamespaceHour => ({
  ...emptyHour('shop', at(start)),
  ...part,
});

describe('an hour', () => {
  it('has its costs, their sum, and what was held in hours and GB', () => {
    const hour = hourOf('2026-03-29T23:00:00Z', {
      cpuCost: 0.08,
      memoryCost: 0.02,
      gpuCost: 1,
      storageCost: 0.005,
      networkCost: 0.25,
      // 2 cores, 4 GB and 50 GB of volumes for the hour; 5 GB over the wire.
      cpuMillicoreSeconds: 2000 * 3600,
      memoryByteSeconds: 4e9 * 3600,
      storageByteSeconds: 50e9 * 3600,
      networkBytes: 5e9,
    });
    expect(hourRow(hour, owner, context)).toEqual({
      id: 'ns-shop 2026-03-29 23',
      clusterId: 'c1',
      ...owner,
      date: '2026-03-29',
      hour: 23,
      cpuCost: 0.08,
      memoryCost: 0.02,
      gpuCost: 1,
      storageCost: 0.005,
      networkCost: 0.25,
      totalCost: 1.355,
      cpuCoreHours: 2,
      memoryGbHours: 4,
      storageGbHours: 50,
      networkGb: 5,
      updatedAtSeconds: 99,
    });
  });
});

describe('a day', () => {
  it('is its hours, and no hour of another day', () => {
    const hours = [
      hourOf('2026-02-28T23:00:00Z', { cpuCost: 100 }),
      hourOf('2026-03-01T00:00:00Z', { cpuCost: 1, cpuMillicoreSeconds: 3_600_000 }),
      hourOf('2026-03-01T23:00:00Z', { cpuCost: 2, networkCost: 4, cpuMillicoreSeconds: 7_200_000 }),
      hourOf('2026-03-02T00:00:00Z', { cpuCost: 100 }),
    ];
    const row = dayRow(hours, '2026-03-01', owner, context);
    expect(row).toMatchObject({
      date: '2026-03-01',
      hour: null,
      cpuCost: 3,
      networkCost: 4,
      totalCost: 7,
      cpuCoreHours: 3,
    });
    expect(row.id).toBe('ns-shop 2026-03-01 day');
  });

  it('equals its hour rows in every figure, in any order', () => {
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
    const hours = fc.array(
      fc.record({
        cpuCost: amount,
        memoryCost: amount,
        gpuCost: amount,
        storageCost: amount,
        networkCost: amount,
        cpuMillicoreSeconds: amount,
        memoryByteSeconds: amount,
        storageByteSeconds: amount,
        networkBytes: amount,
      }),
      { maxLength: 24 },
    );
    fc.assert(
      fc.property(hours, (parts) => {
        const all = parts.map((part, index) => ({
          ...emptyHour('shop', at('2026-10-25T00:00:00Z') + index * 3600),
          ...part,
        }));
        const rows = all.map((hour) => hourRow(hour, owner, context));
        const day = dayRow([...all].reverse(), '2026-10-25', owner, context);
        for (const field of SUMMED) expect(day[field]).toBe(exactSum(rows.map((row) => row[field])));
        expect(Math.abs(day.totalCost - exactSum(rows.map((row) => row.totalCost)))).toBeLessThanOrEqual(
          1e-15 * day.totalCost * 24,
        );
      }),
    );
  });
});

describe('an exact sum', () => {
  it('keeps what plain addition loses', () => {
    expect(exactSum([1e16, 1, -1e16])).toBe(1);
    expect(exactSum(Array.from({ length: 10 }, () => 0.1))).toBe(1);
    expect(exactSum([])).toBe(0);
  });

  it('is to the cent after a month of 5-minute parts', () => {
    const parts = Array.from({ length: 8928 }, () => 0.01 / 3);
    expect(exactSum(parts)).toBeCloseTo(29.76, 12);
  });
});

it('days are UTC days over a change of clocks', () => {
  expect(dateOf(at('2026-03-29T23:59:59Z'))).toBe('2026-03-29');
  expect(dateOf(at('2026-03-30T00:00:00+02:00'))).toBe('2026-03-29');
});
