import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { ResultsStore } from '../src/core/ports/results-store.ts';
import type { ResultRow } from '../src/model/results.ts';
import { openSqliteResults } from '../src/storage/sqlite/index.ts';
import { ROW_NUMBERS } from '../src/storage/sqlite/row-columns.ts';
import { DAY, HOUR, NEW_YEAR, sampleRow, sampleWindow } from '../test/contract/storage/sample-windows.ts';

// Rows a second into the store with everything that follows from them, beside a bare INSERT of the same rows, and how
// long the usual questions take. Run: node bench/store.ts

const folder = mkdtempSync(join(tmpdir(), 'podwatt-bench-'));
try {
  const large = podRows(5000, 100);
  const bare = bareInsert(large, 12);
  const live = await openSqliteResults({ file: join(folder, 'live.sqlite') });
  const windows = 36;
  const liveMilliseconds = await timed(async () => {
    for (let index = 0; index < windows; index += 1) {
      await live.replaceWindow(sampleWindow(NEW_YEAR + index * 300, large), 1);
    }
  });
  const rate = (windows * large.length) / (liveMilliseconds / 1000);
  console.log(
    `5,000-row windows: ${round(rate)} rows/s with roll-ups, ${round(bare)} rows/s bare, ratio ${(rate / bare).toFixed(2)}`,
  );
  const again = await timed(() => live.replaceWindow(sampleWindow(NEW_YEAR, large), 1));
  const changed = await timed(() => live.replaceWindow(sampleWindow(NEW_YEAR, large.slice(1)), 1));
  console.log(`the same window again: ${again.toFixed(0)} ms; with one pod less: ${changed.toFixed(0)} ms`);
  await questions('36 windows x 5,000 pods', live, NEW_YEAR, NEW_YEAR + windows * 300);
  await live.close();

  const history = await openSqliteResults({ file: join(folder, 'history.sqlite') });
  const small = podRows(110, 9);
  const hours = 168;
  const historyMilliseconds = await timed(async () => {
    for (let index = 0; index < hours; index += 1) {
      await history.replaceWindow(sampleWindow(NEW_YEAR + index * HOUR, small, { durationSeconds: 3600 }), 1);
    }
  });
  console.log(`168 one-hour windows x 110 rows: ${historyMilliseconds.toFixed(0)} ms`);
  await questions('7 days x 110 pods', history, NEW_YEAR, NEW_YEAR + 7 * DAY);
  await history.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function questions(title: string, store: ResultsStore, startSeconds: number, endSeconds: number): Promise<void> {
  const range = { startSeconds, endSeconds };
  const filter = { clusterIds: [] };
  const buckets = Array.from({ length: Math.ceil((endSeconds - startSeconds) / HOUR) }, (_, index) => ({
    startSeconds: startSeconds + index * HOUR,
    endSeconds: startSeconds + (index + 1) * HOUR,
  }));
  const page = { range, filter, sort: 'co2e' as const, descending: true, limit: 100, offset: 0, search: null };
  await store.totals(filter, range);
  const figures = {
    totals: await timed(() => store.totals(filter, range)),
    'totals off the hour': await timed(() =>
      store.totals(filter, { startSeconds: startSeconds + 300, endSeconds: endSeconds - 300 }),
    ),
    'by namespace': await timed(() => store.breakdown({ ...page, by: 'namespace' })),
    'by workload': await timed(() => store.breakdown({ ...page, by: 'workload' })),
    'by pod': await timed(() => store.breakdown({ ...page, by: 'pod' })),
    'hours by namespace': await timed(() => store.series({ filter, buckets, groupBy: 'namespace', top: 8 })),
    'hours of one pod': await timed(() =>
      store.series({ filter: { clusterIds: [], pod: 'app-7-0' }, buckets, groupBy: null, top: null }),
    ),
  };
  for (const [name, milliseconds] of Object.entries(figures)) {
    console.log(`${title}: ${name} ${milliseconds.toFixed(1)} ms`);
  }
}

function podRows(count: number, nodes: number): ResultRow[] {
  return Array.from({ length: count }, (_, index) =>
    sampleRow(
      {
        namespace: `team-${index % 40}`,
        podName: `app-${Math.floor(index / 5)}-${index % 5}`,
        podUid: `uid-${index}`,
        ownerName: `app-${Math.floor(index / 5)}`,
        node: `node-${index % nodes}`,
        team: `team-${index % 10}`,
      },
      1 + (index % 17) / 7,
    ),
  );
}

function bareInsert(rows: readonly ResultRow[], windows: number): number {
  const database = new Database(join(folder, 'bare.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  const columns = ROW_NUMBERS.map(([column]) => `${column} REAL`).join(', ');
  database.exec(`CREATE TABLE bare (start INTEGER, key INTEGER, ${columns}, PRIMARY KEY (start, key)) WITHOUT ROWID`);
  const insert = database.prepare(`INSERT INTO bare VALUES (?, ?, ${ROW_NUMBERS.map(() => '?').join(', ')})`);
  const values = rows.map((row, index) => [index, ...ROW_NUMBERS.map(([, field]) => row[field])]);
  const started = performance.now();
  for (let window = 0; window < windows; window += 1) {
    database.transaction(() => {
      for (const value of values) insert.run(window, ...value);
    })();
  }
  const seconds = (performance.now() - started) / 1000;
  database.close();
  return (rows.length * windows) / seconds;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function round(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
