import { describe, expect, it } from 'vitest';
import { amountText, rangeText } from '../../../../src/renderer/charts/amount.ts';
import { type Cursor, cardOrder, readKey } from '../../../../src/renderer/charts/cursor.ts';
import { frameFor, positionX, valueY } from '../../../../src/renderer/charts/frame.ts';
import { groupKind, groupLabel, pointKind } from '../../../../src/renderer/charts/groups.ts';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { chartSentence } from '../../../../src/renderer/charts/sentence.ts';
import { shapeStack } from '../../../../src/renderer/charts/stack.ts';
import {
  columnPaths,
  ghostPath,
  highestValue,
  seriesAt,
  stepPaths,
  timeAt,
} from '../../../../src/renderer/charts/stack-paths.ts';
import { chooseUnit } from '../../../../src/renderer/format/units.ts';
import { at, hourly, NO_PARTS } from './wire.ts';

const rows = [{ a: 30, b: 20, __unallocated__: 5 }, null, { a: 20, b: 25, __unallocated__: 5 }];
const data = shapeStack(hourly(rows), MEASURES.carbon, [25, null, 60]);

describe('keys', () => {
  const week = shapeStack(hourly(Array.from({ length: 72 }, () => ({ a: 1 }))), MEASURES.carbon);
  const moved = (cursor: Cursor | null, key: string, shift = false, from = week) => {
    const deed = readKey(from, cursor, key, shift, 'Europe/Paris');
    return deed?.kind === 'move' ? deed.cursor.index : deed?.kind;
  };
  const on = (index: number): Cursor => ({ index, seriesKey: null });

  it('moves one bucket and stops at the ends', () => {
    expect(moved(on(5), 'ArrowRight')).toBe(6);
    expect(moved(on(5), 'ArrowLeft')).toBe(4);
    expect(moved(on(0), 'ArrowLeft')).toBe(0);
    expect(moved(on(71), 'ArrowRight')).toBe(71);
    expect(moved(on(5), 'Home')).toBe(0);
    expect(moved(on(5), 'End')).toBe(71);
  });

  it('enters from the side that the arrow comes from', () => {
    expect(moved(null, 'ArrowRight')).toBe(0);
    expect(moved(null, 'ArrowLeft')).toBe(71);
  });

  it('goes to the next midnight of the zone with Shift, and back to starts of days', () => {
    // T0 is 14:00 in Paris: midnight is 10 buckets on.
    expect(moved(on(0), 'ArrowRight', true)).toBe(10);
    expect(moved(on(10), 'ArrowRight', true)).toBe(34);
    expect(moved(on(34), 'ArrowLeft', true)).toBe(10);
    expect(moved(on(40), 'ArrowLeft', true)).toBe(34);
    expect(moved(on(70), 'ArrowRight', true)).toBe(71);
  });

  it('picks a series with up and down, in the order of the card, and lets it go beyond the ends', () => {
    const pick = (cursor: Cursor, key: string) => {
      const deed = readKey(data, cursor, key, false, 'UTC');
      return deed?.kind === 'move' ? deed.cursor.seriesKey : undefined;
    };
    expect(cardOrder(data, 2)).toEqual(['b', 'a', '__unallocated__']);
    expect(pick({ index: 2, seriesKey: null }, 'ArrowDown')).toBe('b');
    expect(pick({ index: 2, seriesKey: 'b' }, 'ArrowDown')).toBe('a');
    expect(pick({ index: 2, seriesKey: null }, 'ArrowUp')).toBe('__unallocated__');
    expect(pick({ index: 2, seriesKey: 'b' }, 'ArrowUp')).toBeNull();
  });

  it('drills with Enter, leaves with Escape, and leaves other keys alone', () => {
    expect(moved(on(3), 'Enter')).toBe('drill');
    expect(moved(on(3), 'Escape')).toBe('leave');
    expect(readKey(week, null, 'Escape', false, 'UTC')).toBeNull();
    expect(readKey(week, on(3), 'x', false, 'UTC')).toBeNull();
    expect(readKey(shapeStack(hourly([]), MEASURES.carbon), null, 'ArrowLeft', false, 'UTC')).toBeNull();
  });
});

