import { describe, expect, it } from 'vitest';
import type { ResultRow } from '../../../../src/model/results.ts';
import { OPTIONAL_ROW_NUMBERS, ROW_NUMBERS } from '../../../../src/storage/sql/row-columns.ts';
import { NUMBERS_A_ROW, packNumbers } from '../../../../src/storage/sqlite/pack-numbers.ts';
import { sampleRow } from '../../../contract/storage/sample-windows.ts';

const FIELDS = [...ROW_NUMBERS, ...OPTIONAL_ROW_NUMBERS].map(([, field]) => field);

function packed(row: ResultRow): number[] {
  const into = new Float64Array(NUMBERS_A_ROW + 2).fill(-1);
  packNumbers(row, into, 1);
  expect([into[0], into.at(-1)]).toEqual([-1, -1]);
  return [...into.subarray(1, 1 + NUMBERS_A_ROW)];
}

/** A row in which every number is another one. */
const telling = sampleRow({
  ...Object.fromEntries(FIELDS.map((field, index) => [field, index + 0.5])),
  gridIntensityAtSeconds: 1_767_225_600,
});

describe('packNumbers', () => {
  it('puts each number at the place of its column', () => {
    expect(packed(telling)).toEqual([...FIELDS.map((_, index) => index + 0.5), 1_767_225_600]);
  });

  it.each(OPTIONAL_ROW_NUMBERS.map(([, field]) => field))('takes NaN for a %s that is absent', (field) => {
    const place = FIELDS.indexOf(field);
    expect(packed({ ...telling, [field]: null })[place]).toBeNaN();
  });

  it('takes NaN for a grid intensity of no time, and refuses half a second', () => {
    expect(packed({ ...telling, gridIntensityAtSeconds: null }).at(-1)).toBeNaN();
    expect(() => packed({ ...telling, gridIntensityAtSeconds: 0.5 })).toThrow('no whole second');
  });

  it.each(
    FIELDS.flatMap((field) => [Number.NaN, Number.POSITIVE_INFINITY, -0].map((value) => [field, value] as const)),
  )('refuses a %s of %s by its name', (field, value) => {
    const said = Object.is(value, -0) ? '-0' : String(value);
    expect(() => packed({ ...telling, [field]: value })).toThrow(
      `${field} of ${telling.namespace}/${telling.podName} is ${said}`,
    );
  });
});
