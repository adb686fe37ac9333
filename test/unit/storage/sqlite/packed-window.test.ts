import { describe, expect, it } from 'vitest';
import { ROW_KINDS } from '../../../../src/model/results.ts';
import { INTENSITY_SOURCES, POWER_SOURCES } from '../../../../src/model/sources.ts';
import { ROW_NUMBERS } from '../../../../src/storage/sql/row-columns.ts';
import { sourceCodeOf, sourcesOfCode } from '../../../../src/storage/sql/source-code.ts';
import { NUMBERS_A_ROW } from '../../../../src/storage/sqlite/pack-numbers.ts';
import { CODES_A_ROW, packWindow, TEXTS_A_ROW, transferOf } from '../../../../src/storage/sqlite/packed-window.ts';
import {
  NEW_YEAR,
  nodeRow,
  OTHER_CLUSTER,
  SOURCES,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
} from '../../../contract/storage/sample-windows.ts';

describe('packWindow', () => {
  const rows = [sampleRow(), sampleRow({ podName: 'b', team: null, gridIntensityAtSeconds: null }), nodeRow('system')];
  const packed = packWindow(sampleWindow(NEW_YEAR, rows), 4);
  const textsOf = (row: number): (string | null)[] =>
    Array.from(packed.rowTexts.slice(row * TEXTS_A_ROW, (row + 1) * TEXTS_A_ROW), (place) =>
      place === 0 ? null : (packed.texts[place] ?? 'missing'),
    );

  it('keeps what rows have in common once', () => {
    const many = packWindow(sampleWindow(NEW_YEAR, [sampleRow(), nodeRow('system'), sampleRow({ podName: 'b' })]), 4);
    for (const { texts } of [packed, many]) {
      for (const text of ['shop', 'n1', 'Deployment', 'checkout']) {
        expect(texts.filter((each) => each === text)).toHaveLength(1);
      }
    }
  });

  it('keeps the texts of each row in their places, and none as none', () => {
    expect(textsOf(0)).toEqual([
      'shop',
      'cart-0',
      'n1',
      'Deployment',
      'cart',
      'checkout',
      'FR',
      'aws',
      'eu-west-3a',
      'm5.large',
      'uid-cart-0',
      '["power is modelled","intensity is of a year"]',
      '1',
    ]);
    expect(textsOf(1)[5]).toBeNull();
    expect(textsOf(2).slice(3, 6)).toEqual([null, null, null]);
  });

  it('keeps every number, and NaN only for an absent time', () => {
    expect(packed.rowNumbers).toHaveLength(3 * NUMBERS_A_ROW);
    ROW_NUMBERS.forEach(([, field], place) => {
      expect(packed.rowNumbers[place], field).toBe(rows[0]?.[field]);
    });
    expect(packed.rowNumbers[NUMBERS_A_ROW - 1]).toBe(NEW_YEAR);
    expect(packed.rowNumbers[2 * NUMBERS_A_ROW - 1]).toBeNaN();
  });

  it('keeps kind, sources and whether it is estimated as codes', () => {
    expect([...packed.rowCodes.slice(0, CODES_A_ROW)]).toEqual([0, sourceCodeOf(SOURCES), 1]);
    expect(packed.rowCodes[2 * CODES_A_ROW]).toBe(ROW_KINDS.indexOf('system'));
  });

  it('hands over three buffers', () => {
    expect(transferOf(packed).map((buffer) => buffer.byteLength)).toEqual([
      3 * TEXTS_A_ROW * 4,
      3 * CODES_A_ROW * 4,
      3 * NUMBERS_A_ROW * 8,
    ]);
  });

  it('tells an empty text from none', () => {
    const empty = packWindow(sampleWindow(NEW_YEAR, [sampleRow({ team: '' })]), 1);
    expect(empty.rowTexts[5]).not.toBe(0);
  });

  it.each(ROW_NUMBERS.map(([, field]) => field))('refuses a %s that is NaN, infinite or -0', (field) => {
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY, -0]) {
      const wrong = sampleWindow(NEW_YEAR, [sampleRow({ [field]: value })]);
      expect(() => packWindow(wrong, 1)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    }
  });

  it.each([
    ['a half second', sampleWindow(NEW_YEAR + 0.5, []), 1],
    ['a start off its length', sampleWindow(NEW_YEAR + 300, [], { durationSeconds: 3600 }), 1],
    ['a negative epoch', sampleWindow(NEW_YEAR, []), -1],
    ['covered seconds that are no number', sampleWindow(NEW_YEAR, [], { entry: { coveredSeconds: Number.NaN } }), 1],
    ['an intensity at half a second', sampleWindow(NEW_YEAR, [sampleRow({ gridIntensityAtSeconds: 0.5 })]), 1],
    [
      'a node of another cluster',
      sampleWindow(NEW_YEAR, [], { nodeWindows: [sampleNodeWindow({ clusterId: OTHER_CLUSTER })] }),
      1,
    ],
    ['a node with NaN', sampleWindow(NEW_YEAR, [], { nodeWindows: [sampleNodeWindow({ idleWatts: Number.NaN })] }), 1],
    [
      'a curve with -0',
      sampleWindow(NEW_YEAR, [], { nodeWindows: [sampleNodeWindow({ curveWatts: [-0, 1, 2, 3] })] }),
      1,
    ],
    [
      'a snapshot with infinity',
      sampleWindow(NEW_YEAR, [], { nodeSnapshots: [sampleSnapshot({ embodiedKilograms: Number.POSITIVE_INFINITY })] }),
      1,
    ],
  ])('refuses %s', (_, window, epoch) => {
    expect(() => packWindow(window, epoch)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('sourceCodeOf', () => {
  it('is one digit a source, and back', () => {
    expect(sourceCodeOf(SOURCES)).toBe(1_013_212);
    for (const power of POWER_SOURCES) {
      for (const intensity of INTENSITY_SOURCES) {
        const sources = { ...SOURCES, cpu: 'node-exporter' as const, power, intensity };
        expect(sourcesOfCode(sourceCodeOf(sources))).toEqual(sources);
      }
    }
  });

  it('refuses what is in no list', () => {
    expect(() => sourceCodeOf({ ...SOURCES, power: 'magic' as never })).toThrow(RangeError);
    expect(() => sourcesOfCode(9_999_999)).toThrow(RangeError);
    expect(() => sourcesOfCode(99_999_999)).toThrow(RangeError);
  });
});
