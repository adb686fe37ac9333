import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIMENSIONS, type ResultFilter } from '../../../src/core/ports/results-store.ts';
import type { TimeRange } from '../../../src/model/time.ts';
import { MIGRATIONS } from '../../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../../src/storage/sqlite/open-database.ts';
import { packWindow } from '../../../src/storage/sqlite/packed-window.ts';
import { READ_OPERATIONS as READ } from '../../../src/storage/sqlite/read-operations.ts';
import { vacuum } from '../../../src/storage/sqlite/vacuum.ts';
import { WindowWriter } from '../../../src/storage/sqlite/write-window.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR, nodeRow, OTHER_CLUSTER, sampleRow, sampleWindow } from './sample-windows.ts';

const MOST_SECONDS = 48 * HOUR;
const NOW = NEW_YEAR + 3 * DAY + 5 * HOUR + 1500;

const FILTERS: readonly ResultFilter[] = [
  { clusterIds: [] },
  { clusterIds: [CLUSTER] },
  { clusterIds: [CLUSTER], namespace: 'shop' },
  { clusterIds: [], workload: 'Deployment/cart' },
  { clusterIds: [], workload: '__system__' },
  { clusterIds: [CLUSTER], pod: 'cart-0' },
  { clusterIds: [], node: 'n1' },
  { clusterIds: [], team: 'checkout' },
  { clusterIds: [], team: '' },
  { clusterIds: [], zone: 'FR' },
  { clusterIds: [], provider: 'aws', namespace: 'shop' },
];

function last(seconds: number): TimeRange {
  return { startSeconds: NOW - seconds, endSeconds: NOW };
}

function cut({ startSeconds, endSeconds }: TimeRange, step: number): readonly TimeRange[] {
  const count = Math.ceil((endSeconds - startSeconds) / step);
  return Array.from({ length: count }, (_, index) => ({
    startSeconds: startSeconds + index * step,
    endSeconds: startSeconds + (index + 1) * step,
  }));
}

const RANGES = [last(6 * HOUR), last(DAY), last(2 * DAY), last(30 * DAY), last(365 * DAY)];
const aligned = (seconds: number, step: number): TimeRange => ({
  startSeconds: Math.floor((NOW - seconds) / step) * step,
  endSeconds: Math.ceil(NOW / step) * step,
});
const BUCKETS = [
  cut(aligned(DAY, HOUR), 300),
  cut(aligned(2 * DAY, HOUR), 300),
  cut(aligned(7 * DAY, HOUR), HOUR),
  cut(aligned(30 * DAY, DAY), DAY),
  // Days of a zone half an hour off, and weeks over a year.
  cut({ startSeconds: NEW_YEAR - 30 * DAY - 5.5 * HOUR, endSeconds: NEW_YEAR }, DAY).map(({ startSeconds }) => ({
    startSeconds: startSeconds + HOUR / 2,
    endSeconds: startSeconds + DAY + HOUR / 2,
  })),
  cut(aligned(365 * DAY, DAY), 7 * DAY),
];

