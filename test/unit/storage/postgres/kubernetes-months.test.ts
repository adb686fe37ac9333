import { describe, expect, it } from 'vitest';
import { monthsFor } from '../../../../src/storage/postgres/kubernetes-months.ts';
import { partitionName } from '../../../../src/storage/postgres/partitions.ts';

const seconds = (iso: string): number => Date.parse(iso) / 1000;
const namesFor = (instants: readonly string[], now: string): string[] =>
  monthsFor(instants.map(seconds), seconds(now)).map((month) => partitionName('k8s_pods', month).slice(-7));

describe('monthsFor', () => {
  it('is this month and three ahead, over the end of a year', () => {
    expect(namesFor([], '2026-11-21T00:00:00Z')).toEqual(['2026_11', '2026_12', '2027_01', '2027_02']);
  });

  it('has the months of what came, each once, oldest first', () => {
    const instants = ['2026-12-01T00:00:00Z', '2024-02-29T23:59:59Z', '2024-02-01T00:00:00Z', '2024-01-31T23:59:59Z'];
    expect(namesFor(instants, '2026-10-31T23:59:59Z')).toEqual([
      '2024_01',
      '2024_02',
      '2026_10',
      '2026_11',
      '2026_12',
      '2027_01',
    ]);
  });
});
