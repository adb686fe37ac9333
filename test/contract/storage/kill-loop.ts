import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { SUM_COLUMNS, summedRowExpressions } from '../../../src/storage/sql/sums.ts';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { CLUSTER, DAY, NEW_YEAR } from './sample-windows.ts';

/**
 * Starts a process that writes windows, kills it (SIGKILL) some milliseconds after a window was done, and checks that
 * the store is sound: every window that was reported is there, at most one more, and roll-ups equal the rows.
 */
export async function killAndCheck(file: string, rounds: number, delayOf: (round: number) => number): Promise<void> {
  let done = -1;
  for (let round = 0; round < rounds; round += 1) {
    done = await writeAndKill(file, done + 1, delayOf(round));
    checkSound(file);
    const store = await openSqliteResults({ file, readers: 1 });
    const ledger = await store.listLedger(CLUSTER, { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 400 * DAY });
    const last = ledger.length - 1;
    expect(last).toBeGreaterThanOrEqual(done);
    expect(last).toBeLessThanOrEqual(done + 1);
    expect(ledger.every((entry, index) => entry.window.startSeconds === NEW_YEAR + index * 300)).toBe(true);
    expect(ledger.every((entry) => entry.rowCount === 201)).toBe(true);
    done = last;
    await store.close();
  }
}

async function writeAndKill(file: string, first: number, delayMilliseconds: number): Promise<number> {
  const script = resolve(import.meta.dirname, 'write-forever.ts');
  const child = spawn(process.execPath, [script, file, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let done = first - 1;
  let isSet = false;
  for await (const line of createInterface({ input: child.stdout })) {
    done = Number(line);
    if (isSet) continue;
    isSet = true;
    setTimeout(() => child.kill('SIGKILL'), delayMilliseconds);
  }
  await exited;
  return done;
}

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
             ${summedRowExpressions()} FROM result_rows r JOIN pod_keys k ON k.id = r.key_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
          )
          .all();
        const kept = database
          .prepare<[], Record<string, number>>(`SELECT * FROM rollup_${period}_${grain} ORDER BY 1, 2, 3`)
          .all();
        expect(kept).toHaveLength(fresh.length);
        kept.forEach((line, index) => {
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
