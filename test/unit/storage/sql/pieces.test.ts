import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Piece, piecesOf } from '../../../../src/storage/sql/pieces.ts';

const HOUR = 3600;
const DAY = 86_400;

function cut(startSeconds: number, endSeconds: number): string[] {
  return piecesOf([{ startSeconds, endSeconds }]).map(
    (piece) => `${piece.level} ${piece.startSeconds}-${piece.endSeconds}`,
  );
}

describe('piecesOf', () => {
  it.each([
    ['whole days', DAY, 3 * DAY, [`day ${DAY}-${3 * DAY}`]],
    ['whole hours', HOUR, 5 * HOUR, [`hour ${HOUR}-${5 * HOUR}`]],
    ['less than an hour', 300, 900, ['row 300-900']],
    ['less than an hour over a full one', 3300, 3900, ['row 3300-3600', 'row 3600-3900']],
    [
      'hours around a day',
      DAY - HOUR,
      2 * DAY + HOUR,
      [`hour ${DAY - HOUR}-${DAY}`, `day ${DAY}-${2 * DAY}`, `hour ${2 * DAY}-${2 * DAY + HOUR}`],
    ],
    ['nothing', HOUR, HOUR, []],
    ['a range that ends before it starts', DAY, HOUR, []],
  ])('cuts %s', (_, start, end, expected) => {
    // Two pieces of rows that touch are as good as one.
    expect(joined(cut(start, end))).toEqual(joined(expected as string[]));
  });

  it('cuts all three kinds out of a crooked range, in order', () => {
    expect(cut(DAY - HOUR - 300, 2 * DAY + HOUR + 600)).toEqual([
      `row ${DAY - HOUR - 300}-${DAY - HOUR}`,
      `hour ${DAY - HOUR}-${DAY}`,
      `day ${DAY}-${2 * DAY}`,
      `hour ${2 * DAY}-${2 * DAY + HOUR}`,
      `row ${2 * DAY + HOUR}-${2 * DAY + HOUR + 600}`,
    ]);
  });

  it('names the bucket that each piece is of', () => {
    const pieces = piecesOf([
      { startSeconds: 0, endSeconds: 300 },
      { startSeconds: 300, endSeconds: 300 },
      { startSeconds: 300, endSeconds: HOUR },
    ]);
    expect(pieces.map((piece) => piece.bucket)).toEqual([0, 2]);
  });

  it('covers any range once, without a gap, with nothing but whole days and hours off the rows', () => {
    const instant = fc.integer({ min: -40, max: 3000 }).map((steps) => steps * 300);
    fc.assert(
      fc.property(instant, instant, (startSeconds, endSeconds) => {
        const pieces = piecesOf([{ startSeconds, endSeconds }]);
        if (startSeconds >= endSeconds) return pieces.length === 0;
        const edges = pieces.map((piece) => piece.startSeconds);
        const isClosed = pieces.every((piece, index) => (edges[index + 1] ?? endSeconds) === piece.endSeconds);
        return edges[0] === startSeconds && isClosed && pieces.every(isAligned) && rowSeconds(pieces) < 2 * HOUR;
      }),
    );
  });
});

function isAligned(piece: Piece): boolean {
  const step = { row: 1, hour: HOUR, day: DAY }[piece.level];
  return Math.abs(piece.startSeconds % step) === 0 && Math.abs(piece.endSeconds % step) === 0;
}

function rowSeconds(pieces: readonly Piece[]): number {
  return pieces
    .filter((piece) => piece.level === 'row')
    .reduce((sum, piece) => sum + piece.endSeconds - piece.startSeconds, 0);
}

function joined(pieces: readonly string[]): string[] {
  return pieces.reduce<string[]>((list, piece) => {
    const [level = '', span = ''] = piece.split(' ');
    const [start = '', end = ''] = span.split('-');
    const last = list.at(-1);
    if (last?.startsWith(level) && last.endsWith(`-${start}`)) list[list.length - 1] = last.replace(/\d+$/, end);
    else list.push(piece);
    return list;
  }, []);
}