describe('geometry', () => {
  const frame = frameFor(446, 232, ['0', '60 g']);

  it('keeps room for the longest label', () => {
    expect(frame.left).toBe(40);
    expect(frameFor(400, 200, ['1,200 kWh']).left).toBeGreaterThan(60);
  });

  it('puts zero on the floor and the maximum at the top', () => {
    const y = valueY(frame, 100);
    expect(y(0)).toBe(210);
    expect(y(100)).toBe(10);
    expect(positionX(frame, 0, 10)(10)).toBe(442);
  });

  it('draws one path a series, partial buckets apart, and nothing in a gap', () => {
    const paths = columnPaths(data, frame, 100);
    expect(paths.map((path) => path.key)).toEqual(['a', 'b', '__unallocated__']);
    expect(paths[0]?.whole.match(/M/g)).toHaveLength(2);
    expect(paths[0]?.partial).toBe('');
  });

  it('stacks: a part begins where the one below ends', () => {
    const [a, b] = stepPaths(data, frame, 100);
    const box = (path: string | undefined) =>
      /^M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)/
        .exec(path ?? '')
        ?.slice(1)
        .map(Number) ?? [];
    const [, topA = 0, , heightA = 0] = box(a?.whole);
    const [, topB = 0, , heightB = 0] = box(b?.whole);
    expect(topA + heightA).toBeCloseTo(210, 1);
    expect(topB + heightB).toBeCloseTo(topA, 1);
    expect(heightA).toBeCloseTo(60, 1);
  });

  it('breaks the ghost where the period before had no data', () => {
    expect(ghostPath(data, frame, 100).match(/M/g)).toHaveLength(2);
    expect(ghostPath(shapeStack(hourly(rows), MEASURES.carbon), frame, 100)).toBe('');
  });

  it('leaves some room above totals, none for bounds, and holds the period before', () => {
    expect(highestValue(data)).toBeCloseTo(55 * 1.1, 9);
    expect(highestValue(shapeStack(hourly(rows), MEASURES.carbon, [500]))).toBe(500);
  });

  it('knows which series lies under the pointer, none above the stack', () => {
    expect(seriesAt(data, 0, 10)).toBe('a');
    expect(seriesAt(data, 0, 31)).toBe('b');
    expect(seriesAt(data, 0, 54)).toBe('__unallocated__');
    expect(seriesAt(data, 0, 56)).toBeNull();
    expect(seriesAt(data, 1, 1)).toBeNull();
  });

  it('reads time from pixels and stays inside the plot', () => {
    expect(timeAt(data, frame, frame.left)).toBe(at(0));
    expect(timeAt(data, frame, 9999)).toBe(at(3));
    expect(timeAt(data, frame, -50)).toBe(at(0));
  });
});

describe('words', () => {
  it('says total, extremes and gaps', () => {
    expect(chartSentence('Carbon per hour by namespace', data, 'Europe/Paris', 'EUR')).toBe(
      'Carbon per hour by namespace; total 105 g; highest 55.0 g on Thu 12 Nov, 14:00–15:00; lowest 50.0 g on Thu 12 Nov, 16:00–17:00; no data for 1 h from Thu 12 Nov, 15:00–16:00.',
    );
  });

  it('says that there are no gaps, and counts those beyond three', () => {
    expect(chartSentence('X', shapeStack(hourly([{ a: 1 }]), MEASURES.carbon), 'UTC', 'EUR')).toBe(
      'X; total 1.00 g; no gaps.',
    );
    const holes = shapeStack(
      hourly([null, { a: 1 }, null, { a: 1 }, null, { a: 1 }, null, { a: 1 }, null]),
      MEASURES.carbon,
    );
    expect(chartSentence('X', holes, 'UTC', 'EUR')).toContain('and 2 more gaps');
  });

  it('writes amounts with their unit, money with its symbol first', () => {
    expect(amountText(554, chooseUnit('carbon', 554))).toBe('554 g');
    expect(amountText(12.4, chooseUnit('money', 1, 'EUR'))).toBe('€12.4');
    expect(amountText(null, chooseUnit('carbon', 1))).toBe('no data');
    expect(rangeText(460, 665, chooseUnit('carbon', 554), 554)).toBe('460–665 g');
  });

  it('recognises our own rows inside longer keys, and no namespace that only looks like one', () => {
    expect(groupKind('c1/__unallocated__')).toBe('unallocated');
    expect(pointKind('node/n1', { ...NO_PARTS, system_joules: 5 })).toBe('system');
    expect(pointKind('node/n1', { ...NO_PARTS, unallocated_joules: 5 })).toBe('unallocated');
    expect(pointKind('Deployment/node', { ...NO_PARTS, unallocated_joules: 5 })).toBe('named');
    expect(groupKind('__storage__')).toBe('storage');
    expect(groupKind('my__system__')).toBe('named');
    expect(groupLabel('unallocated', '__unallocated__', '__unallocated__')).toBe('Unallocated');
    expect(groupLabel('named', 'shop', undefined)).toBe('shop');
  });
});
