import { describe, expect, it } from 'vitest';
import type { CostAttribution } from '../../../../../src/model/kubernetes/objects.ts';
import {
  COST_SUMS,
  type CostSum,
  costSumOf,
  costsByQuestion,
  dearestFirst,
  monthsOf,
} from '../../../../../src/storage/sql/kubernetes/cost-sums.ts';

const RANGE = { startSeconds: Date.UTC(2026, 0, 1) / 1000, endSeconds: Date.UTC(2026, 1, 1) / 1000 };

function day(date: string, part: Partial<CostAttribution> = {}): CostAttribution {
  return {
    id: date,
    clusterId: 'k',
    namespaceId: 'n',
    date,
    hour: null,
    cpuCost: 0.1,
    memoryCost: 0.2,
    gpuCost: 0.3,
    storageCost: 0.4,
    networkCost: 0.5,
    totalCost: 1.5,
    cpuCoreHours: 1,
    memoryGbHours: 2,
    storageGbHours: 3,
    networkGb: 4,
    teamName: 'store',
    costCenter: null,
    updatedAtSeconds: 10,
    ...part,
  };
}

describe('days as months', () => {
  it('are added up by the month of their date, whatever the length of it', () => {
    const days = [
      ...Array.from({ length: 28 }, (_, place) => day(`2026-02-${String(place + 1).padStart(2, '0')}`)),
      ...Array.from({ length: 31 }, (_, place) => day(`2026-03-${String(place + 1).padStart(2, '0')}`)),
    ];
    const months = monthsOf(days);
    expect(months.map(({ date, hour }) => [date, hour])).toEqual([
      ['2026-02-01', null],
      ['2026-03-01', null],
    ]);
    expect(months.map(({ totalCost }) => totalCost.toFixed(2))).toEqual(['42.00', '46.50']);
    expect(months.map(({ cpuCost }) => cpuCost.toFixed(2))).toEqual(['2.80', '3.10']);
    expect(months.map(({ networkGb }) => networkGb)).toEqual([112, 124]);
  });

  it('have the owners of the last day, the newest change and an id of their own', () => {
    const [month] = monthsOf([
      day('2026-01-01', { updatedAtSeconds: 90 }),
      day('2026-01-02', { teamName: 'search', costCenter: 'cc' }),
    ]);
    expect(month).toMatchObject({ id: 'n/2026-01', teamName: 'search', costCenter: 'cc', updatedAtSeconds: 90 });
  });

  it('are none of no day', () => {
    expect(monthsOf([])).toEqual([]);
  });
});

describe('costs by a key', () => {
  it('are asked of whole days, by cluster too, as each has its currency', () => {
    const { text, parameters } = costsByQuestion('cost-center', 'k', RANGE);
    expect(text).toContain('SELECT t.cost_center AS key');
    expect(text).toContain('t.hour IS NULL');
    expect(text).toMatch(/GROUP BY t\.cost_center, t\.cluster_id$/);
    for (const column of Object.keys(COST_SUMS)) expect(text).toContain(`SUM(t.${column}) AS ${column}`);
    expect(parameters).toEqual(['k', '2026-01-01', '2026-02-01']);
    expect(costsByQuestion('team', null, RANGE).parameters).toEqual(['2026-01-01', '2026-02-01']);
  });

  const line = {
    key: 'x',
    cluster_id: 'k',
    team_name: 'store',
    cost_center: 'cc',
    ...Object.fromEntries(Object.keys(COST_SUMS).map((column, place) => [column, place + 0.5])),
  };

  it('keep every sum under its field', () => {
    const sum = costSumOf('cluster', line);
    const fields = Object.values(COST_SUMS);
    expect(fields.map((field) => sum[field])).toEqual(fields.map((_, place) => place + 0.5));
  });

  it('name owners only where all of a group share them', () => {
    const named = ({ namespaceId, teamName, costCenter }: CostSum) => [namespaceId, teamName, costCenter];
    expect(named(costSumOf('namespace', line))).toEqual(['x', 'store', 'cc']);
    expect(named(costSumOf('team', line))).toEqual(['', 'x', null]);
    expect(named(costSumOf('cost-center', line))).toEqual(['', null, 'x']);
    expect(named(costSumOf('cluster', line))).toEqual(['', null, null]);
    expect(costSumOf('team', { ...line, key: null })).toMatchObject({ key: null, teamName: null });
  });

  it('refuse a line that lacks a sum', () => {
    expect(() => costSumOf('team', { ...line, gpu_cost: null })).toThrow();
  });

  it('come dearest first, what is equal by cluster and key', () => {
    const sum = (clusterId: string, key: string | null, totalCost: number): CostSum => ({
      ...costSumOf('team', line),
      clusterId,
      key,
      totalCost,
    });
    const sorted = dearestFirst([sum('b', 'x', 1), sum('a', 'y', 1), sum('a', null, 1), sum('c', 'z', 5)]);
    expect(sorted.map(({ clusterId, key }) => [clusterId, key])).toEqual([
      ['c', 'z'],
      ['a', null],
      ['a', 'y'],
      ['b', 'x'],
    ]);
  });
});
