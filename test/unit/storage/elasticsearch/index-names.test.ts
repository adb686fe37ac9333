import { describe, expect, it } from 'vitest';
import { IndexNames } from '../../../../src/storage/elasticsearch/index-names.ts';
import { FAMILIES } from '../../../../src/storage/elasticsearch/templates/index.ts';

const at = (iso: string): number => Date.parse(iso) / 1000;
const names = new IndexNames('podwatt');

describe('names of indices', () => {
  it.each([
    ['combined-metrics', 'podwatt-combined-metrics-2026.11.21'],
    ['node-windows', 'podwatt-node-windows-2026.11'],
    ['rollup-hour-pod', 'podwatt-rollup-hour-pod-2026.11'],
    ['rollup-day-namespace', 'podwatt-rollup-day-namespace-2026'],
    ['collection-runs', 'podwatt-collection-runs-2026'],
    ['pod-presence', 'podwatt-pod-presence'],
  ])('carry the UTC date that %s is cut by', (family, name) => {
    expect(names.of(family, at('2026-11-21T23:59:59Z'))).toBe(name);
  });

  it('are found by pattern, a family with one index by its name', () => {
    expect(names.all('combined-metrics')).toBe('podwatt-combined-metrics-*');
    expect(names.all('leases')).toBe('podwatt-leases');
    expect(names.pattern).toBe('podwatt-*');
  });

  it('of a time are those that can hold it, its end excluded', () => {
    const range = { startSeconds: at('2026-01-31T23:00:00Z'), endSeconds: at('2026-02-02T00:00:00Z') };
    expect(names.within('combined-metrics', range)).toEqual([
      'podwatt-combined-metrics-2026.01.31',
      'podwatt-combined-metrics-2026.02.01',
    ]);
    expect(names.within('node-windows', range)).toEqual([
      'podwatt-node-windows-2026.01',
      'podwatt-node-windows-2026.02',
    ]);
    expect(names.within('combined-metrics', { ...range, endSeconds: range.startSeconds })).toEqual([
      'podwatt-combined-metrics-2026.01.31',
    ]);
  });

  it('of a long time are a pattern', () => {
    const range = { startSeconds: 0, endSeconds: at('2026-02-02T00:00:00Z') };
    expect(names.within('combined-metrics', range)).toEqual(['podwatt-combined-metrics-*']);
  });

  it('tell their time again', () => {
    const day = names.timeOf('combined-metrics', 'podwatt-combined-metrics-2026.12.31');
    expect(day).toEqual({ startSeconds: at('2026-12-31T00:00:00Z'), endSeconds: at('2027-01-01T00:00:00Z') });
    const month = names.timeOf('node-windows', 'podwatt-node-windows-2026.12');
    expect(month?.endSeconds).toBe(at('2027-01-01T00:00:00Z'));
    const year = names.timeOf('rollup-day-pod', 'podwatt-rollup-day-pod-2026');
    expect(year).toEqual({ startSeconds: at('2026-01-01T00:00:00Z'), endSeconds: at('2027-01-01T00:00:00Z') });
    expect(names.timeOf('node-windows', 'other-node-windows-2026.12')).toBeNull();
    expect(names.timeOf('node-windows', 'podwatt-node-windows-x')).toBeNull();
  });

  it('are of known families only, each of which is there once', () => {
    expect(() => names.of('nothing')).toThrow(RangeError);
    const all = FAMILIES.map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
  });

  it('of one family are never fitted by the pattern of another', () => {
    for (const one of FAMILIES) {
      for (const other of FAMILIES) {
        if (one === other) continue;
        const pattern = names.all(other.name);
        const name = names.of(one.name, at('2026-11-21T00:00:00Z'));
        const fits = pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
        expect(fits, `${name} ${pattern}`).toBe(false);
      }
    }
  });
});
