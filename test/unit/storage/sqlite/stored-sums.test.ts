import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rollupExpressions, SUM_COLUMNS } from '../../../../src/storage/sql/sums.ts';
import { ADDED_SUMS, storedLineSums, storedSum } from '../../../../src/storage/sqlite/stored-sums.ts';

const COLUMNS = SUM_COLUMNS.map(({ column }) => column);
const place = (column: string): number => COLUMNS.indexOf(column);

/** Lines of a roll-up as they are kept: location-based and market-based grams of each; added up in two ways. */
function addUp(lines: readonly (readonly [location: number, market: number])[]) {
  const database = new Database(':memory:');
  database.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, ${COLUMNS.map((column) => `${column} REAL`).join(', ')})`);
  const put = database.prepare(
    `INSERT INTO t AS t VALUES (?, ${COLUMNS.map(() => '?').join(', ')}) ON CONFLICT (id) DO UPDATE SET ${ADDED_SUMS}`,
  );
  lines.forEach(([location, market], index) => {
    const sums = new Float64Array(COLUMNS.length + 2);
    sums[2 + place('co2e_grams')] = location;
    sums[2 + place('co2e_market_grams')] = market;
    const kept = COLUMNS.map((_, column) => storedSum(sums, 2, column));
    put.run(0, ...kept);
    put.run(index + 1, ...kept);
  });
  const one = (from: string) =>
    database.prepare(`SELECT ${rollupExpressions()} FROM ${from} r`).get() as Record<string, number>;
  const isKept = database.prepare('SELECT co2e_market_grams IS NOT NULL FROM t WHERE id = 0').pluck().get() === 1;
  const added = one('(SELECT * FROM t WHERE id = 0)');
  database.exec(
    `CREATE TABLE s AS SELECT * FROM t WHERE FALSE; INSERT INTO s SELECT -1, ${storedLineSums()} FROM t r WHERE id > 0`,
  );
  const summed = one('s');
  database.close();
  return { added, summed, isKept };
}

const close = (actual: number | undefined, expected: number): boolean =>
  Math.abs((actual ?? Number.NaN) - expected) <= 1e-12 * Math.abs(expected);

test('grams by contracts are kept where they differ only, and are the same sum however they are added up', () => {
  const grams = fc.double({ min: 0, max: 1e9, noNaN: true });
  const line = fc.oneof(
    grams.map((location) => [location, location] as const),
    fc.tuple(grams, grams),
    grams.map((location) => [location, 0] as const),
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
      const { added, summed, isKept } = addUp(lines);
      const market = lines.reduce((sum, [, each]) => sum + each, 0);
      for (const answer of [added, summed]) {
        expect(close(answer['co2e_market_grams'], market)).toBe(true);
        expect(
          close(
            answer['co2e_grams'],
            lines.reduce((sum, [each]) => sum + each, 0),
          ),
        ).toBe(true);
      }
      if (lines.every(([location, each]) => location === each)) expect(isKept).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test('every other sum is kept as it is, zeros too', () => {
  const sums = Float64Array.from(COLUMNS, (_, index) => index);
  for (const [index, column] of COLUMNS.entries()) {
    if (column !== 'co2e_market_grams') expect(storedSum(sums, 0, index)).toBe(index);
  }
});
