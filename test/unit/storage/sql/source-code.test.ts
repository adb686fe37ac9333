import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COST_SOURCES,
  CPU_SOURCES,
  EMBODIED_SOURCES,
  GPU_SOURCES,
  INTENSITY_SOURCES,
  POD_USAGE_SOURCES,
  POWER_SOURCES,
  PUE_SOURCES,
  type RowSources,
} from '../../../../src/model/sources.ts';
import { sourceCodeOf, sourcesOfCode, sourceTextOf } from '../../../../src/storage/sql/source-code.ts';

const first: RowSources = {
  gpu: 'none',
  cpu: 'node-exporter',
  usage: 'cadvisor',
  power: 'measured',
  intensity: 'live',
  pue: 'person',
  embodied: 'boavizta',
  cost: 'opencost',
};

describe('the code of sources', () => {
  it('comes back as what it was, for every combination', () => {
    const any: fc.Arbitrary<RowSources> = fc.record({
      gpu: fc.constantFrom(...GPU_SOURCES),
      cpu: fc.constantFrom(...CPU_SOURCES),
      usage: fc.constantFrom(...POD_USAGE_SOURCES),
      power: fc.constantFrom(...POWER_SOURCES),
      intensity: fc.constantFrom(...INTENSITY_SOURCES),
      pue: fc.constantFrom(...PUE_SOURCES),
      embodied: fc.constantFrom(...EMBODIED_SOURCES),
      cost: fc.constantFrom(...COST_SOURCES),
    });
    fc.assert(
      fc.property(any, (sources) => {
        expect(sourcesOfCode(sourceCodeOf(sources))).toEqual(sources);
        expect(sourceTextOf(sources)).toMatch(/^\d{8}$/);
      }),
    );
  });

  it('has the GPU in front: seven digits from before it say that there was none', () => {
    expect(sourceTextOf(first)).toBe('00000000');
    expect(sourceTextOf({ ...first, gpu: 'assumed', cost: 'person' })).toBe('30000001');
    expect(sourcesOfCode(1_013_212)).toMatchObject({ gpu: 'none', cpu: 'cadvisor-root', cost: 'default-prices' });
  });

  it('is of known sources only', () => {
    expect(() => sourceCodeOf({ ...first, gpu: 'magic' as 'none' })).toThrow(/gpu/);
    expect(() => sourcesOfCode(90_000_000)).toThrow(RangeError);
  });

  it('has one digit for each source, now and with a new one', () => {
    const lists = [GPU_SOURCES, CPU_SOURCES, POD_USAGE_SOURCES, POWER_SOURCES, INTENSITY_SOURCES, PUE_SOURCES];
    for (const list of [...lists, EMBODIED_SOURCES, COST_SOURCES]) expect(list.length).toBeLessThan(10);
    // Sums count by these places: see sums.ts.
    expect(
      ['measured', 'provider-default', 'generic'].map((source) => (POWER_SOURCES as readonly string[]).indexOf(source)),
    ).toEqual([0, 3, 4]);
    expect(['measured', 'assumed'].map((source) => (GPU_SOURCES as readonly string[]).indexOf(source))).toEqual([1, 3]);
  });
});
