import { describe, expect, it } from 'vitest';
import type { BreakdownItem, Summary } from '../../../../src/contract/schemas/metrics.ts';
import { gridStep } from '../../../../src/renderer/charts/grid-steps.ts';
import { headlines, unallocatedShare } from '../../../../src/renderer/features/overview/headline.ts';
import { shapeNodeBars } from '../../../../src/renderer/features/overview/node-bars.ts';
import { workloadRows } from '../../../../src/renderer/features/overview/workload-rows.ts';
import { sample } from '../figures/sample-client.ts';
import { NODE_ITEMS } from '../figures/sample-data.ts';

const summary = (await sample.metrics?.summary?.({ last: '7d' })) as Summary;
const items = async (by: 'node' | 'workload'): Promise<BreakdownItem[]> =>
  (await sample.metrics?.breakdown?.({ last: '7d', by, compare: true }))?.items ?? [];

describe('headlines', () => {
  it('adds embodied to operational carbon and says both on hover', () => {
    const { carbon } = headlines(summary);
    expect(carbon.parts).toEqual({ value: '23.4', unit: 'kg CO₂e' });
    expect(carbon.exact).toMatch(/20\.4 kg operational, 3\.06 kg embodied$/);
    expect(carbon.range?.text).toBe('19.7–28.1');
    expect(carbon.change).toEqual({ text: '−9.6 %', tone: 'good' });
    expect(carbon.certainty).toBe('modelled');
  });

  it('shows energy of the facility, and IT energy on hover', () => {
    const { energy } = headlines(summary);
    expect(energy.parts).toEqual({ value: '81.5', unit: 'kWh' });
    expect(energy.exact).toContain('of it IT');
  });

  it('measures unallocated as a share of all carbon, its change in points', () => {
    const { unallocated } = headlines(summary);
    expect(unallocated.parts).toEqual({ value: '18.7', unit: '%' });
    expect(unallocated.change?.text).toMatch(/^\+\d\.\d pt$/);
    expect(unallocatedShare({ ...summary, total_co2e_all_scopes: 0 })).toBeNull();
  });

  it('says "no data" and not 0 where nothing was collected', () => {
    const nothing = headlines({ ...summary, covered_seconds: 0, previous: null });
    for (const headline of Object.values(nothing)) expect(headline.parts.value).toBe('no data');
    expect(nothing.carbon.range).toBeNull();
    expect(nothing.carbon.change).toBeNull();
  });

  it('compares with nothing where the period before was not collected', () => {
    const previous = summary.previous === null ? null : { ...summary.previous, coverage: 0 };
    const shown = headlines({ ...summary, previous });
    expect(shown.carbon.change).toBeNull();
    expect(shown.carbon.before).toBe('');
  });

  it('keeps a grid without energy apart from a grid of 0 g', () => {
    expect(headlines({ ...summary, mean_grid_intensity: null }).grid.parts.value).toBe('no data');
    expect(headlines({ ...summary, mean_grid_intensity: 0 }).grid.parts.value).toBe('0');
  });
});

describe('grid steps', () => {
  it.each([
    [0, 0],
    [49.9, 0],
    [50, 1],
    [299, 3],
    [300, 4],
    [650, 6],
    [1200, 6],
  ])('%d g/kWh is step %d', (intensity, step) => {
    expect(gridStep(intensity)).toBe(step);
  });
});

describe('node bars', () => {
  it('groups by machine type, most energy first, and shares over all nodes', async () => {
    const bars = shapeNodeBars(await items('node'), [...NODE_ITEMS], 32);
    expect(bars.groups.map((group) => [group.type, group.bars.length])).toEqual([
      ['m6i.2xlarge', 3],
      ['Xeon D, hybrid', 2],
      ['m7g.xlarge', 1],
    ]);
    expect(bars.all).toBe(6);
  });

  it('keeps bars for the nodes with most energy, and counts the rest in the shares', async () => {
    const all = shapeNodeBars(await items('node'), [], 32);
    const few = shapeNodeBars(await items('node'), [], 2);
    expect(few.shown).toBe(2);
    expect(few.all).toBe(6);
    expect(few.parts).toEqual(all.parts);
    expect(few.groups[0]?.type).toBe('Type not known');
  });
});

describe('workload rows', () => {
  it('keeps the order of the answer, which counts embodied carbon too', async () => {
    const pods = (await items('workload')).filter((item) => item.row_kind === 'pod');
    const rows = workloadRows(pods.toReversed(), 2);
    expect(rows.map((row) => row.item.key)).toEqual([pods.at(-1)?.key, pods.at(-2)?.key]);
  });

  it('leaves rows of machines out', async () => {
    const rows = workloadRows(await items('workload'), 3);
    expect(rows.map((row) => row.name)).toEqual(['spark-nightly-rollup', 'reranker', 'opensearch-data']);
    expect(rows.every((row) => row.lowGrams < row.carbonGrams && row.carbonGrams < row.highGrams)).toBe(true);
    expect(rows[0]?.previousGrams).toBeGreaterThan(rows[0]?.carbonGrams ?? 0);
  });
});
