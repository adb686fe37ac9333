import { describe, expect, test } from 'vitest';
import { isUnchanged } from '../../../../src/core/restate/compare.ts';
import { restateWindow } from '../../../../src/core/restate/restate-window.ts';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { NodeCoefficients } from '../../../../src/model/coefficients.ts';
import type { NodeFacts, VolumeFacts } from '../../../../src/model/facts.ts';
import type { ResultRow, WindowResult } from '../../../../src/model/results.ts';
import type { Window } from '../../../../src/model/time.ts';
import { coefficientsOf, FIVE_MINUTES, factsOf, HOUR, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';

const base = coefficientsOf();
const volume: VolumeFacts = {
  ...{ namespace: 'shop', claim: 'data', storageClass: 'gp3', provisioner: 'ebs.csi.aws.com', diskType: 'gp3' },
  ...{ requestedBytes: 500e9, usedBytes: 100e9, aliveSeconds: 3600, node: null, team: null, place: nodeOf() },
};

interface Setup {
  readonly nodes?: readonly NodeFacts[];
  readonly volumes?: readonly VolumeFacts[];
  readonly window?: Window;
  readonly wattHours?: number;
  readonly zone?: string;
}

function computed(coefficients: NodeCoefficients, setup: Setup = {}): WindowResult {
  const { nodes = [], volumes = [], window = HOUR, wattHours = 1.2, zone = 'FR' } = setup;
  const factor = { low: 0.5, high: 2 };
  const result = computeWindow({
    clusterId: 'c',
    facts: { ...factsOf(nodes, window), volumes },
    coefficientsOf: () => coefficients,
    zoneOf: () => zone,
    volumeOf: () => ({ medium: 'ssd', wattHoursPerTerabyteHour: wattHours, replication: 2, factor, flags: [] }),
  });
  const { durationSeconds: coveredSeconds } = window;
  const rowCount = result.rows.length;
  const state = { state: 'whole', reason: null, notices: [], closedAtSeconds: 0 } as const;
  return { ...result, entry: { clusterId: 'c', window, coveredSeconds, rowCount, ...state } };
}

/** Restated by `changes`, beside what computing anew gives. */
function both(changes: Partial<NodeCoefficients>, setup: Setup) {
  const coefficients = coefficientsOf(changes);
  const before = computed(base, setup);
  const after = restateWindow(before, () => ({ coefficients, emapsZone: setup.zone ?? 'FR' }));
  return { before, after, fresh: computed(coefficients, setup) };
}

const CHANGED = {
  pue: { pue: 1.5, source: 'person', factor: { low: 0.97, high: 1.03 } },
  intensity: { ...base.intensity, gramsPerKwh: 50, source: 'live', factor: { low: 0.95, high: 1.05 } },
  prices: { ...base.prices, cpuCoreHour: 0.08, storageGbHour: 0.0002, source: 'person', factor: { low: 1, high: 1 } },
  embodied: { ...base.embodied, kilograms: 70.08 },
} as const satisfies Partial<NodeCoefficients>;

describe('windows with hardly anything in them', () => {
  test('nothing: nothing comes of it, and nothing changes', () => {
    const { before, after } = both(CHANGED, {});
    expect(after).toEqual(before);
    expect(isUnchanged(before, after)).toBe(true);
  });

  test('a node without pods: its system and its spare capacity', () => {
    const { after, fresh } = both(CHANGED, { nodes: [nodeFactsOf({ pods: [] })] });
    expect(after.rows.map(({ rowKind }) => rowKind)).toEqual(['system', 'unallocated']);
    expect(isUnchanged(fresh, after)).toBe(true);
    const [system, spare] = after.rows;
    // 40,500 J and 36,000 J × 1.5 at 50 g/kWh.
    expect(system?.co2eGrams).toBeCloseTo(0.84375, 9);
    expect(spare?.co2eGrams).toBeCloseTo(0.75, 9);
    expect([system?.embodiedCo2eGrams, spare?.embodiedCo2eGrams]).toEqual([0, expect.closeTo(2, 9)]);
    expect([system?.totalCost, spare?.costCpu]).toEqual([0, expect.closeTo(0.32, 9)]);
  });

  test('a node that drew nothing keeps nothing, but what it was made of and what it costs', () => {
    const dark = { ...base.curve, watts: [0, 0, 0, 0] } as const;
    const nodes = [nodeFactsOf()];
    const coefficients = coefficientsOf({ ...CHANGED, curve: dark });
    const before = computed(coefficientsOf({ curve: dark }), { nodes });
    const after = restateWindow(before, () => ({ coefficients, emapsZone: 'FR' }));
    expect(isUnchanged(computed(coefficients, { nodes }), after)).toBe(true);
    for (const row of after.rows) {
      expect([row.joules, row.co2eLowGrams, row.co2eGrams, row.co2eHighGrams]).toEqual([0, 0, 0, 0]);
    }
    const embodied = after.rows.reduce((sum, row) => sum + row.embodiedCo2eGrams, 0);
    expect(embodied).toBeCloseTo(2, 9);
  });

  test('five minutes of a node that came in the middle of them', () => {
    const node = nodeFactsOf({
      existedSeconds: 120,
      cpuSeconds: 120,
      pods: [podFactsOf({ aliveSeconds: 60, cpuSeconds: 30 })],
    });
    const { after, fresh } = both(CHANGED, { nodes: [node], window: FIVE_MINUTES });
    expect(isUnchanged(fresh, after)).toBe(true);
    const grams = after.rows.reduce((sum, row) => sum + row.co2eGrams, 0);
    // u = 0.25: 21.25 W for 120 s.
    expect(grams).toBeCloseTo(((21.25 * 120) / 3.6e6) * 1.5 * 50, 9);
    const spare = after.rows.find(({ rowKind }) => rowKind === 'unallocated');
    // 4 vCPU for 2 minutes, less one for 1.
    expect(spare?.costCpu).toBeCloseTo((4 * (120 / 3600) - 60 / 3600) * 0.08, 9);
  });
});

describe('volumes', () => {
  test('by another PUE, grid and price; they never have embodied grams', () => {
    const { before, after, fresh } = both(CHANGED, { nodes: [nodeFactsOf()], volumes: [volume] });
    expect(isUnchanged(fresh, after)).toBe(true);
    const of = ({ rows }: WindowResult) => rows.find(({ rowKind }) => rowKind === 'volume');
    // 0.5 TB × 1.2 Wh × 2 copies.
    expect(of(before)?.joules).toBeCloseTo(1.2 * 3600, 6);
    expect(of(after)?.co2eGrams).toBeCloseTo(0.0012 * 1.5 * 50, 12);
    expect(of(after)).toMatchObject({ embodiedCo2eGrams: 0, isEstimated: true, sources: { embodied: 'table' } });
    expect(of(after)?.costStorage).toBeCloseTo(500 * 0.0002, 12);
    expect(of(after)?.estimationReasons[0]).toBe('Energy of the volume is a general value for its size and medium.');
  });

  test('on a disk of the node itself they draw nothing of their own, and are paid for', () => {
    const { before, after, fresh } = both(CHANGED, { volumes: [volume], wattHours: 0 });
    expect(before.rows.map(({ joules, co2eGrams }) => [joules, co2eGrams])).toEqual([[0, 0]]);
    expect(after.rows.map(({ co2eHighGrams, costStorage }) => [co2eHighGrams, costStorage])).toEqual([
      [0, expect.closeTo(0.1, 9)],
    ]);
    expect(isUnchanged(fresh, after)).toBe(true);
  });

  test('bound for a part of the window', () => {
    const { after, fresh } = both(CHANGED, { volumes: [{ ...volume, aliveSeconds: 900 }] });
    expect(isUnchanged(fresh, after)).toBe(true);
    expect(after.rows[0]?.costStorage).toBeCloseTo(0.025, 12);
  });

  test('go where their own place goes, not where the nodes go', () => {
    const before = computed(base, { nodes: [nodeFactsOf()], volumes: [volume] });
    const after = restateWindow(before, ({ node }) => ({
      coefficients: node === '' ? coefficientsOf(CHANGED) : base,
      emapsZone: node === '' ? 'DE' : 'FR',
    }));
    const changed = after.rows.filter((row, index) => row.co2eGrams !== before.rows[index]?.co2eGrams);
    expect(changed.map(({ rowKind, emapsZone }) => [rowKind, emapsZone])).toEqual([['volume', 'DE']]);
    expect(after.nodeSnapshots).toEqual(before.nodeSnapshots);
  });
});

describe('sentences', () => {
  const flag = "Grid zone of region de-ber-1 is not known; the country's is taken.";
  const reasonsOf = ({ rows }: WindowResult, kind: ResultRow['rowKind']) =>
    rows.find(({ rowKind }) => rowKind === kind)?.estimationReasons;
  const nodes = [nodeFactsOf({ cpuSource: 'pod-sum', pods: [podFactsOf({ usageSource: 'single-sample' })] })];

  test('about the place are said anew, in the same order; those about power and usage stay', () => {
    const { after, fresh } = both({ ...CHANGED, zoneFlags: [flag] }, { nodes, volumes: [volume] });
    for (const kind of ['pod', 'unallocated', 'volume'] as const) {
      expect(reasonsOf(after, kind)).toEqual(reasonsOf(fresh, kind));
    }
    expect(reasonsOf(after, 'pod')).toEqual([
      'The pod was seen once; its CPU is counted from its start.',
      'Power comes from the published curve of the instance type, not from a meter.',
      "The node's CPU is the sum of its pods; what the system uses is not known.",
      flag,
    ]);
  });

  test('about a country go when the zone is known, and come when it no longer is', () => {
    const known = computed(base, { nodes });
    const country = coefficientsOf({ zoneFlags: [flag] });
    const after = restateWindow(known, () => ({ coefficients: country, emapsZone: 'FR' }));
    expect(reasonsOf(after, 'pod')?.slice(-2)).toEqual(['Grid intensity is the yearly mean of FR.', flag]);
    const back = restateWindow(after, () => ({ coefficients: base, emapsZone: 'FR' }));
    expect(reasonsOf(back, 'pod')).toEqual(reasonsOf(known, 'pod'));
  });

  test('about the embodied source come and go with it', () => {
    const embodied = { ...base.embodied, source: 'boavizta', flags: ['Boavizta: the type is guessed.'] } as const;
    const { after, fresh } = both({ embodied }, { nodes });
    expect(reasonsOf(after, 'pod')).toEqual(reasonsOf(fresh, 'pod'));
    expect(reasonsOf(after, 'pod')).toContain('Boavizta: the type is guessed.');
    const back = restateWindow(after, () => ({ coefficients: base, emapsZone: 'FR' }));
    expect(reasonsOf(back, 'pod')).not.toContain('Boavizta: the type is guessed.');
  });

  test('a measured node becomes no estimate when its grid is live, and one again when it is not', () => {
    const meter = { exporter: 'kepler', zone: 'platform', activeJoules: 9, idleJoules: 9, isModelled: false } as const;
    const metered = { nodes: [nodeFactsOf({ meter, pods: [podFactsOf({ activeJoules: 9 })] })] };
    const { before, after } = both(CHANGED, metered);
    expect(before.rows.map(({ isEstimated }) => isEstimated)).toEqual(before.rows.map(() => true));
    expect(after.rows.map(({ isEstimated }) => isEstimated)).toEqual(after.rows.map(() => false));
    const back = restateWindow(after, () => ({ coefficients: base, emapsZone: 'FR' }));
    expect(isUnchanged(before, back)).toBe(true);
    expect(back.rows).toEqual(before.rows.map((row) => ({ ...row, ...figuresOf(back, row) })));
  });
});

/** Figures that went there and back differ by rounding only; `isUnchanged` has looked at them. */
function figuresOf({ rows }: WindowResult, { rowKind }: ResultRow): Partial<ResultRow> {
  const row = rows.find((each) => each.rowKind === rowKind);
  if (row === undefined) throw new Error(`no ${rowKind} row`);
  const { co2eLowGrams, co2eHighGrams, co2eGrams, embodiedCo2eGrams, embodiedLowGrams, embodiedHighGrams } = row;
  const { costCpu, costMemory, totalCost, costLow, costHigh, co2eMarketGrams } = row;
  return {
    ...{ co2eLowGrams, co2eHighGrams, co2eGrams, embodiedCo2eGrams, embodiedLowGrams, embodiedHighGrams },
    ...{ costCpu, costMemory, totalCost, costLow, costHigh, co2eMarketGrams },
  };
}
