import { describe, expect, it } from 'vitest';
import { createNodeNames } from '../../../../src/collectors/prometheus/node-names.ts';
import {
  intervalOfTargets,
  nodeRanges,
  nodeTimes,
  timesOfAnyNode,
  withFallback,
} from '../../../../src/collectors/prometheus/node-times.ts';
import { columnOf, placeKey } from '../../../../src/collectors/prometheus/pod-columns.ts';
import { series } from './fake-client.ts';

const names = createNodeNames([], []);

describe('nodeTimes', () => {
  it('are the distinct instants of the answer, sorted', () => {
    const times = nodeTimes([series({ node: 'a' }, [15, 10], [30, 10], [45, 40], [60, 40], [75, 70])], names);
    expect(times.of('a')).toEqual([10, 40, 70]);
    expect(times.intervalSeconds).toBe(30);
    expect(times.of('b')).toEqual([]);
    expect(times.of(null)).toEqual([]);
  });

  it('are of the target with most samples where two carry a node', () => {
    const times = nodeTimes(
      [
        series({ node: 'a', job: 'x' }, [15, 10], [30, 25], [45, 40]),
        series({ node: 'a', job: 'y' }, [15, 12], [75, 72]),
      ],
      names,
    );
    expect(times.of('a')).toEqual([10, 25, 40]);
  });

  it('fall back for nodes that the first lacks', () => {
    const first = nodeTimes([series({ node: 'a' }, [15, 10], [30, 20])], names);
    const second = nodeTimes([series({ node: 'a' }, [15, 11]), series({ node: 'b' }, [15, 12])], names);
    const both = withFallback(first, second);
    expect(both.of('a')).toEqual([10, 20]);
    expect(both.of('b')).toEqual([12]);
  });

  it('cover by the interval of the node itself', () => {
    expect(nodeRanges([0, 60, 120, 400, 460])).toEqual([{ startSeconds: 0, endSeconds: 460 }]);
    expect(nodeRanges([0, 10, 20, 400, 410])).toHaveLength(2);
  });

  it('are those of any target where none leads to a node', () => {
    const times = timesOfAnyNode([series({ instance: 'x' }, [15, 10]), series({ instance: 'y' }, [15, 12], [75, 72])]);
    expect([times.of('a'), times.of(null), times.nodes]).toEqual([[12, 72], [12, 72], []]);
    expect(timesOfAnyNode([]).of(null)).toEqual([]);
  });

  it('have no interval without a target', () => {
    expect(intervalOfTargets([])).toBeNull();
    expect(intervalOfTargets([series({ job: 'x' }, [1, 10], [2, 70])])).toBe(60);
  });
});

describe('columnOf', () => {
  const pod = { namespace: 'shop', pod: 'web' };
  it('takes the larger of two targets, never the sum, and keeps nodes apart', () => {
    const column = columnOf(
      [
        series({ ...pod, node: 'a', job: 'x' }, [300, 5]),
        series({ ...pod, node: 'a', job: 'y' }, [300, 6]),
        series({ ...pod, node: 'b' }, [300, 7]),
      ],
      names,
      () => null,
    );
    expect(column.get(300, { namespace: 'shop', name: 'web', node: 'a' })).toBe(6);
    expect(column.get(300, { namespace: 'shop', name: 'web', node: 'b' })).toBe(7);
    expect(column.get(600, { namespace: 'shop', name: 'web', node: 'a' })).toBeNull();
    expect(column.places(300).map(placeKey)).toEqual(['shop/web@a', 'shop/web@b']);
  });

  it('asks where the pod was when the series does not tell', () => {
    const column = columnOf([series(pod, [300, 5], [600, 6])], names, (_pod, end) => (end === 300 ? 'n1' : null));
    expect(column.get(300, { namespace: 'shop', name: 'web', node: 'n1' })).toBe(5);
    expect(column.get(600, { namespace: 'shop', name: 'web', node: null })).toBe(6);
  });
});
