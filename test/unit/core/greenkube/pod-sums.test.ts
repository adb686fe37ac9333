import { describe, expect, it } from 'vitest';
import { PodSums } from '../../../../src/core/greenkube/pod-sums.ts';
import type { GreenKubeRow } from '../../../../src/core/ports/greenkube-source.ts';
import { greenKubeRow, SEVEN } from '../../../fakes/greenkube/rows.ts';

function sumsOf(...parts: Partial<GreenKubeRow>[]): PodSums {
  const [first = {}, ...rest] = parts;
  const sums = new PodSums(greenKubeRow(first));
  for (const part of rest) sums.add(greenKubeRow(part));
  return sums;
}

describe('sums of a pod', () => {
  it('add energy, grams and money', () => {
    const sums = sumsOf(
      { joules: 0.1, co2eGrams: 1, embodiedCo2eGrams: 4, totalCost: 8 },
      { joules: 0.2, co2eGrams: 2, embodiedCo2eGrams: null, totalCost: 16 },
    );
    expect(sums).toMatchObject({ joules: 0.1 + 0.2, co2eGrams: 3, embodiedCo2eGrams: 4, totalCost: 24, seconds: 600 });
  });

  it('weight PUE and intensity by energy, so that their products stay', () => {
    const sums = sumsOf({ joules: 100, pue: 1, gridIntensity: 10 }, { joules: 300, pue: 2, gridIntensity: 50 });
    expect(sums.pue * sums.joules).toBeCloseTo(700, 9);
    expect(sums.gridIntensity).toBe(40);
    const idle = sumsOf({ joules: 0, pue: 1.4, gridIntensity: 33 });
    expect([idle.pue, idle.gridIntensity]).toEqual([1.4, 33]);
  });

  it('take levels as means over the window, also where samples stand for a part of it', () => {
    expect(sumsOf({ cpuUsageMillicores: 100 }).mean('cpuUsageMillicores', 300)).toBe(100);
    expect(sumsOf({ cpuUsageMillicores: 100 }).mean('cpuUsageMillicores', 3600)).toBeCloseTo(100 / 12, 12);
    const twice = sumsOf({ memoryUsageBytes: 100 }, { memoryUsageBytes: 300 });
    expect(twice.mean('memoryUsageBytes', 300)).toBe(200);
  });

  it('keep apart what is 0 and what nobody knows', () => {
    expect(sumsOf({ cpuUsageMillicores: 0 }).mean('cpuUsageMillicores', 300)).toBe(0);
    expect(sumsOf({ cpuUsageMillicores: null }).mean('cpuUsageMillicores', 300)).toBeNull();
    expect(sumsOf({ gpuUsageMillicores: null }, { gpuUsageMillicores: 600 }).mean('gpuUsageMillicores', 600)).toBe(300);
  });

  it('turn flows a second into what flowed', () => {
    const sums = sumsOf(
      { networkReceiveBytesPerSecond: 10 },
      { networkReceiveBytesPerSecond: 20, durationSeconds: 60 },
    );
    expect(sums.total('networkReceiveBytesPerSecond')).toBe(4200);
    expect(sums.total('diskWriteBytesPerSecond')).toBe(0);
  });

  it.each<[string, Partial<GreenKubeRow>, number]>([
    ['a raw sample of unknown length is five minutes', { durationSeconds: null }, 300],
    ['a length of 0 is none', { durationSeconds: 0 }, 300],
    ['an hourly line is its length', { origin: 'hourly', durationSeconds: 2700, samples: 12 }, 2700],
    ['or its samples', { origin: 'hourly', durationSeconds: null, samples: 6 }, 1800],
    ['an hour at most', { origin: 'hourly', durationSeconds: 0, samples: 60 }, 3600],
  ])('%s', (_, part, seconds) => {
    expect(sumsOf(part).seconds).toBe(seconds);
  });

  it('name what the newest sample names, and each reason once, eight at most', () => {
    const sums = sumsOf(
      { atSeconds: SEVEN, ownerName: 'old', estimationReasons: ['a', 'b'] },
      { atSeconds: SEVEN + 60, ownerName: 'new', estimationReasons: ['b', ...'cdefghijk'] },
    );
    expect(sums.latest.ownerName).toBe('new');
    expect([...sums.reasons]).toEqual([...'abcdefgh']);
  });
});
