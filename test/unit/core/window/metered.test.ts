import { describe, expect, test } from 'vitest';
import { combineFactors } from '../../../../src/core/bounds/combine.ts';
import { meterFactor, meterOf, wallFactor } from '../../../../src/core/power/meter.ts';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { NodeMeter } from '../../../../src/model/energy.ts';
import type { NodeFacts } from '../../../../src/model/facts.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import { coefficientsOf, factsOf, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';

const METER: NodeMeter = {
  exporter: 'kepler',
  zone: 'package',
  activeJoules: 90_000,
  idleJoules: 180_000,
  isModelled: false,
};

// A quarter and a half of the node are reserved; no use beyond the requests.
const API = podFactsOf({ name: 'api', cpuSeconds: 900, memoryBytes: 1e9, activeJoules: 50_000 });
const DB = podFactsOf({
  name: 'db',
  cpuRequestMillicores: 2000,
  memoryRequestBytes: 8e9,
  cpuSeconds: 600,
  memoryBytes: 1e9,
  activeJoules: 30_000,
});

function computed(changes: Partial<NodeFacts> = {}) {
  const facts = nodeFactsOf({ meter: METER, pods: [API, DB], ...changes });
  return computeWindow({
    clusterId: 'c',
    facts: factsOf([facts]),
    coefficientsOf: () => coefficientsOf(),
    zoneOf: () => 'FR',
  });
}

