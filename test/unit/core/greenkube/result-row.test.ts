import { describe, expect, it } from 'vitest';
import { PodSums } from '../../../../src/core/greenkube/pod-sums.ts';
import { IMPORTED_REASON, resultRowOf, zoneOf } from '../../../../src/core/greenkube/result-row.ts';
import type { GreenKubeRow } from '../../../../src/core/ports/greenkube-source.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import { greenKubeRow } from '../../../fakes/greenkube/rows.ts';

const rowOf = (part: Partial<GreenKubeRow> = {}, windowSeconds = 300): ResultRow =>
  resultRowOf(new PodSums(greenKubeRow(part)), { clusterId: 'c', provider: 'aws', windowSeconds });

describe('a row of GreenKube', () => {
  it('keeps its figures, to the bit', () => {
    expect(rowOf({ joules: 1234.5678, co2eGrams: 0.1, embodiedCo2eGrams: 0.2, totalCost: 0.3 })).toMatchObject({
      clusterId: 'c',
      rowKind: 'pod',
      joules: 1234.5678,
      co2eGrams: 0.1,
      co2eMarketGrams: 0.1,
      co2eDirectGrams: null,
      embodiedCo2eGrams: 0.2,
      totalCost: 0.3,
      pue: 1.2,
      gridIntensity: 50,
    });
  });

  it('has parts that add up to the whole, though GreenKube splits nothing', () => {
    const row = rowOf();
    expect(row.joulesDynamic + row.joulesIdle + row.joulesGpu + row.joulesStorage).toBe(row.joules);
    expect(row.costCpu + row.costMemory + row.costGpu + row.costStorage + row.costNetwork).toBe(row.totalCost);
  });

  it('has the bounds of the least that could have been known', () => {
    const row = rowOf({ joules: 1000, co2eGrams: 100, embodiedCo2eGrams: 10, totalCost: 1 });
    // A factor of two either way for power, and the sum of pods for the node's CPU.
    expect(row.joulesHigh).toBeCloseTo(1000 * Math.exp(Math.hypot(Math.log(2), Math.log(1.15))), 6);
    expect(row.joulesLow).toBeCloseTo(1000 * Math.exp(-Math.hypot(Math.log(2), Math.log(1 / 0.9))), 6);
    const high = Math.hypot(Math.log(2), Math.log(1.15), Math.log(2 / 1.58), Math.log(2));
    expect(row.co2eHighGrams).toBeCloseTo(100 * Math.exp(high), 6);
    const low = Math.hypot(Math.log(2), Math.log(1 / 0.9), Math.log(1.58 / 1.2), Math.log(1 / 0.3));
    expect(row.co2eLowGrams).toBeCloseTo(100 * Math.exp(-low), 6);
    expect([row.embodiedLowGrams, row.embodiedHighGrams]).toEqual([5, 20]);
    expect([row.costLow, row.costHigh]).toEqual([0.5, 1.6]);
  });

  it('is wider still where no use was seen', () => {
    const blind = rowOf({ cpuUsageMillicores: null });
    expect(blind.sources.usage).toBe('requests');
    expect(rowOf().sources.usage).toBe('cadvisor');
    expect(blind.joulesHigh).toBeGreaterThan(rowOf().joulesHigh);
    expect(blind.joulesLow).toBeLessThan(rowOf().joulesLow);
    expect(blind.cpuUsageMillicores).toBe(0);
  });

  it('says where it is from, and why GreenKube called it an estimate', () => {
    const row = rowOf({ estimationReasons: ['Used default zone'] });
    expect(row.isEstimated).toBe(true);
    expect(row.estimationReasons).toEqual([IMPORTED_REASON, 'GreenKube: Used default zone']);
    expect(row.calculationVersion).toBe('greenkube-0.2.12');
    expect(rowOf({ calculationVersion: '0.2.9' }).calculationVersion).toBe('greenkube-0.2.9');
    expect(rowOf({ calculationVersion: null }).calculationVersion).toBe('greenkube-0.2.12');
    expect(row.sources).toEqual({
      gpu: 'none',
      cpu: 'pod-sum',
      usage: 'cadvisor',
      power: 'generic',
      intensity: 'world',
      pue: 'coefficients',
      embodied: 'formula',
      cost: 'default-prices',
    });
  });

  it('takes use as means of the window, flows as what flowed', () => {
    expect(rowOf({}, 300)).toMatchObject({
      cpuRequestMillicores: 250,
      cpuUsageMillicores: 100,
      memoryRequestBytes: 1000,
      memoryUsageBytes: 800,
      networkReceiveBytes: 3000,
      networkTransmitBytes: 6000,
      diskReadBytes: 900,
      diskWriteBytes: 0,
      ephemeralStorageRequestBytes: 60,
      ephemeralStorageUsageBytes: 0,
      gpuUsageMillicores: null,
    });
    expect(rowOf({}, 3600).cpuUsageMillicores).toBeCloseTo(100 / 12, 12);
  });

  it('names an owner only where both halves are known', () => {
    expect(rowOf()).toMatchObject({ ownerKind: 'Deployment', ownerName: 'cart' });
    expect(rowOf({ ownerName: null })).toMatchObject({ ownerKind: null, ownerName: null });
    expect(rowOf({ ownerKind: null })).toMatchObject({ ownerKind: null, ownerName: null });
  });

  it('has the world as its zone where GreenKube found none', () => {
    expect([null, '', 'unknown', 'FR'].map(zoneOf)).toEqual(['WORLD', 'WORLD', 'WORLD', 'FR']);
    expect(rowOf({ node: null }).node).toBe('');
  });
});
