import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultRow } from '../../../../src/model/results.ts';
import { SUM_COLUMNS } from '../../../../src/storage/sql/sums.ts';
import { KeySums } from '../../../../src/storage/sqlite/key-sums.ts';
import { MIGRATIONS } from '../../../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../../../src/storage/sqlite/open-database.ts';
import { packWindow } from '../../../../src/storage/sqlite/packed-window.ts';
import { READ_OPERATIONS as READ } from '../../../../src/storage/sqlite/read-operations.ts';
import { SUMS } from '../../../../src/storage/sqlite/row-sums.ts';
import { verifyStep, verifySteps } from '../../../../src/storage/sqlite/verify.ts';
import { WindowWriter } from '../../../../src/storage/sqlite/write-window.ts';
import {
  CLUSTER,
  DAY,
  HOUR,
  NEW_YEAR,
  nodeRow,
  OTHER_CLUSTER,
  SOURCES,
  sampleRow,
  sampleWindow,
} from '../../../contract/storage/sample-windows.ts';
import { checkSound } from '../../../contract/storage/sqlite-soundness.ts';

let folder = '';
let file = '';
let database: Database.Database;
let writer: WindowWriter;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-rollups-'));
  file = join(folder, 'results.sqlite');
  database = await openForWriting(file, MIGRATIONS, 1);
  writer = new WindowWriter(database);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Rows of every kind and power source, with figures that are no round numbers. */
function rowsAt(part: number, clusterId = CLUSTER): ResultRow[] {
  const powers = ['measured', 'teads', 'microarchitecture', 'provider-default', 'generic'] as const;
  return [
    ...powers.map((power, index) =>
      sampleRow({ clusterId, podName: `cart-${index}`, sources: { ...SOURCES, power } }, 1 / 3 + part * 0.7 + index),
    ),
    nodeRow('system', { clusterId }, 0.1 + part),
    nodeRow('unallocated', { clusterId }, 0.2 + part),
  ];
}

function write(start: number, rows: readonly ResultRow[], by = writer, clusterId = CLUSTER): void {
  by.replace(packWindow(sampleWindow(start, rows, { clusterId }), 1));
}

function fillHour(hour: number, windows = 12, clusterId = CLUSTER): void {
  for (let part = 0; part < windows; part += 1) write(hour + part * 300, rowsAt(part, clusterId), writer, clusterId);
}

const openHours = (): unknown[] => database.prepare('SELECT start_seconds FROM open_hours ORDER BY 1').pluck().all();
const count = (table: string): unknown => database.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get();
const joulesOf = (pod: string): number => {
  const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };
  return READ.totals(database, { filter: { clusterIds: [], pod }, range }).joules;
};
const joules = (index: number, parts: readonly number[]): number =>
  parts.reduce((sum, part) => sum + 1000.5 * (1 / 3 + part * 0.7 + index), 0);
const twelve = Array.from({ length: 12 }, (_, part) => part);

