import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wattsAt } from '../../../../src/core/power/curve.ts';
import { deriveCurve, linearWattsAt } from '../../../../src/core/power/derived-curve.ts';
import { extraMemoryWatts } from '../../../../src/core/power/memory.ts';
import { nodeUtilisation } from '../../../../src/core/power/node-utilisation.ts';
import { perVcpuCurve } from '../../../../src/core/power/per-vcpu-curve.ts';

describe('a curve from idle and full watts', () => {
  test("has the shape of Teads' ratios", () => {
    const points = deriveCurve(6, 26);
    expect(points[0]).toBe(6);
    expect(points[1]).toBeCloseTo(10.444, 10);
    expect(points[2]).toBeCloseTo(20, 10);
    expect(points[3]).toBe(26);
  });

  test('reads a fifth more than the straight line at a third of the load', () => {
    expect(wattsAt(deriveCurve(6, 26), 0.3)).toBeCloseTo(15.222, 10);
    expect(linearWattsAt(6, 26, 0.3)).toBeCloseTo(12, 10);
  });

  test('never lies below the straight line', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 300, noNaN: true }),
        fc.double({ min: 0, max: 900, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (idle, span, u) => {
          const curve = deriveCurve(idle, idle + span);
          expect(wattsAt(curve, u)).toBeGreaterThanOrEqual(linearWattsAt(idle, idle + span, u) - 1e-9);
        },
      ),
    );
  });

  test('the straight line is clamped like the curve', () => {
    expect(linearWattsAt(6, 26, -1)).toBe(6);
    expect(linearWattsAt(6, 26, 2)).toBe(26);
  });
});

describe('memory', () => {
  test('adds watts above the baseline only', () => {
    expect(extraMemoryWatts(32, 8, 2)).toBeCloseTo(6.272, 10);
    expect(extraMemoryWatts(16, 8, 2)).toBe(0);
    expect(extraMemoryWatts(4, 8, 2)).toBe(0);
  });
});

describe('a curve from watts per vCPU', () => {
  const curve = perVcpuCurve(8, 32, { idleWattsPerVcpu: 0.776, maxWattsPerVcpu: 3.758, baselineGbPerVcpu: 2 });

  test('has the memory above the baseline on each point', () => {
    const expected = [12.48, 17.780803, 29.1792, 36.336];
    expect(curve.extraMemoryWatts).toBeCloseTo(6.272, 10);
    curve.watts.forEach((watts, index) => {
      expect(watts).toBeCloseTo(expected[index] ?? Number.NaN, 5);
    });
  });

  test('goes with the number of vCPU', () => {
    const twice = perVcpuCurve(16, 64, { idleWattsPerVcpu: 0.776, maxWattsPerVcpu: 3.758, baselineGbPerVcpu: 2 });
    twice.watts.forEach((watts, index) => {
      expect(watts).toBeCloseTo(2 * (curve.watts[index] ?? Number.NaN), 9);
    });
  });
});

describe('utilisation of a node', () => {
  test('is CPU seconds by the CPU seconds there were', () => {
    expect(nodeUtilisation(1800, 4, 3600)).toBe(0.125);
  });

  test('counts only the time that the node existed', () => {
    expect(nodeUtilisation(1800, 4, 900)).toBe(0.5);
  });

  test('is clamped', () => {
    expect(nodeUtilisation(99_999, 4, 3600)).toBe(1);
    expect(nodeUtilisation(-5, 4, 3600)).toBe(0);
  });

  test('is 0 where there is no capacity to divide by', () => {
    expect(nodeUtilisation(10, 0, 3600)).toBe(0);
    expect(nodeUtilisation(10, 4, 0)).toBe(0);
  });
});
