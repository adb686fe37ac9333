import { describe, expect, it } from 'vitest';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { alignPrevious, isComparable } from '../../../../src/renderer/charts/previous.ts';
import { hourly, T0 } from './wire.ts';

const DAY_MS = 24 * 3.6e6;
const full = Array.from({ length: 24 }, () => ({ a: 10 }));
const now = hourly(full);
/** The day before, of which the last `hours` were collected. */
const before = (hours: number) =>
  hourly(
    full.map((row, index) => (index >= 24 - hours ? row : null)),
    T0 - DAY_MS,
  );
const compared = (hours: number, today = now) =>
  isComparable(today, alignPrevious(today, before(hours), MEASURES.carbon));

describe('isComparable', () => {
  it('takes a period before that was collected', () => {
    expect(compared(24)).toBe(true);
    expect(compared(12)).toBe(true);
  });

  it('refuses one of which too little is known: an hour is no day', () => {
    expect(compared(11)).toBe(false);
    expect(compared(1)).toBe(false);
    expect(compared(0)).toBe(false);
  });

  it('counts columns that have data now; a gap of today asks for no comparison', () => {
    const today = hourly(full.map((row, index) => (index < 12 ? null : row)));
    expect(compared(6, today)).toBe(true);
    expect(compared(5, today)).toBe(false);
  });

  it('has nothing to compare with where nothing was asked or nothing is there', () => {
    expect(isComparable(now, [])).toBe(false);
    expect(isComparable(hourly([]), [])).toBe(false);
    expect(isComparable(hourly([null]), [5])).toBe(false);
  });

  it('takes a period before in which nothing was used for what it is: known', () => {
    const idle = hourly(
      full.map(() => ({ a: 0 })),
      T0 - DAY_MS,
    );
    expect(isComparable(now, alignPrevious(now, idle, MEASURES.carbon))).toBe(true);
  });
});
