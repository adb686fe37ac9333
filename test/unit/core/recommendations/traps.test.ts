import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { analysisContext } from '../../../../src/core/recommendations/analysis-context.ts';
import type { RecommendationType } from '../../../../src/model/recommendations/recommendation.ts';
import { findings, found, GIB, type MadeCluster, type MadeWorkload, MIB, made, packed, START } from './made-cluster.ts';

const QUIET: MadeWorkload = { watts: 0.001, cpu: 1, bytesPerSecond: 5 };
const BUSY: MadeWorkload = { name: 'busy', watts: 5 };
const NIGHTLY = (hour: number) => hour % 24 === 1;
const dirtyNights = (hour: number) => (hour % 24 < 6 ? 900 : 100);

/** A cluster in which each type is found. */
const POSITIVES: readonly [RecommendationType, MadeCluster][] = [
  ['RIGHTSIZING_CPU', { workloads: [{ cpuRequest: 4000, cpu: 50 }] }],
  ['RIGHTSIZING_MEMORY', { workloads: [{ memoryRequest: 16 * GIB, memory: 200 * MIB }] }],
  ['MISSING_REQUESTS', { workloads: [{ cpuRequest: null }] }],
  ['ZOMBIE_POD', { workloads: [QUIET, BUSY] }],
  ['IDLE_NAMESPACE', { workloads: [QUIET] }],
  ['OFF_PEAK_SCALING', { workloads: [{ cpu: (hour) => (hour % 24 < 8 ? 1 : 400) }] }],
  ['AUTOSCALING_CANDIDATE', { workloads: [{ cpu: (hour) => (hour % 24 === 9 ? 450 : 50) }] }],
  [
    'CARBON_AWARE_SCHEDULING',
    { workloads: [{ kind: 'CronJob', seen: NIGHTLY, spec: { schedule: '0 1 * * *' } }], intensity: dirtyNights },
  ],
];

describe.each(POSITIVES)('%s', (type, cluster) => {
  const finding = found(cluster, type);

  it('is found, with words, figures and a change that can be read', () => {
    expect(finding?.title).not.toBe('');
    expect(finding?.reason.endsWith('.')).toBe(true);
    expect(Object.keys(finding?.evidence.figures ?? {}).length).toBeGreaterThan(2);
    const documents = parseAllDocuments(finding?.change?.patchYaml ?? '');
    expect(documents.length).toBeGreaterThan(0);
    for (const each of documents) expect(Array.isArray(each) ? [] : each.errors).toEqual([]);
    expect(finding?.change?.kubectl).toMatch(/^kubectl /);
    expect(finding?.change?.diff.length).toBeGreaterThan(0);
  });

  it('has series as long as the range, and lines in their unit', () => {
    for (const series of finding?.evidence.series ?? []) {
      expect(series.mean).toHaveLength(168);
      expect(series.startSeconds).toBe(START);
      if (series.peak !== null) expect(series.peak).toHaveLength(168);
    }
    expect(finding?.evidence.lines.every(({ value }) => value >= 0)).toBe(true);
  });

  it('is not found where there are too few hours', () => {
    const few = {
      ...cluster,
      workloads: (cluster.workloads ?? []).map((each) => ({ ...each, seen: (hour: number) => hour < 20 })),
    };
    expect(found(few, type)).toBeUndefined();
  });

  it('is not found without a layout, nor in a system namespace', () => {
    expect(found({ ...cluster, layout: null }, type)).toBeUndefined();
    const inSystem = {
      ...cluster,
      workloads: (cluster.workloads ?? []).map((each) => ({ ...each, namespace: 'kube-system' })),
    };
    expect(found(inSystem, type)).toBeUndefined();
  });
});

describe('a release', () => {
  it('is named wherever a workload is its own', () => {
    for (const [type, cluster] of POSITIVES) {
      const workloads = (cluster.workloads ?? []).map((each) => ({
        ...each,
        spec: { ...each.spec, helmRelease: 'shop' },
      }));
      expect(found({ ...cluster, workloads }, type)?.change?.cautions.join()).toContain('Helm release shop');
    }
  });
});

describe('the intensity of the grid', () => {
  it('is that of all nodes by their energy', () => {
    const input = made();
    const key = (node: string) => ({ namespace: null, ownerKind: null, ownerName: null, team: null, node });
    const nodes = packed(
      [key('a'), key('b')],
      [
        { key: 0, hour: 0, values: { podCount: 1, joules: 300, intensityJoules: 300 * 100, co2eGrams: 2 } },
        { key: 0, hour: 1, values: { podCount: 1, joules: 0 } },
        { key: 1, hour: 0, values: { podCount: 1, joules: 100, intensityJoules: 100 * 500, co2eGrams: 4 } },
      ],
    );
    if (input.layout === null) throw new Error('no layout');
    const context = analysisContext({ ...input, nodes, workloads: packed([], []) }, input.layout);
    expect(context.intensityIn(null).slice(0, 3)).toEqual([200, null, null]);
    expect(context.clusterHours.filter(Boolean)).toHaveLength(2);
    expect(context.co2eGramsPerDay).toBeCloseTo((6 / 2) * 24, 9);
  });
});

describe('a job that was made in the middle of the time', () => {
  it('spreads its figures over its own days', () => {
    const since = (day: number): MadeCluster => ({
      workloads: [
        {
          kind: 'CronJob',
          seen: (hour) => NIGHTLY(hour) && hour >= day * 24,
          spec: { schedule: '0 1 * * *', createdAtSeconds: START + day * 86_400 },
        },
      ],
      intensity: dirtyNights,
    });
    const grams = (day: number) => found(since(day), 'CARBON_AWARE_SCHEDULING')?.savings.co2eGramsPerDay.central ?? 0;
    expect(grams(3)).toBeGreaterThan(0);
    expect(grams(3)).toBeCloseTo(grams(0), 9);
  });
});

describe('smaller requests together', () => {
  it('promise 0 g, however many they are', () => {
    const workloads = Array.from(
      { length: 30 },
      (_, index): MadeWorkload => ({
        name: `w-${index}`,
        cpuRequest: 500 + index * 100,
        memoryRequest: (1 + index) * GIB,
        cpu: 20 + index,
        memory: (50 + index) * MIB,
      }),
    );
    const all = findings({ workloads }).filter(({ type }) => type.startsWith('RIGHTSIZING'));
    expect(all.length).toBeGreaterThan(50);
    expect(all.every(({ savings }) => savings.co2eGramsPerDay.high === 0 && savings.joulesPerDay === 0)).toBe(true);
    expect(all.every(({ savings }) => savings.needsNodeToGo)).toBe(true);
  });
});
