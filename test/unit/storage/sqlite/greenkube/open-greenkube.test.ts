import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GreenKubeBatch, GreenKubeSource } from '../../../../../src/core/ports/greenkube-source.ts';
import { openSqliteGreenKube } from '../../../../../src/storage/sqlite/greenkube/open-greenkube.ts';
import { MIGRATIONS } from '../../../../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../../../../src/storage/sqlite/open-database.ts';
import { fillSqlite } from '../../../../fakes/greenkube/databases.ts';
import { FIRST_HOUR, HOUR, history, hourlyLine, nodeLine, rawLine } from '../../../../fakes/greenkube/history.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-greenkube-'));
  file = join(folder, 'greenkube.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (): GreenKubeSource => openSqliteGreenKube({ kind: 'sqlite', file });

async function all<T>(batches: AsyncIterable<GreenKubeBatch<T>>): Promise<T[]> {
  const values: T[] = [];
  for await (const batch of batches) for (const read of batch) if (read.kind === 'taken') values.push(read.value);
  return values;
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return 'nothing';
}

describe('a SQLite file of GreenKube', () => {
  it('gives its lines by time, of both tables', async () => {
    fillSqlite(file, history().tables);
    const source = open();
    const rows = await all(source.rows());
    const times = rows.map(({ atSeconds }) => atSeconds);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(rows.filter(({ origin }) => origin === 'hourly')).toHaveLength(24);
    expect(rows.find(({ origin }) => origin === 'hourly')).toMatchObject({
      atSeconds: FIRST_HOUR,
      samples: 12,
      durationSeconds: 3600,
      cpuUsageMillicores: 110,
      memoryUsageBytes: 90_000_000,
      ephemeralStorageRequestBytes: null,
      networkReceiveBytesPerSecond: 10,
    });
    expect((await all(source.nodes())).map(({ name }) => name)).toEqual(['n1', 'n2', 'n1', 'n2']);
    expect((await all(source.intensities())).map(({ gramsPerKwh }) => gramsPerKwh)).toEqual([50, 51, 52]);
    expect(await source.countRecommendations()).toBe(2);
    await source.close();
  });

  it('counts what both tables hold of each hour', async () => {
    fillSqlite(file, history().tables);
    const source = open();
    const hours = await source.hours();
    expect(hours).toHaveLength(11);
    const at = (hour: number) => hours.find(({ startSeconds }) => startSeconds === FIRST_HOUR + hour * HOUR);
    expect(at(0)).toMatchObject({ rawRows: 0, longestSeconds: null, hourlySamples: 36 });
    expect(at(6)).toMatchObject({ rawRows: 18, longestSeconds: 300, hourlySamples: 36 });
    expect(at(7)).toMatchObject({ rawRows: 36, hourlySamples: 36 });
    expect(at(10)).toMatchObject({ rawRows: 3, longestSeconds: 3600, hourlySamples: 0 });
    await source.close();
  });

  it.each<[string, number | null]>([
    ['2026-01-05T00:00:10+00:00', 10],
    ['2026-01-05T00:00:10.987654+00:00', 10],
    ['2026-01-05T00:00:10Z', 10],
    ['2026-01-05T01:00:10+01:00', 10],
    ['2026-01-05 00:00:10', 10],
    ['now', null],
    ['2461045', null],
    ['yesterday', null],
  ])('reads the instant %s', async (text, after) => {
    fillSqlite(file, { combined_metrics: [rawLine(FIRST_HOUR, 0, 1, { timestamp: text })] });
    const source = open();
    const rows = await all(source.rows());
    expect(rows.map(({ atSeconds }) => atSeconds - FIRST_HOUR)).toEqual(after === null ? [] : [after]);
    expect(await source.hours()).toHaveLength(after === null ? 0 : 1);
    await source.close();
  });

  it('refuses lines with the reason, one by one', async () => {
    fillSqlite(file, {
      combined_metrics: [
        rawLine(FIRST_HOUR),
        rawLine(FIRST_HOUR + 300, 0, 1, { joules: -5 }),
        rawLine(FIRST_HOUR + 600, 0, 1, { joules: 'a lot' }),
        rawLine(FIRST_HOUR + 900, 0, 1, { timestamp: null }),
      ],
      combined_metrics_hourly: [hourlyLine(FIRST_HOUR, 1, 1, 12, { sample_count: 'a dozen' })],
      node_snapshots: [nodeLine('n1', FIRST_HOUR, { cpu_capacity_cores: null })],
    });
    const source = open();
    const reasons: string[] = [];
    for await (const batch of source.rows()) {
      for (const read of batch) if (read.kind === 'refused') reasons.push(read.reason);
    }
    expect(reasons.sort()).toEqual([
      'joules can not be read',
      'joules is negative',
      'sample_count can not be read',
      'time is missing',
    ]);
    expect(await all(source.nodes())).toEqual([]);
    expect((await source.hours())[0]).toMatchObject({ rawRows: 3, hourlySamples: 0 });
    await source.close();
  });

  it('stays as it was, and tells of one state of it while GreenKube writes on', async () => {
    fillSqlite(file, history().tables);
    const wal = new Database(file);
    wal.pragma('journal_mode = WAL');
    const source = open();
    const before = (await all(source.rows())).length;
    fillSqlite(file, { combined_metrics: [rawLine(FIRST_HOUR + 99_000)] }, { isNew: false });
    expect(await all(source.rows())).toHaveLength(before);
    await source.close();
    wal.close();
    const bytes = readFileSync(file);
    const again = open();
    expect(await all(again.rows())).toHaveLength(before + 1);
    await again.close();
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('may be left in the middle', async () => {
    fillSqlite(file, history().tables);
    const source = open();
    for await (const _ of source.rows()) break;
    expect(await source.countRecommendations()).toBe(2);
    await source.close();
  });
});

describe('a file that is not of GreenKube', () => {
  it('is refused where it is not there', () => {
    expect(thrownBy(open)).toMatchObject({ code: 'not-found', message: `There is no file ${file}` });
  });

  it('is refused where it is no database', () => {
    writeFileSync(file, 'a text, longer than the head of a database would be, so that it is read at all'.repeat(20));
    expect(thrownBy(open)).toMatchObject({
      code: 'store',
      message: 'The database of GreenKube could not be read: file is not a database.',
    });
  });

  it('is refused where it is of another program, and names what is missing', () => {
    new Database(file).exec('CREATE TABLE notes (text TEXT)').close();
    expect(thrownBy(open)).toMatchObject({
      code: 'bad-input',
      message: 'This is no database of GreenKube 0.2.12: it has no table combined_metrics',
    });
  });

  it('is refused where it is of an older GreenKube, and names the columns', () => {
    fillSqlite(file, {});
    new Database(file).exec('ALTER TABLE combined_metrics DROP COLUMN calculation_version').close();
    expect(thrownBy(open)).toMatchObject({
      code: 'bad-input',
      message: 'This is no database of GreenKube 0.2.12: its table combined_metrics lacks calculation_version',
    });
  });

  it("is refused where it is Podwatt's own, whose tables have the same names", async () => {
    (await openForWriting(file, MIGRATIONS, 0)).close();
    expect(thrownBy(open)).toMatchObject({
      code: 'bad-input',
      message: 'This is a store of Podwatt, not a database of GreenKube',
    });
  });
});