describe('an hour by pod and workload', () => {
  it('is open until its last window, and answers by its rows all the while', () => {
    for (const part of twelve) {
      expect(count('rollup_hour_pod')).toBe(0);
      write(NEW_YEAR + part * 300, rowsAt(part));
      expect(joulesOf('cart-3')).toBeCloseTo(joules(3, twelve.slice(0, part + 1)), 6);
      checkSound(file);
    }
    expect(openHours()).toEqual([]);
    expect([count('rollup_hour_pod'), count('rollup_day_pod')]).toEqual([7, 7]);
  });

  it('has the sums of its rows, whether they were gathered or read again', () => {
    fillHour(NEW_YEAR);
    const gathered = database.prepare('SELECT * FROM rollup_hour_pod').all();
    writer.forget();
    for (const part of twelve.slice(0, 11)) write(NEW_YEAR + HOUR + part * 300, rowsAt(part));
    writer.forget();
    write(NEW_YEAR + HOUR + 11 * 300, rowsAt(11));
    const read = database.prepare('SELECT * FROM rollup_hour_pod WHERE start_seconds = ?').all(NEW_YEAR + HOUR);
    expect(read).toHaveLength(gathered.length);
    gathered.forEach((line, index) => {
      for (const { column } of SUM_COLUMNS) {
        const [left, right] = [line, read[index]].map((each) => (each as Record<string, number>)[column]);
        expect(Math.abs((left ?? Number.NaN) - (right ?? 0))).toBeLessThanOrEqual(1e-14 * Math.abs(right ?? 0));
      }
    });
    checkSound(file);
  });

  it('stays right when a window of it is replaced, before and after it is written', () => {
    fillHour(NEW_YEAR, 5);
    write(NEW_YEAR + 600, rowsAt(9).slice(1));
    expect(joulesOf('cart-0')).toBeCloseTo(joules(0, [0, 1, 3, 4]), 6);
    for (const part of twelve.slice(5)) write(NEW_YEAR + part * 300, rowsAt(part));
    expect(openHours()).toEqual([]);
    checkSound(file);
    write(NEW_YEAR, []);
    expect(joulesOf('cart-1')).toBeCloseTo(joules(1, [1, 9, ...twelve.slice(3)]), 6);
    checkSound(file);
  });

  it('is written once others are worked on, two of a cluster at a time', () => {
    for (const hour of [0, 1, 2, 3]) fillHour(NEW_YEAR + hour * HOUR, 2);
    fillHour(NEW_YEAR, 2, OTHER_CLUSTER);
    expect(openHours()).toEqual([NEW_YEAR, NEW_YEAR + 2 * HOUR, NEW_YEAR + 3 * HOUR]);
    checkSound(file);
    // The third window of an hour that was written comes late.
    write(NEW_YEAR + 600, rowsAt(2));
    expect(joulesOf('cart-2')).toBeCloseTo(4 * joules(2, [0, 1]) + joules(2, [2]) + joules(2, [0, 1]), 6);
    checkSound(file);
  });

  it('in one window is written at once', () => {
    const window = sampleWindow(NEW_YEAR, rowsAt(1), { durationSeconds: 3600 });
    writer.replace(packWindow(window, 1));
    expect(openHours()).toEqual([]);
    expect(count('rollup_hour_pod')).toBe(7);
    checkSound(file);
  });

  it('closes with a window without data too', () => {
    fillHour(NEW_YEAR, 11);
    const entry = { state: 'no-data' as const, coveredSeconds: 0 };
    writer.replace(packWindow(sampleWindow(NEW_YEAR + 3300, [], { entry }), 1));
    expect(openHours()).toEqual([]);
    checkSound(file);
  });

  it('is right when another process wrote some of its windows', () => {
    const other = new WindowWriter(database);
    for (const part of twelve) write(NEW_YEAR + part * 300, rowsAt(part), part % 3 === 1 ? other : writer);
    expect(joulesOf('cart-4')).toBeCloseTo(joules(4, twelve), 6);
    expect(openHours()).toEqual([]);
    checkSound(file);
  });

  it('is written by maintenance once it has ended', () => {
    fillHour(NEW_YEAR, 2);
    expect(writer.compactOne(NEW_YEAR + HOUR - 1)).toBe(false);
    expect(writer.compactOne(NEW_YEAR + HOUR)).toBe(true);
    expect(writer.compactOne(NEW_YEAR + HOUR)).toBe(false);
    expect(joulesOf('cart-1')).toBeCloseTo(joules(1, [0, 1]), 6);
    checkSound(file);
  });

  it('is as it was after a window that was refused', () => {
    fillHour(NEW_YEAR, 3);
    expect(() => write(NEW_YEAR + 900, [...rowsAt(3), ...rowsAt(3).slice(0, 1)])).toThrow(/two rows/);
    for (const part of twelve.slice(3)) write(NEW_YEAR + part * 300, rowsAt(part));
    expect(joulesOf('cart-0')).toBeCloseTo(joules(0, twelve), 6);
    checkSound(file);
  });
});

describe('the check of a store', () => {
  const problems = () => verifySteps(database, null).flatMap((step) => verifyStep(database, step));

  it('finds nothing in a sound one, with open hours and without', () => {
    fillHour(NEW_YEAR + DAY - HOUR);
    fillHour(NEW_YEAR + DAY, 3);
    expect(problems()).toEqual([]);
  });

  it.each([
    ['UPDATE rollup_hour_pod SET joules = joules * 1.0000001 WHERE key_id = 2', 'rollup_hour_pod'],
    ['DELETE FROM rollup_day_workload WHERE key_id = 2', 'rollup_day_workload'],
    ['UPDATE result_rows SET total_cost = total_cost + 1 WHERE key_id = 3', 'rollup_hour_namespace'],
  ])('finds %s', (sql, table) => {
    fillHour(NEW_YEAR);
    database.exec(sql);
    expect(problems().map((problem) => problem.table)).toContain(table);
    expect(problems()[0]?.what).toContain('2026-01-01T00:00:00.000Z');
  });
});

describe('sums by key', () => {
  it('grow with their keys and come in their order', () => {
    const sums = new KeySums();
    const one = new Float64Array(SUMS).fill(1);
    for (let key = 300; key > 0; key -= 1) sums.addAll(key, one, 0);
    sums.addAll(7, one, 0);
    expect([...sums.inOrder()].slice(0, 3)).toEqual([1, 2, 3]);
    expect(sums.size).toBe(300);
    expect([sums.buffer[sums.placeOf(7)], sums.buffer[sums.placeOf(300)]]).toEqual([2, 1]);
  });
});
