import Database from 'better-sqlite3';
import { expect } from 'vitest';
import {
  PEAK_COLUMNS,
  peakRowExpressions,
  rollupExpressions,
  SUM_COLUMNS,
  summedRowExpressions,
} from '../../../src/storage/sql/sums.ts';

/** Sums by pod and workload of an open hour are written once it is done. */
const COMPACTED = `WHERE NOT EXISTS (SELECT 1 FROM open_hours o
  WHERE o.cluster_key = r.cluster_key AND o.start_seconds = r.start_seconds / 3600 * 3600)`;

/** The file passes SQLite's own check, and each roll-up equals a fresh GROUP BY of the rows. */
export function checkSound(file: string): void {
  const database = new Database(file);
  try {
    expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    for (const [period, seconds] of [
      ['hour', 3600],
      ['day', 86_400],
    ] as const) {
      for (const [grain, key] of [
        ['pod', 'r.key_id'],
        ['workload', 'k.workload_key'],
        ['namespace', 'k.namespace_key'],
      ] as const) {
        const fresh = database
          .prepare<[], Record<string, number>>(
            `SELECT r.cluster_key, r.start_seconds / ${seconds} * ${seconds} AS start_seconds, ${key} AS key_id,
             ${summedRowExpressions()}, ${peakRowExpressions()} FROM result_rows r JOIN pod_keys k ON k.id = r.key_id
             ${grain === 'namespace' ? '' : COMPACTED} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
          )
          .all();
        const peaks = period === 'hour' && grain === 'pod' ? PEAK_COLUMNS.map(({ column }) => column) : [];
        const kept = database
          .prepare<[], Record<string, number>>(
            `SELECT r.cluster_key, r.start_seconds, r.key_id, ${[rollupExpressions(), ...peaks].join(', ')} FROM rollup_${period}_${grain} r ORDER BY 1, 2, 3`,
          )
          .all();
        expect(kept).toHaveLength(fresh.length);
        kept.forEach((line, index) => {
          for (const peak of peaks) expect(line[peak], `${grain} ${peak}`).toBe(fresh[index]?.[peak]);
          for (const column of ['cluster_key', 'start_seconds', 'key_id', ...SUM_COLUMNS.map((sum) => sum.column)]) {
            const expected = fresh[index]?.[column] ?? Number.NaN;
            const difference = Math.abs((line[column] ?? Number.NaN) - expected);
            if (!(difference <= 1e-12 * Math.abs(expected))) {
              expect.fail(`${period} ${grain} ${column}: ${line[column]} is not ${expected}`);
            }
          }
        });
      }
    }
  } finally {
    database.close();
  }
}