function named(rows: readonly ResultRow[], name: string): ResultRow {
  const row = rows.find((each) => each.podName === name || each.rowKind === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  return row;
}

describe('a node with a meter', () => {
  const { rows, nodeWindows } = computed();
  const [api, db, system, free] = ['api', 'db', 'system', 'unallocated'].map((name) => named(rows, name));

  test('gives each pod its active joules at the plug, and idle joules by reservation', () => {
    expect(api?.joulesDynamic).toBeCloseTo(65_000, 6);
    expect(api?.joulesIdle).toBeCloseTo(234_000 * 0.25, 6);
    expect(db?.joulesDynamic).toBeCloseTo(39_000, 6);
    expect(db?.joulesIdle).toBeCloseTo(234_000 * 0.5, 6);
  });

  test('leaves the rest to the system and unallocated', () => {
    expect(system?.joulesDynamic).toBeCloseTo(13_000, 6);
    expect(system?.cpuUsageMillicores).toBeCloseTo((2100 / 3600) * 1000, 6);
    expect(free?.joulesIdle).toBeCloseTo(234_000 * 0.25, 6);
  });

  test('adds up to what the meter counted, at the plug', () => {
    const total = rows.reduce((sum, row) => sum + row.joules, 0);
    expect(total).toBeCloseTo(270_000 * 1.3, 6);
    expect(nodeWindows[0]?.joulesTotal).toBeCloseTo(270_000 * 1.3, 6);
  });

  test('says what was measured and with what', () => {
    expect(nodeWindows[0]).toMatchObject({
      measuredJoules: 270_000,
      meter: 'kepler package',
      meterFactor: 1.3,
      utilisation: 0.25,
      systemCpuSeconds: 2100,
      idleWatts: (180_000 * 1.3) / 3600,
      curveId: 'aws/m5.xlarge/teads',
    });
    expect(api?.sources.power).toBe('measured');
  });

  test('is as sure as the meter and the way to the plug', () => {
    const factor = combineFactors([
      { low: 0.9, high: 1.15 },
      { low: 1.1 / 1.3, high: 1.6 / 1.3 },
    ]);
    for (const row of [api, db, system, free]) {
      expect((row?.joulesLow ?? 0) / (row?.joules ?? 1)).toBeCloseTo(factor.low, 9);
      expect((row?.joulesHigh ?? 0) / (row?.joules ?? 1)).toBeCloseTo(factor.high, 9);
    }
    expect(nodeWindows[0]?.curveLowFactor).toBeCloseTo(factor.low, 12);
  });

  test('is no estimate where the grid is live', () => {
    expect(api?.isEstimated).toBe(true);
    const live = { ...coefficientsOf().intensity, source: 'live' } as const;
    const { rows: sure } = computeWindow({
      clusterId: 'c',
      facts: factsOf([nodeFactsOf({ meter: METER, pods: [API] })]),
      coefficientsOf: () => coefficientsOf({ intensity: live }),
      zoneOf: () => 'FR',
    });
    expect(named(sure, 'api')).toMatchObject({ isEstimated: false, estimationReasons: [] });
  });
});

test('pods that counted more than the node share what it counted', () => {
  const { rows } = computed({ meter: { ...METER, activeJoules: 40_000 } });
  expect(named(rows, 'api').joulesDynamic).toBeCloseTo(25_000 * 1.3, 6);
  expect(named(rows, 'db').joulesDynamic).toBeCloseTo(15_000 * 1.3, 6);
  expect(rows.find((row) => row.rowKind === 'system')?.joules ?? 0).toBe(0);
});

test('a pod that the meter does not know has idle energy only, says so, and is less sure', () => {
  const { activeJoules: _, ...unknown } = DB;
  const { rows } = computed({ pods: [API, unknown] });
  const [api, db] = [named(rows, 'api'), named(rows, 'db')];
  expect(db.joulesDynamic).toBe(0);
  expect(db.joulesIdle).toBeCloseTo(234_000 * 0.5, 6);
  expect(db.estimationReasons[0]).toBe('The meter of the node tells nothing of this pod; it has idle energy only.');
  expect(db.joulesHigh / db.joules).toBeGreaterThan((api.joulesHigh / api.joules) * 1.3);
  expect(named(rows, 'system').joulesDynamic).toBeCloseTo(40_000 * 1.3, 6);
});

describe('a node whose meter tells of no pods at all', () => {
  const bare = [API, DB].map(({ activeJoules: _, ...pod }) => pod);
  const { rows, nodeWindows } = computed({ pods: bare });
  const [api, db, system] = ['api', 'db', 'system'].map((name) => named(rows, name));

  test('shares what it counted above idle by CPU use: 900, 600 and 2100 of 3600 s', () => {
    expect(api?.joulesDynamic).toBeCloseTo((117_000 * 900) / 3600, 6);
    expect(db?.joulesDynamic).toBeCloseTo((117_000 * 600) / 3600, 6);
    expect(system?.joulesDynamic).toBeCloseTo((117_000 * 2100) / 3600, 6);
    expect(api?.joulesIdle).toBeCloseTo(234_000 * 0.25, 6);
    expect(rows.reduce((sum, row) => sum + row.joules, 0)).toBeCloseTo(270_000 * 1.3, 6);
  });

  test('says so on each of its rows, once, and stays measured', () => {
    for (const row of rows) {
      expect(row.estimationReasons.filter((reason) => reason.includes('tells nothing'))).toEqual([
        'The meter of the node tells nothing of its pods; what it counted above idle is shared by their CPU use.',
      ]);
    }
    expect(nodeWindows[0]).toMatchObject({ meter: 'kepler package', sources: { power: 'measured' } });
  });

  test('is as sure as the meter where the CPU is known well, and less so where it is not', () => {
    const widthOf = (changes: Partial<NodeFacts>) => {
      const row = named(computed({ pods: bare, ...changes }).rows, 'api');
      return row.joulesHigh / row.joules;
    };
    expect(widthOf({})).toBeCloseTo(meterFactor(METER).high, 9);
    expect(widthOf({ cpuSource: 'pod-sum' })).toBeGreaterThan(widthOf({}));
    const kubelet = bare.map((pod) => ({ ...pod, usageSource: 'kubelet' as const }));
    expect(widthOf({ pods: kubelet })).toBeGreaterThan(widthOf({}));
  });

  test('without any CPU use it is the system that worked; without pods the system has it all', () => {
    const idle = bare.map((pod) => ({ ...pod, cpuSeconds: 0 }));
    expect(named(computed({ pods: idle }).rows, 'system').joulesDynamic).toBeCloseTo(117_000, 6);
    const empty = computed({ pods: [] }).rows;
    expect(named(empty, 'system').joulesDynamic).toBeCloseTo(117_000, 6);
    expect(named(empty, 'system').estimationReasons.join(' ')).not.toContain('tells nothing');
  });

  test('one pod that the meter knows is enough for it to tell pods apart', () => {
    const { rows: told } = computed({ pods: [API, ...bare.slice(1)] });
    expect(named(told, 'api').joulesDynamic).toBeCloseTo(65_000, 6);
    expect(named(told, 'db').joulesDynamic).toBe(0);
  });
});

test('a meter of the whole platform is near the plug', () => {
  const platform = { ...METER, zone: 'platform' } as const;
  expect(wallFactor(platform)).toBe(1.05);
  expect(meterFactor(platform).low).toBeCloseTo(0.9, 12);
  expect(meterFactor(platform).high).toBeCloseTo(1.15, 12);
  expect(computed({ meter: platform }).nodeWindows[0]?.joulesTotal).toBeCloseTo(270_000 * 1.05, 6);
});

test('the own model of an exporter is no measurement, and less sure', () => {
  const modelled = { ...METER, exporter: 'kepler-legacy', isModelled: true } as const;
  const { rows, nodeWindows } = computed({ meter: modelled });
  expect(named(rows, 'api')).toMatchObject({ isEstimated: true, sources: { power: 'meter-model' } });
  expect(nodeWindows[0]).toMatchObject({ meter: 'kepler-legacy package' });
  expect(meterFactor(modelled).low).toBeLessThan(meterFactor(METER).low);
  expect(meterFactor(modelled).high).toBeGreaterThan(meterFactor(METER).high);
});

test('a meter that counted nothing is none: the curve is taken', () => {
  const dead = { ...METER, activeJoules: 0, idleJoules: 0 };
  expect(meterOf(nodeFactsOf({ meter: dead }))).toBeNull();
  const { nodeWindows } = computed({ meter: dead });
  expect(nodeWindows[0]).toMatchObject({ measuredJoules: null, meter: null, meterFactor: null, idleWatts: 10 });
  expect(nodeWindows[0]?.joulesTotal).toBeCloseTo(76_500, 6);
});

test('measured and modelled nodes stand in one window, each with its own width', () => {
  const { rows } = computeWindow({
    clusterId: 'c',
    facts: factsOf([
      nodeFactsOf({ meter: METER, pods: [API] }),
      nodeFactsOf({ node: nodeOf({ name: 'node-b' }), pods: [podFactsOf({ name: 'other' })] }),
    ]),
    coefficientsOf: () => coefficientsOf(),
    zoneOf: () => 'FR',
  });
  const [api, other] = [named(rows, 'api'), named(rows, 'other')];
  expect([api.sources.power, other.sources.power]).toEqual(['measured', 'teads']);
  expect(api.joulesHigh / api.joules).toBeLessThan(other.joulesHigh / other.joules);
  expect(api.co2eHighGrams / api.co2eGrams).toBeLessThan(other.co2eHighGrams / other.co2eGrams);
});

test('the rung of the usage widens a pod of a node without a meter, rung by rung', () => {
  const widths = (['cadvisor', 'kubelet', 'single-sample', 'metrics-server', 'requests'] as const).map(
    (usageSource) => {
      const row = named(
        computed({ meter: { ...METER, activeJoules: 0, idleJoules: 0 }, pods: [{ ...API, usageSource }] }).rows,
        'api',
      );
      return row.joulesHigh / row.joules;
    },
  );
  expect(widths).toEqual([...widths].sort((a, b) => a - b));
  expect(new Set(widths).size).toBe(widths.length);
});

test('the rung of the CPU widens a node without a meter, rung by rung', () => {
  const ladder = ['node-exporter', 'cadvisor-root', 'kubelet', 'metrics-server', 'pod-sum'] as const;
  const widths = ladder.map((cpuSource) => {
    const { meter: _, ...facts } = nodeFactsOf({ meter: METER, cpuSource, pods: [API] });
    const { rows } = computeWindow({
      clusterId: 'c',
      facts: factsOf([facts]),
      coefficientsOf: () => coefficientsOf(),
      zoneOf: () => 'FR',
    });
    const row = named(rows, 'api');
    return row.joulesHigh / row.joules;
  });
  expect(widths).toEqual([...widths].sort((a, b) => a - b));
  expect(new Set(widths).size).toBe(widths.length);
});

test('what is unallocated has the rung of usage at which the node was read', () => {
  const of = (cpuSource: NodeFacts['cpuSource']) => {
    const { rows } = computed({ cpuSource });
    return named(rows, 'unallocated').sources.usage;
  };
  expect([of('node-exporter'), of('kubelet'), of('metrics-server'), of('no-samples')]).toEqual([
    'cadvisor',
    'kubelet',
    'metrics-server',
    'requests',
  ]);
});

test('idle power that nobody reserves is as sure as the power, whatever the CPU; less so on a node without samples', () => {
  const highOf = (cpuSource: NodeFacts['cpuSource']) => {
    const { meter: _, ...facts } = nodeFactsOf({ cpuSource, meter: METER });
    const { rows } = computeWindow({
      clusterId: 'c',
      facts: factsOf([facts]),
      coefficientsOf: () => coefficientsOf(),
      zoneOf: () => 'FR',
    });
    const row = named(rows, 'unallocated');
    return row.joulesHigh / row.joules;
  };
  expect(highOf('node-exporter')).toBeCloseTo(1.4, 9);
  expect(highOf('pod-sum')).toBeCloseTo(1.4, 9);
  expect(highOf('no-samples')).toBeGreaterThan(2);
});
