import { describe, expect, test } from 'vitest';
import { isEstimated, nodeReasons, usageReason } from '../../../../src/core/window/reasons.ts';
import {
  CPU_SOURCES,
  INTENSITY_SOURCES,
  POD_USAGE_SOURCES,
  POWER_SOURCES,
  PUE_SOURCES,
} from '../../../../src/model/sources.ts';
import { coefficientsOf, nodeFactsOf } from '../builders.ts';

const BASE = coefficientsOf();
const MEASURED = { ...BASE.curve, source: 'measured' } as const;
const LIVE = { ...BASE.intensity, source: 'live' } as const;

describe('a figure is an estimate', () => {
  test('unless energy was measured and intensity is live', () => {
    expect(isEstimated(coefficientsOf({ curve: MEASURED, intensity: LIVE }))).toBe(false);
  });

  test('where only one of the two holds', () => {
    expect(isEstimated(coefficientsOf({ curve: MEASURED }))).toBe(true);
    expect(isEstimated(coefficientsOf({ intensity: LIVE }))).toBe(true);
  });

  test('for every table value', () => {
    for (const source of POWER_SOURCES.filter((each) => each !== 'measured')) {
      expect(isEstimated(coefficientsOf({ curve: { ...BASE.curve, source }, intensity: LIVE }))).toBe(true);
    }
  });
});

describe('reasons', () => {
  test('are none where all is measured and live', () => {
    expect(nodeReasons(nodeFactsOf(), coefficientsOf({ curve: MEASURED, intensity: LIVE }))).toEqual([]);
  });

  test.each(POWER_SOURCES.filter((each) => each !== 'measured'))('name power from %s', (source) => {
    const reasons = nodeReasons(nodeFactsOf(), coefficientsOf({ curve: { ...BASE.curve, source }, intensity: LIVE }));
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(/^Power .*\.$/);
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
    expect(POD_USAGE_SOURCES.filter((source) => usageReason(source) !== null)).toEqual(['single-sample', 'requests']);
  });
});
