// The three stores: rows a second (beside bare prepared inserts into the same table, in the same run), bytes a row, how
// long the seven usual questions take, peak memory. SQLite with 10 million rows, the servers with a million each.
// PODWATT_BENCH_ROWS=1000000 takes fewer; PODWATT_BENCH_STORES=sqlite,postgres,elasticsearch takes some of them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { keepHeapSmall } from '../src/server/small-heap.ts';
import { openSqliteResults } from '../src/storage/sqlite/index.ts';
import { elasticsearchSettingsOf } from '../test/contract/storage/elasticsearch-indices.ts';
import { postgresSettingsOf } from '../test/contract/storage/postgres-schema.ts';
import { startElasticsearch } from '../test/services/elasticsearch.ts';
import { startPostgres } from '../test/services/postgres.ts';
import { fill } from './storage/fill.ts';
import { fleetsOf, startsOf, windowOf } from './storage/fleet.ts';
import { type Figure, printFigures } from './storage/questions.ts';
import { measureServer, thousands } from './storage/servers.ts';
import { ROUNDS, writeRates } from './storage/write-rates.ts';

// As every host does.
keepHeapSmall();

const MEBIBYTE = 1024 * 1024;
const ROWS = Number(process.env.PODWATT_BENCH_ROWS ?? 10_000_000);
const SERVER_ROWS = Math.min(ROWS, 1_000_000);
const STORES = (process.env.PODWATT_BENCH_STORES ?? 'sqlite,postgres,elasticsearch').split(',');

if (STORES.includes('sqlite')) await measureSqlite();
if (STORES.includes('postgres')) {
  await measureServer('PostgreSQL', SERVER_ROWS, 50, async () => {
    const server = await startPostgres();
    const { openPostgresResults } = await import('../src/storage/postgres/index.ts');
    return { store: await openPostgresResults(postgresSettingsOf(server)), stop: () => server.remove() };
  });
}
if (STORES.includes('elasticsearch')) {
  await measureServer('Elasticsearch', SERVER_ROWS, 150, async () => {
    const server = await startElasticsearch();
    const { openElasticsearchResults } = await import('../src/storage/elasticsearch/index.ts');
    return { store: await openElasticsearchResults(elasticsearchSettingsOf(server.url)), stop: () => server.remove() };
  });
}

async function measureSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'podwatt-bench-'));
  try {
    const fleets = fleetsOf(ROWS);
    for (const { pods, nodes, days, windowSeconds } of fleets) {
      console.log(
        `${thousands(pods)} pods on ${nodes} nodes, ${days.toFixed(1)} days in windows of ${windowSeconds} s; one pod in 200 made anew each hour`,
      );
    }
    const file = join(folder, 'podwatt.sqlite');
    const store = await openSqliteResults({ file });
    const { serverVersion } = await store.info();
    let rows = 0;
    const rates: number[] = [];
    for (const fleet of fleets) {
      const filled = await fill(store, fleet);
      rows += filled.rows;
      rates.push(filled.rows / filled.seconds);
      console.log(
        `${serverVersion}: ${thousands(filled.rows)} rows in windows of ${fleet.windowSeconds} s at ${thousands(rates.at(-1) ?? 0)} rows/s with roll-ups`,
      );
    }
    await store.close();
    const live = fleets.at(-1);
    const some = live === undefined ? [] : startsOf(live).slice(-48);
    const windows = live === undefined ? [] : some.map((start) => windowOf(live, start));
    const { bare, plain, whole, plainRatio, wholeRatio } = await writeRates(folder, windows);
    console.log(`bare prepared inserts of the same rows into the same table: ${thousands(bare)} rows/s`);
    console.log(
      `without roll-ups: ${thousands(plain)} rows/s, ratio ${plainRatio.toFixed(2)} (goal 0.8); with: ${thousands(whole)} rows/s, ratio ${wholeRatio.toFixed(2)} (goal 0.4); medians of ${ROUNDS} rounds, all on new files. In the large file: ${thousands(rates.at(-1) ?? 0)} rows/s (goal 40,000)`,
    );
    printSizes(file, rows);
    const child = resolve(import.meta.dirname, 'storage', 'sqlite-child.ts');
    const answer = execFileSync(process.execPath, [child, file], { encoding: 'utf8' });
    const { figures, peakBytes } = JSON.parse(answer) as { figures: readonly Figure[]; peakBytes: number };
    printFigures(`${serverVersion}, ${thousands(rows)} rows`, figures, 30);
    console.log(
      `peak memory: ${Math.round(peakBytes / MEBIBYTE)} MiB of a process that asks all of it (goal 300 MB); ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB of this one, which also makes the rows`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes a row: the rows with their keys, texts and indexes, what roll-ups add, and the rest. */
function printSizes(file: string, rows: number): void {
  const database = new Database(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  const tables = database
    .prepare<[], { name: string; bytes: number }>(
      `SELECT COALESCE(s.tbl_name, d.name) AS name, SUM(d.pgsize) AS bytes FROM dbstat d
       LEFT JOIN sqlite_schema s ON s.name = d.name WHERE d.aggregate = TRUE GROUP BY 1`,
    )
    .all();
  const sum = (wanted: (name: string) => boolean): number =>
    tables.filter(({ name }) => wanted(name)).reduce((total, { bytes }) => total + bytes, 0) / rows;
  const isRow = (name: string): boolean => /^(result_rows|texts|pod_identities|\w+_keys)$/.test(name);
  const isRollup = (name: string): boolean => name.startsWith('rollup_');
  console.log(
    `bytes a row: ${sum(isRow).toFixed(0)} with all columns, keys and indexes (goal 300); roll-ups add ${sum(isRollup).toFixed(0)}, node facts, presence and ledger ${sum((name) => !isRow(name) && !isRollup(name)).toFixed(0)}`,
  );
  database.close();
}