let folder = '';
let writing: Database.Database;
let reading: Database.Database;
let executed: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-plans-'));
  const file = join(folder, 'results.sqlite');
  writing = await openForWriting(file, MIGRATIONS, 1);
  const writer = new WindowWriter(writing);
  for (const clusterId of [CLUSTER, OTHER_CLUSTER]) {
    for (let hour = 0; hour < 77; hour += 1) {
      const rows = ['cart-0', 'cart-1', 'web-0'].map((podName) => sampleRow({ clusterId, podName }));
      const window = sampleWindow(NEW_YEAR + hour * HOUR, [...rows, nodeRow('system', { clusterId })], { clusterId });
      writer.replace(packWindow(window, 1));
    }
  }
  reading = new Database(file, { readonly: true, verbose: (sql) => executed.push(String(sql)) });
});
afterAll(() => {
  reading.close();
  writing.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The statements that a question executes. */
function statementsOf(ask: () => unknown): readonly string[] {
  executed = [];
  ask();
  return [...new Set(executed)].filter((sql) => /^\s*(SELECT|WITH)/i.test(sql));
}

/** Every question of every route, by name. */
const QUESTIONS: readonly (readonly [string, () => unknown])[] = [
  ...FILTERS.flatMap((filter, index) => [
    ...RANGES.map((range) => ['totals', () => READ.totals(reading, { filter, range })] as const),
    ...[last(DAY), last(365 * DAY)].flatMap((range) =>
      DIMENSIONS.map(
        (by) =>
          [
            `breakdown by ${by}`,
            () =>
              READ.breakdown(reading, {
                filter,
                range,
                by,
                sort: 'co2e',
                descending: true,
                limit: 50,
                offset: 0,
                search: by === 'pod' ? 'CART' : null,
              }),
          ] as const,
      ),
    ),
    ...[null, ...DIMENSIONS].flatMap((groupBy, place) =>
      // Each grouping with two of them, all of them over all filters.
      [0, 3]
        .map((step) => BUCKETS[(place + index + step) % BUCKETS.length] ?? [])
        .map(
          (buckets) =>
            [`series by ${groupBy}`, () => READ.series(reading, { filter, buckets, groupBy, top: 5 })] as const,
        ),
    ),
    ...[null, 'cart', 'c*-?'].map(
      (podPattern) =>
        [
          'rows',
          () => READ.rows(reading, { filter, podPattern, range: last(2 * DAY), limit: 100, offset: 200 }),
        ] as const,
    ),
  ]),
  ...RANGES.map((range) => ['nodes', () => READ.nodes(reading, { clusterIds: [], range })] as const),
  ...BUCKETS.map((buckets) => ['coverage', () => READ.coverage(reading, { clusterIds: [], buckets })] as const),
  ['ledger', () => READ.ledger(reading, { clusterId: CLUSTER, range: last(DAY) })],
  ['last entry', () => READ.lastDataEntry(reading, CLUSTER)],
  ['first entry', () => READ.firstEntry(reading, CLUSTER)],
  ['node windows', () => READ.nodeWindows(reading, { clusterId: CLUSTER, node: 'n1', range: last(DAY), limit: 50 })],
];

const BOUND = '(cluster_key=? AND start_seconds>? AND start_seconds<?)';
const ONE_ROW = '(cluster_key=? AND start_seconds=? AND key_id=?)';

/** What is wrong with how a statement reaches the rows or the roll-ups (`r` in all of them). */
function badAccesses(sql: string): readonly string[] {
  const plan = reading.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
  return plan
    .map(({ detail }) => detail)
    .filter((detail) => / (r|result_rows|rollup_\w+)\b/.test(detail))
    .filter((detail) => !(detail.startsWith('SEARCH r ') && (detail.endsWith(BOUND) || detail.endsWith(ONE_ROW))));
}

/** Seconds of rows that a statement reads, by the bounds that are written in it. */
function secondsOfRows(sql: string): number {
  const pieces = [...sql.matchAll(/(?:row|open)_pieces\(([^)]*)\) AS \(VALUES ((?:\([^)]*\)(?:, )?)+)\)/g)];
  const ofPieces = pieces.flatMap(([, , values]) => [...(values ?? '').matchAll(/(\d+), (\d+)\)/g)]);
  const ofPages = [...sql.matchAll(/r\.start_seconds >= (\d+) AND r\.start_seconds < (\d+)/g)];
  const spans = ofPieces.map(([, lo, hi]) => Number(hi) - Number(lo));
  return Math.max(
    spans.reduce((sum, span) => sum + span, 0),
    ...ofPages.map(([, lo, hi]) => Number(hi) - Number(lo)),
  );
}

describe.each([
  ['as it was made', () => undefined],
  ['after the planner has seen what is in it', () => void vacuum(writing)],
])('the statements of all routes on a store %s', (_, prepare) => {
  beforeAll(prepare);

  it('find rows and roll-ups by cluster and time, and read at most 48 hours of rows', () => {
    const seen = { statements: 0, ofRows: 0, ofRollups: 0, ofOpenHours: 0 };
    for (const [name, ask] of QUESTIONS) {
      for (const sql of statementsOf(ask)) {
        seen.statements += 1;
        expect(badAccesses(sql), `${name}: ${sql}`).toEqual([]);
        if (sql.includes('rollup_')) seen.ofRollups += 1;
        if (sql.includes('open_pieces')) seen.ofOpenHours += 1;
        if (!sql.includes('result_rows')) continue;
        seen.ofRows += 1;
        expect(secondsOfRows(sql), `${name}: ${sql}`).toBeLessThanOrEqual(MOST_SECONDS + 4 * HOUR);
        expect(secondsOfRows(sql), `${name}: ${sql}`).toBeGreaterThan(0);
      }
    }
    expect(seen.statements).toBeGreaterThan(500);
    for (const count of [seen.ofRows, seen.ofRollups, seen.ofOpenHours]) expect(count).toBeGreaterThan(100);
  });

  it('would be caught if they did not', () => {
    const by = (where: string) => badAccesses(`SELECT SUM(r.joules) FROM result_rows r ${where}`);
    expect(by('')).toHaveLength(1);
    expect(by('WHERE r.start_seconds >= 0 AND r.start_seconds < 9')).toHaveLength(1);
    expect(by('WHERE r.cluster_key = 1')).toHaveLength(1);
    expect(by('WHERE r.cluster_key = 1 AND r.start_seconds >= 0 AND r.start_seconds < 9')).toEqual([]);
    expect(badAccesses('SELECT * FROM rollup_hour_pod')).toHaveLength(1);
    expect(secondsOfRows('WITH row_pieces(bucket, lo, hi) AS (VALUES (0, 100, 400), (1, 400, 700))')).toBe(600);
    expect(secondsOfRows('WHERE r.start_seconds >= 100 AND r.start_seconds < 300')).toBe(200);
  });
});
