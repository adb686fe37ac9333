import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { coloursOf, shapeStack } from '../../../../src/renderer/charts/stack.ts';
import { at, coverage, HOUR, hourly, point } from './wire.ts';

const labels = (data: ReturnType<typeof shapeStack>) => data.series.map((series) => series.label);

describe('order and names of the layers', () => {
  const rows = [{ __unallocated__: 50, b: 20, a: 30, __system__: 40, c: 10 }];

  it('ranks names by carbon and keeps System and Unallocated last, whatever their size', () => {
    expect(labels(shapeStack(hourly(rows), MEASURES.carbon))).toEqual(['a', 'b', 'c', 'System', 'Unallocated']);
  });

  it('paints in token order, System solid, Unallocated hatched', () => {
    const { series } = shapeStack(hourly(rows), MEASURES.carbon);
    expect(series.map((each) => [each.paint.colour, each.paint.hatched])).toEqual([
      ['var(--series-1)', false],
      ['var(--series-2)', false],
      ['var(--series-3)', false],
      ['var(--power-system)', false],
      ['var(--power-unallocated)', true],
    ]);
  });

  it('keeps order and colours when another metric is drawn', () => {
    const answer = hourly([{ a: 30, b: 20 }]);
    answer.timeseries = answer.timeseries.map((each) => (each.group === 'b' ? { ...each, total_cost: 999 } : each));
    const carbon = shapeStack(answer, MEASURES.carbon);
    const cost = shapeStack(answer, MEASURES.cost);
    expect(labels(cost)).toEqual(labels(carbon));
    expect([...coloursOf(cost)]).toEqual([...coloursOf(carbon)]);
  });

  it('breaks ties by name, so that two answers look the same', () => {
    expect(labels(shapeStack(hourly([{ z: 5, y: 5, x: 5 }]), MEASURES.carbon))).toEqual(['x', 'y', 'z']);
  });

  it('takes the label of the answer, and words for our own rows', () => {
    const answer = hourly([null]);
    answer.buckets = [coverage(at(0), HOUR)];
    answer.timeseries = [
      point(at(0), 'shop/Deployment/cart', 5, { group_label: 'cart' }),
      point(at(0), 'c1/__system__', 2, { group_label: '__system__' }),
      point(at(0), 'c2/__system__', 3, { group_label: '__system__' }),
    ];
    const data = shapeStack(answer, MEASURES.carbon);
    expect(labels(data)).toEqual(['cart', 'System']);
    expect(data.series[1]?.values).toEqual([5]);
  });
});

describe('at most five names', () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, 100 - index]));

  it('shows six names as they are: "Other (1)" would only hide one', () => {
    expect(labels(shapeStack(hourly([many(6)]), MEASURES.carbon))).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5']);
  });

  it('adds up the rest from seven on', () => {
    const data = shapeStack(hourly([many(7)]), MEASURES.carbon);
    expect(labels(data)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'Other (2)']);
    expect(data.series[5]?.values[0]).toBeCloseTo(95 + 94, 9);
    expect(data.series[5]?.paint.colour).toBe('var(--series-other)');
  });

  it('adds what the backend already summed, with its count', () => {
    const answer = hourly([many(6)]);
    answer.timeseries.push(point(at(0), '__other__', 7, { other_count: 11 }));
    const data = shapeStack(answer, MEASURES.carbon);
    expect(labels(data)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'Other (12)']);
    expect(data.series[5]?.values[0]).toBeCloseTo(95 + 7, 9);
  });

  it('loses nothing: the layers of each bucket add up to its total', () => {
    const row = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', '__system__', '__unallocated__', '__other__'),
      fc.nat(1e6),
    );
    fc.assert(
      fc.property(fc.array(fc.option(row, { freq: 5 }), { minLength: 1, maxLength: 12 }), (rows) => {
        const data = shapeStack(hourly(rows), MEASURES.energy);
        data.buckets.forEach((bucket, index) => {
          const layers = data.series.reduce((sum, series) => sum + (series.values[index] ?? 0), 0);
          expect(layers).toBeCloseTo(bucket.total ?? 0, 3);
        });
        expect(data.series.filter((series) => series.kind === 'named').length).toBeLessThanOrEqual(6);
      }),
      { numRuns: 60 },
    );
  });
});

describe('gaps, zeros and bounds', () => {
  it('leaves a bucket without data null in every layer, never 0', () => {
    const data = shapeStack(hourly([{ a: 1 }, null, { a: 2 }]), MEASURES.carbon);
    expect(data.series[0]?.values[1]).toBeNull();
    expect(data.buckets[1]).toMatchObject({ state: 'gap', total: null, low: null, high: null });
    expect(data.gaps).toEqual([{ startMs: at(1), endMs: at(2) }]);
    expect(data.total).toBeCloseTo(3, 9);
  });

  it('draws 0 where it was collected and a name used nothing', () => {
    const data = shapeStack(hourly([{ a: 1, b: 1 }, { a: 1 }]), MEASURES.carbon);
    expect(data.series.find((series) => series.key === 'b')?.values).toEqual([1, 0]);
  });

  it('draws what was counted even where the coverage says nothing was', () => {
    const answer = hourly([{ a: 4 }]);
    answer.buckets = [coverage(at(0), HOUR, 0)];
    const data = shapeStack(answer, MEASURES.carbon);
    expect(data.buckets[0]).toMatchObject({ state: 'partial', total: 4 });
    expect(data.gaps).toEqual([]);
  });

  it('adds the bounds of the layers', () => {
    const data = shapeStack(hourly([{ a: 10, b: 10 }]), MEASURES.carbon);
    expect(data.buckets[0]?.low).toBeCloseTo(18, 9);
    expect(data.buckets[0]?.high).toBeCloseTo(24, 9);
  });

  it('reads carbon with embodied, energy after PUE, cost as it is', () => {
    const answer = hourly([{ a: 10 }]);
    expect(shapeStack(answer, MEASURES.carbon).total).toBeCloseTo(10, 9);
    expect(shapeStack(answer, MEASURES.energy).total).toBeCloseTo(15_000, 9);
    expect(shapeStack(answer, MEASURES.cost).total).toBeCloseTo(1, 9);
  });

  it('carries the period before where there is one', () => {
    const data = shapeStack(hourly([{ a: 1 }, { a: 1 }]), MEASURES.carbon, [7]);
    expect(data.buckets.map((bucket) => bucket.previous)).toEqual([7, null]);
  });

  it('is empty for an empty answer', () => {
    expect(shapeStack(hourly([]), MEASURES.carbon)).toMatchObject({ series: [], buckets: [], gaps: [], total: 0 });
  });
});
