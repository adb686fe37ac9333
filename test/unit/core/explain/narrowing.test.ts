import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { laddersOf } from '../../../../src/core/explain/ladders.ts';
import { rankNarrowing } from '../../../../src/core/explain/narrowing.ts';
import type { NodeShare } from '../../../../src/core/explain/node-share.ts';
import { ALL_RUNGS, LADDERS, rungTitle } from '../../../../src/core/explain/rung-titles.ts';
import {
  embodiedFactor,
  gpuFactor,
  intensityFactor,
  logVariance,
  PUE_RANGES,
  powerFactor,
  priceFactor,
  pueFactor,
} from '../../../../src/core/explain/source-factors.ts';
import {
  costWords,
  cpuWords,
  embodiedWords,
  gpuWords,
  intensityWords,
  powerWords,
  pueWords,
  TABLES,
  usageWords,
} from '../../../../src/core/explain/source-words.ts';

const data = join(import.meta.dirname, '../../../../resources/data');

function shareOf(changes: Partial<NodeShare> = {}, sources: Partial<NodeShare['sources']> = {}): NodeShare {
  return {
    clusterId: 'c',
    clusterName: 'prod',
    node: 'node-a',
    instanceType: 'm6i.large',
    provider: 'aws',
    region: 'eu-west-1',
    zone: 'IE',
    sources: {
      gpu: 'none',
      cpu: 'node-exporter',
      usage: 'cadvisor',
      power: 'teads',
      intensity: 'live',
      pue: 'coefficients',
      embodied: 'table',
      cost: 'default-prices',
      ...sources,
    },
    curveFactor: null,
    joules: 100,
    joulesGpu: 0,
    joulesStorage: 0,
    co2eGrams: 10,
    embodiedGrams: 0,
    cost: 1,
    ...changes,
  };
}

describe('what would narrow the range most', () => {
  test('shares of the squared log width, the widest first', () => {
    const found = rankNarrowing([shareOf()], 'carbon');
    const power = logVariance({ low: 0.6, high: 1.4 });
    const pue = logVariance(pueFactor('coefficients', 'aws'));
    const live = logVariance({ low: 0.95, high: 1.05 });
    const all = power + pue + live;
    expect(found.map(({ factor }) => factor)).toEqual(['power', 'pue', 'intensity']);
    expect(found[0]?.share).toBeCloseTo(power / all, 12);
    expect(found[1]?.share).toBeCloseTo(pue / all, 12);
  });

  test('the same place counts once, with what it takes; another place is another line', () => {
    const dublin = [shareOf({ node: 'a' }), shareOf({ node: 'b', co2eGrams: 30 })];
    const paris = shareOf({ node: 'c', region: 'eu-west-3', zone: 'FR', co2eGrams: 5 });
    const pues = rankNarrowing([...dublin, paris], 'carbon').filter(({ factor }) => factor === 'pue');
    expect(pues.map(({ title, detail }) => [title, detail])).toEqual([
      ['PUE of eu-west-1', 'default of the provider, on 2 of 3 nodes'],
      ['PUE of eu-west-3', 'default of the provider, on 1 of 3 nodes'],
    ]);
    expect((pues[0]?.share ?? 0) / (pues[1]?.share ?? 1)).toBeCloseTo(8, 9);
  });

  test.each<[string, Partial<NodeShare>, Partial<NodeShare['sources']>, string, string | undefined]>([
    ['power', {}, {}, 'Power model of m6i.large', 'install-meter'],
    ['power', { instanceType: null }, { power: 'generic' }, 'Power model of nodes of unknown type', 'label-nodes'],
    ['power', {}, { power: 'measured' }, 'Power model of m6i.large', undefined],
    ['pue', {}, {}, 'PUE of eu-west-1', 'set-pue'],
    ['pue', { region: null, curveFactor: { low: 1, high: 1 } }, { pue: 'person' }, 'PUE of aws', undefined],
    ['intensity', {}, { intensity: 'zone-year' }, 'Grid intensity of IE', 'connect-grid'],
    ['intensity', {}, { intensity: 'world' }, 'Grid zone that is not known', 'set-zone'],
    ['embodied', { embodiedGrams: 10 }, {}, 'Embodied emissions of m6i.large', 'connect-boavizta'],
    ['embodied', { embodiedGrams: 10 }, { embodied: 'boavizta' }, 'Embodied emissions of m6i.large', undefined],
    ['gpu', { joulesGpu: 50 }, { gpu: 'assumed' }, 'Power of the GPUs of m6i.large', 'install-meter'],
    ['storage', { joulesStorage: 50 }, {}, 'Energy of volumes at aws', undefined],
  ])('%s: %j %j', (factor, changes, sources, title, action) => {
    const line = rankNarrowing([shareOf(changes, sources)], 'carbon').find((each) => each.factor === factor);
    expect(line?.title).toBe(title);
    expect(line?.action?.kind).toBe(action);
  });

  test('cost is as wide as its prices; exact prices leave nothing to narrow', () => {
    expect(rankNarrowing([shareOf()], 'cost')).toMatchObject([
      { factor: 'price', title: 'Prices of prod', share: 1, action: { kind: 'connect-opencost' } },
    ]);
    expect(rankNarrowing([shareOf({}, { cost: 'opencost' })], 'cost')).toEqual([]);
  });

  test('volumes are on no node: they are told beside the nodes, or alone', () => {
    const volume = shareOf({ node: '', instanceType: null, joulesStorage: 100 }, { power: 'provider-default' });
    const found = rankNarrowing([shareOf({ node: 'a' }), shareOf({ node: 'b' }), volume], 'carbon');
    const detailOf = (factor: string) => found.find((each) => each.factor === factor)?.detail;
    expect(detailOf('power')).toMatch(/, on 2 of 2 nodes$/);
    expect(detailOf('pue')).toMatch(/, on 2 of 2 nodes and persistent volumes$/);
    expect(detailOf('storage')).toBe('watt hours by medium, on persistent volumes');
    expect(rankNarrowing([shareOf()], 'carbon')[0]?.detail).toMatch(/, on 1 of 1 node$/);
    expect(rankNarrowing([volume], 'energy').map(({ detail }) => detail.replace(/^.*, /, ''))).toEqual([
      'on persistent volumes',
      'on persistent volumes',
    ]);
  });

  test('energy knows neither grid nor hardware', () => {
    const factors = rankNarrowing([shareOf({ embodiedGrams: 100 })], 'energy').map(({ factor }) => factor);
    expect(factors).toEqual(['power', 'pue']);
  });

  test('the range that the curve was stored with counts, not that of its source', () => {
    const narrow = shareOf({ curveFactor: { low: 0.99, high: 1.01 } });
    expect(rankNarrowing([narrow], 'energy')[0]?.factor).toBe('pue');
  });

  test('shares add up to at most 1, and nothing gives nothing', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      shareOf({ node: `n${index}`, instanceType: `type-${index}` }),
    );
    const found = rankNarrowing(many, 'carbon');
    expect(found.length).toBeLessThanOrEqual(8);
    expect(found.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1);
    expect(rankNarrowing([], 'carbon')).toEqual([]);
    expect(rankNarrowing([shareOf({ joules: 0, co2eGrams: 0 })], 'carbon')).toEqual([]);
  });
});

