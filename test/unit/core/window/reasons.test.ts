import { describe, expect, test } from 'vitest';
import { gpuReason, isEstimated, nodeReasons, usageReason } from '../../../../src/core/window/reasons.ts';
import type { NodeMeter } from '../../../../src/model/energy.ts';
import {
  CPU_SOURCES,
  INTENSITY_SOURCES,
  POD_USAGE_SOURCES,
  POWER_SOURCES,
  PUE_SOURCES,
} from '../../../../src/model/sources.ts';
import { coefficientsOf, nodeFactsOf, nodeOf } from '../builders.ts';

const BASE = coefficientsOf();
const MEASURED = { ...BASE.curve, source: 'measured' } as const;
const LIVE = { ...BASE.intensity, source: 'live' } as const;

describe('a figure is an estimate', () => {
  test('unless all of its energy was measured and intensity is live', () => {
    expect(isEstimated('measured', 'none', 'live')).toBe(false);
    expect(isEstimated('measured', 'measured', 'live')).toBe(false);
  });

  test('for every intensity that is not live', () => {
    for (const source of INTENSITY_SOURCES.filter((each) => each !== 'live')) {
      expect(isEstimated('measured', 'none', source)).toBe(true);
    }
  });

  test('for every table value, and for an exporter’s own model', () => {
    for (const source of POWER_SOURCES.filter((each) => each !== 'measured')) {
      expect(isEstimated(source, 'none', 'live')).toBe(true);
    }
  });

  test('where only its GPUs were not measured', () => {
    expect(isEstimated('measured', 'utilisation', 'live')).toBe(true);
    expect(isEstimated('measured', 'assumed', 'live')).toBe(true);
  });
});

describe('reasons', () => {
  test('are none where all is measured and live', () => {
    expect(nodeReasons(nodeFactsOf(), coefficientsOf({ curve: MEASURED, intensity: LIVE }))).toEqual([]);
  });

  test.each(POWER_SOURCES.filter((each) => each !== 'measured'))('name power from %s', (source) => {
    const reasons = nodeReasons(nodeFactsOf(), coefficientsOf({ curve: { ...BASE.curve, source }, intensity: LIVE }));
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(/^(Power|Energy) .*\.$/);
  });

  test.each(INTENSITY_SOURCES.filter((each) => each !== 'live'))('name an intensity from %s', (source) => {
    const coefficients = coefficientsOf({ curve: MEASURED, intensity: { ...BASE.intensity, source } });
    const reasons = nodeReasons(nodeFactsOf(), coefficients);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(/intensity/i);
  });

  test.each(CPU_SOURCES.filter((each) => each !== 'node-exporter'))('name node CPU from %s', (cpuSource) => {
    const reasons = nodeReasons(nodeFactsOf({ cpuSource }), coefficientsOf({ curve: MEASURED, intensity: LIVE }));
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(/node/i);
  });

  test('name a PUE that is only a default', () => {
    const named = PUE_SOURCES.filter((source) => {
      const coefficients = coefficientsOf({ curve: MEASURED, intensity: LIVE, pue: { ...BASE.pue, source } });
      return nodeReasons(nodeFactsOf(), coefficients).length > 0;
    });
    expect(named).toEqual(['coefficients', 'on-prem']);
  });

  test("carry the curve's own flags and an assumed size", () => {
    const curve = { ...MEASURED, flags: ['Watts were scaled.'] };
    const reasons = nodeReasons(nodeFactsOf({ sizeAssumed: true }), coefficientsOf({ curve, intensity: LIVE }));
    expect(reasons).toEqual([
      'Watts were scaled.',
      'The size of the node is not known; the size of what runs on it is taken.',
    ]);
  });

  test('of pods are told for all but sampled ones', () => {
    expect(POD_USAGE_SOURCES.filter((source) => usageReason(source) === null)).toEqual(['cadvisor']);
    const told = POD_USAGE_SOURCES.map(usageReason).filter((reason) => reason !== null);
    expect(new Set(told).size).toBe(POD_USAGE_SOURCES.length - 1);
  });
});

describe('reasons of a metered node', () => {
  const meter: NodeMeter = {
    exporter: 'kepler',
    zone: 'package',
    activeJoules: 10,
    idleJoules: 20,
    isModelled: false,
  };
  const live = coefficientsOf({ intensity: LIVE, curve: { ...BASE.curve, flags: ['Watts were scaled.'] } });

  test('tell nothing of the curve and of its CPU, which count for nothing then', () => {
    expect(nodeReasons(nodeFactsOf({ meter, cpuSource: 'no-samples' }), live)).toEqual([]);
  });

  test('tell of a model in the place of the meter', () => {
    const reasons = nodeReasons(nodeFactsOf({ meter: { ...meter, isModelled: true } }), live);
    expect(reasons).toEqual(["Energy is what the exporter's own model says; the machine has no meter."]);
  });

  test('warn of GPUs that a meter of the whole platform may count too', () => {
    const platform = { ...meter, zone: 'platform' } as const;
    const node = nodeOf({ gpuCount: 1 });
    expect(nodeReasons(nodeFactsOf({ meter: platform, node }), live)).toEqual([
      'The meter of the whole platform may count its GPUs too.',
    ]);
    expect(nodeReasons(nodeFactsOf({ meter: platform }), live)).toEqual([]);
    expect(nodeReasons(nodeFactsOf({ meter, node }), live)).toEqual([]);
  });

  test('are those of the curve where the meter counted nothing', () => {
    const dead = { ...meter, activeJoules: 0, idleJoules: 0 };
    expect(nodeReasons(nodeFactsOf({ meter: dead }), live)).toContain('Watts were scaled.');
  });
});

describe('reasons of GPUs', () => {
  const factor = { low: 0.5, high: 2 };
  const card = {
    model: 'T4',
    tdpWatts: 70,
    isKnown: true,
    factors: { measured: factor, utilisation: factor, assumed: factor },
  };

  test('are none for measured cards, and without any', () => {
    expect(gpuReason('measured', card)).toBeNull();
    expect(gpuReason('none', undefined)).toBeNull();
  });

  test('name the card, its watts and what is not known', () => {
    expect(gpuReason('utilisation', card)).toBe('GPU energy is modelled from the 70 W of T4 and its use.');
    expect(gpuReason('assumed', card)).toBe('Nothing tells how busy a GPU was; T4 of 70 W is taken as half busy.');
    const unknown = { ...card, model: null, tdpWatts: 300, isKnown: false };
    expect(gpuReason('assumed', unknown)).toContain(
      'a card of no known model (its model is not in the table) of 300 W',
    );
  });
});
