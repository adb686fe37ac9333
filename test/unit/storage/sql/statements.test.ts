import { describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../../../../src/core/ports/results-store.ts';
import { grainFor } from '../../../../src/storage/sql/dimension-columns.ts';
import { filterConditions } from '../../../../src/storage/sql/filter-conditions.ts';
import { groupColumns, labelColumns, withGrouped } from '../../../../src/storage/sql/grouped-sums.ts';
import { piecesOf } from '../../../../src/storage/sql/pieces.ts';
import { literal, literals } from '../../../../src/storage/sql/statement.ts';
import { numberIn, SUM_COLUMNS, totalsOf, ZERO_TOTALS } from '../../../../src/storage/sql/sums.ts';

const ALL = { clusterIds: [] };

describe('grainFor', () => {
  it('takes the cheapest grain that knows all dimensions', () => {
    expect(grainFor(ALL, null)).toBe('namespace');
    expect(grainFor({ ...ALL, namespace: 'a' }, 'cluster')).toBe('namespace');
    expect(grainFor({ ...ALL, team: 'a' }, 'namespace')).toBe('workload');
    expect(grainFor(ALL, 'provider')).toBe('workload');
    expect(grainFor({ ...ALL, pod: 'a' }, 'namespace')).toBe('pod');
    expect(grainFor({ ...ALL, namespace: 'a' }, 'pod')).toBe('pod');
  });
});

describe('filterConditions', () => {
  it('is nothing without a filter', () => {
    expect(filterConditions({ clusterIds: ['a', 'b'] })).toEqual({ text: '', parameters: [] });
  });

  it('never writes a value into the statement', () => {
    const value = `'; DROP TABLE texts; --`;
    for (const dimension of ['namespace', 'workload', 'pod', 'node', 'team', 'zone', 'provider'] as const) {
      const { text, parameters } = filterConditions({ ...ALL, [dimension]: value });
      expect(text).not.toContain('DROP');
      expect(parameters).toEqual([value]);
      expect(text.match(/\?/g)).toHaveLength(1);
    }
  });

  it('splits a workload at its first slash', () => {
    expect(filterConditions({ ...ALL, workload: 'Deployment/a/b' }).parameters).toEqual(['Deployment', 'a/b']);
    expect(filterConditions({ ...ALL, workload: '__system__' }).parameters).toEqual(['__system__']);
  });

  it('asks for no team by the empty name', () => {
    expect(filterConditions({ ...ALL, team: '' }).parameters).toEqual([]);
  });
});

describe('withGrouped', () => {
  const pieces = piecesOf([{ startSeconds: 300, endSeconds: 200_000 }]);

  it('reads each level that has pieces from its own table, with the parameters of each', () => {
    const filter = { ...ALL, namespace: 'shop' };
    const { text, parameters } = withGrouped({ clusterKeys: [1, 2], filter, pieces, groupBy: 'namespace' });
    for (const table of ['result_rows', 'rollup_hour_namespace', 'rollup_day_namespace']) expect(text).toContain(table);
    expect(text).toContain('IN (1, 2)');
    expect(parameters).toEqual(['shop', 'shop', 'shop']);
    const hours = withGrouped({ clusterKeys: [1], filter, pieces: pieces.slice(1, 2), groupBy: 'pod' });
    expect(hours.text).toContain('rollup_hour_pod');
    expect(hours.text).not.toContain('result_rows');
    expect(hours.parameters).toEqual(['shop']);
  });

  it('has group columns for each dimension, and labels only where they are not part of the key', () => {
    expect(groupColumns(null)).toEqual([]);
    expect(labelColumns(null)).toEqual([]);
    expect(DIMENSIONS.map((dimension) => groupColumns(dimension).length)).toEqual([1, 2, 4, 3, 2, 1, 1, 1]);
    expect(labelColumns('workload')).toEqual([]);
    expect(labelColumns('pod')).toEqual(['label_owner_kind', 'label_owner_name', 'label_node']);
    expect(labelColumns('zone')).toEqual(['label_cluster']);
  });
});

describe('literals', () => {
  it('writes whole numbers only', () => {
    expect(literals([1, -2, 3])).toBe('1, -2, 3');
    for (const wrong of [Number.NaN, 0.5, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(() => literal(wrong)).toThrow(TypeError);
  });
});

describe('totalsOf', () => {
  it('takes each sum from its own column', () => {
    const line = Object.fromEntries(SUM_COLUMNS.map(({ column }, index) => [column, index + 1]));
    const totals = totalsOf(line, 7);
    SUM_COLUMNS.forEach(({ field }, index) => {
      expect(totals[field]).toBe(index + 1);
    });
    expect(totals.podCount).toBe(7);
    expect(new Set(SUM_COLUMNS.map(({ field }) => field)).size).toBe(SUM_COLUMNS.length);
  });

  it('throws for a column that is missing, or holds no number', () => {
    expect(() => totalsOf({}, 0)).toThrow(/joules/);
    expect(() => numberIn({ a: '1' }, 'a')).toThrow(/column a/);
    expect(numberIn({ a: 1.5 }, 'a')).toBe(1.5);
  });

  it('is zero in ZERO_TOTALS', () => {
    expect(Object.values(ZERO_TOTALS).every((value) => value === 0)).toBe(true);
    expect(Object.keys(ZERO_TOTALS)).toHaveLength(SUM_COLUMNS.length + 1);
  });
});