describe('ladders', () => {
  test('every rung that can be stored has its place and its words', () => {
    for (const [quantity, rungs] of Object.entries(ALL_RUNGS)) {
      const ladder = LADDERS[quantity as keyof typeof LADDERS].map(([rung]) => rung);
      expect([...ladder].sort()).toEqual([...rungs].sort());
    }
    expect(rungTitle('power', 'teads')).toBe('measured curve of the type');
  });

  test('energy by rung, best first, only those that were used', () => {
    const shares = [
      shareOf({ joules: 300 }, { power: 'teads', intensity: 'zone-year' }),
      shareOf({ joules: 100, joulesGpu: 60 }, { power: 'measured', gpu: 'measured' }),
    ];
    const ladders = new Map(laddersOf(shares).map((ladder) => [ladder.quantity, ladder.rungs]));
    expect(ladders.get('power')).toEqual([
      { rung: 'measured', title: 'energy meter', joules: 40, share: 40 / 340 },
      { rung: 'teads', title: 'measured curve of the type', joules: 300, share: 300 / 340 },
    ]);
    expect(ladders.get('intensity')?.map(({ rung, share }) => [rung, share])).toEqual([
      ['live', 0.25],
      ['zone-year', 0.75],
    ]);
    expect(ladders.get('gpu')).toMatchObject([{ rung: 'measured', joules: 60, share: 1 }]);
    expect(laddersOf([])).toEqual([]);
  });
});

describe('ranges and words of sources', () => {
  test('a worse rung is never narrower', () => {
    const widths = (factors: readonly { low: number; high: number }[]) => factors.map(logVariance);
    for (const ladder of [
      (['measured', 'teads', 'microarchitecture', 'generic'] as const).map(powerFactor),
      (['live', 'estimated', 'zone-profile', 'zone-year', 'world'] as const).map(intensityFactor),
      (['none', 'measured', 'utilisation', 'assumed'] as const).map(gpuFactor),
      (['boavizta', 'table', 'formula'] as const).map(embodiedFactor),
      (['opencost', 'default-prices'] as const).map(priceFactor),
    ]) {
      expect(widths(ladder)).toEqual([...widths(ladder)].sort((a, b) => a - b));
    }
    expect(logVariance(powerFactor('meter-model'))).toBeGreaterThan(logVariance(powerFactor('measured')));
    expect(powerFactor('provider-default')).toEqual(powerFactor('generic'));
  });

  test('PUE ranges are those of the bundled table', () => {
    const lines = readFileSync(join(data, 'provider_default_coefficients.csv'), 'utf8').split('\n');
    for (const [provider, { pue, low, high }] of Object.entries(PUE_RANGES)) {
      expect(lines.some((line) => line.startsWith(`${provider},pue,ratio,${pue},${low},${high},`))).toBe(true);
    }
    expect(pueFactor('on-prem', 'onprem').high).toBeCloseTo(2 / 1.58, 9);
    expect(pueFactor('person', 'aws')).toEqual({ low: 0.97, high: 1.03 });
  });

  test('tables that explanations name are in SOURCES.md', () => {
    const known = readFileSync(join(data, 'SOURCES.md'), 'utf8');
    for (const table of Object.values(TABLES)) expect(known).toContain(table.split(' ')[0]);
  });

  test('every rung says where it comes from and how it is known; a table is never measured', () => {
    const words = [
      ...ALL_RUNGS.power.map(powerWords),
      ...ALL_RUNGS.cpu.map(cpuWords),
      ...ALL_RUNGS.usage.map(usageWords),
      ...ALL_RUNGS.gpu.map(gpuWords),
      ...ALL_RUNGS.intensity.map((rung) => intensityWords(rung, 'FR')),
      ...ALL_RUNGS.pue.map((rung) => pueWords(rung, 'aws')),
      ...ALL_RUNGS.embodied.map(embodiedWords),
      ...ALL_RUNGS.cost.map(costWords),
    ];
    for (const { source, known } of words) {
      expect(source.length).toBeGreaterThan(4);
      if (source.includes('.csv')) expect(known).not.toBe('measured');
    }
  });
});
