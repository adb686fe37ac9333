import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importGreenKube } from '../../../src/backend/greenkube-import/import-greenkube.ts';
import type { GreenKubeSource } from '../../../src/core/ports/greenkube-source.ts';
import type { PostgresSettings, StoreSettings } from '../../../src/core/ports/store-settings.ts';
import { openPostgresGreenKube } from '../../../src/storage/postgres/greenkube/open-greenkube.ts';
import { openPostgresResults } from '../../../src/storage/postgres/index.ts';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { fillPostgres } from '../../fakes/greenkube/databases.ts';
import { FIRST_HOUR, HOUR, history, LATER, rawLine } from '../../fakes/greenkube/history.ts';
import type { Line } from '../../fakes/greenkube/tables.ts';
import { sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { postgresSettingsOf, withClient } from './postgres-schema.ts';
import { CLUSTER } from './sample-windows.ts';
import { clusterNamed } from './savings/sample-recommendations.ts';

const RANGE = { startSeconds: FIRST_HOUR, endSeconds: LATER };

/** PostgreSQL keeps GreenKube's `REAL` in four bytes: what it can tell is the nearest of them. */
const kept = (lines: readonly Line[], column: string): number =>
  lines.reduce((sum, line) => sum + Math.fround(Number(line[column] ?? 0)), 0);

describe.runIf(needs('postgres'))('a GreenKube on PostgreSQL', () => {
  let folder: string;
  let settings: PostgresSettings;
  const drop: PostgresSettings[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podwatt-greenkube-'));
    settings = postgresSettingsOf(await sharedPostgres());
    drop.push(settings);
  });
  afterEach(async () => {
    for (const each of drop.splice(0)) {
      await withClient(each, (client) => client.query(`DROP SCHEMA IF EXISTS ${each.schema} CASCADE`));
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (): Promise<GreenKubeSource> => openPostgresGreenKube(settings, 'a place');
  const run = (to: StoreSettings) =>
    importGreenKube({
      from: settings,
      to,
      cluster: CLUSTER,
      nowSeconds: LATER,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });

  it('is taken into a SQLite store, every joule, gram and cent once', async () => {
    const { tables, counted, windows } = history();
    await fillPostgres(settings, tables);
    const file = join(folder, 'podwatt.sqlite');
    const store = await openSqliteResults({ file, readers: 1 });
    await store.putCluster(clusterNamed(CLUSTER, 'prod'));
    const done = await run({ kind: 'sqlite', file });
    const totals = await store.totals({ clusterIds: [CLUSTER] }, RANGE);
    for (const [imported, column] of [
      [totals.joules, 'joules'],
      [totals.co2eGrams, 'co2e_grams'],
      [totals.embodiedCo2eGrams, 'embodied_co2e_grams'],
      [totals.totalCost, 'total_cost'],
    ] as const) {
      expect(Math.abs(imported / kept(counted, column) - 1), column).toBeLessThan(1e-9);
    }
    const ledger = await store.listLedger(CLUSTER, RANGE);
    expect(ledger.map(({ window }) => [window.startSeconds, window.durationSeconds])).toEqual(windows);
    expect(done).toMatchObject({ rows: { taken: counted.length }, nodes: { taken: 4 }, recommendationsLeft: 2 });
    expect(done.from).toContain(`schema ${settings.schema}`);
    expect(done.from).not.toContain(settings.password ?? 'none');
    expect((await run({ kind: 'sqlite', file })).windows).toMatchObject({ written: 0, known: windows.length });
    await store.close();
  });

  it('is taken into a PostgreSQL store too', async () => {
    const { tables, counted } = history();
    await fillPostgres(settings, tables);
    const target = postgresSettingsOf(await sharedPostgres());
    drop.push(target);
    const store = await openPostgresResults(target);
    await store.putCluster(clusterNamed(CLUSTER, 'prod'));
    await run(target);
    const totals = await store.totals({ clusterIds: [CLUSTER] }, RANGE);
    expect(Math.abs(totals.joules / kept(counted, 'joules') - 1)).toBeLessThan(1e-9);
    await store.close();
  });

  it('tells of hours, nodes and grids in the units of the other reader', async () => {
    await fillPostgres(settings, history().tables);
    const source = await open();
    const hours = await source.hours();
    expect(hours).toHaveLength(11);
    expect(hours[6]).toEqual({
      startSeconds: FIRST_HOUR + 6 * HOUR,
      rawRows: 18,
      longestSeconds: 300,
      hourlySamples: 36,
    });
    for await (const [first] of source.nodes()) {
      expect(first).toMatchObject({
        value: { atSeconds: FIRST_HOUR - 60, cpuCapacityCores: 2, memoryCapacityBytes: 8e9, embodiedKilograms: 1200 },
      });
    }
    for await (const [first] of source.intensities()) {
      expect(first).toMatchObject({ value: { gramsPerKwh: 50, startSeconds: FIRST_HOUR, isEstimated: false } });
    }
    expect(await source.countRecommendations()).toBe(2);
    await source.close();
  });

  it('refuses lines that are not as they should be', async () => {
    await fillPostgres(settings, {
      combined_metrics: [
        rawLine(FIRST_HOUR, 0, 1, { joules: Number.NaN }),
        rawLine(FIRST_HOUR, 1, 1, { co2e_grams: Number.POSITIVE_INFINITY }),
        rawLine(FIRST_HOUR, 2, 1, { total_cost: -1 }),
        rawLine(FIRST_HOUR, 0, 1, { timestamp: 'infinity' }),
        rawLine(FIRST_HOUR + 1, 0, 1, { timestamp: null }),
        rawLine(FIRST_HOUR + 2),
      ],
    });
    const source = await open();
    const reads: string[] = [];
    for await (const batch of source.rows()) {
      reads.push(...batch.map((read) => (read.kind === 'refused' ? read.reason : 'taken')));
    }
    expect(reads.sort()).toEqual([
      'co2e_grams can not be read',
      'joules can not be read',
      'taken',
      'time is missing',
      'time is missing',
      'total_cost is negative',
    ]);
    expect(await source.hours()).toHaveLength(1);
    await source.close();
  });

  it('is read in batches, from one state of it, and never written to', async () => {
    const lines = Array.from({ length: 2500 }, (_, index) => rawLine(FIRST_HOUR + index));
    await fillPostgres(settings, { combined_metrics: lines });
    const source = await open();
    const sizes: number[] = [];
    for await (const batch of source.rows()) {
      if (sizes.length === 0) {
        await withClient(settings, (client) => client.query('DELETE FROM combined_metrics'));
      }
      sizes.push(batch.length);
    }
    expect(sizes).toEqual([1000, 1000, 500]);
    expect((await source.hours()).reduce((sum, { rawRows }) => sum + rawRows, 0)).toBe(2500);
    await source.close();
  });

  it('is refused where it is of another program, or of Podwatt', async () => {
    await expect(open()).rejects.toMatchObject({
      code: 'bad-input',
      message: 'This is no database of GreenKube 0.2.12: it has no table combined_metrics',
    });
    await (await openPostgresResults(settings)).close();
    await expect(open()).rejects.toMatchObject({
      code: 'bad-input',
      message: 'This is a store of Podwatt, not a database of GreenKube',
    });
  });

  it('is refused with what the server says where it lets nobody in', async () => {
    const wrong = { ...settings, password: 'hunter2' };
    const failure = await openPostgresGreenKube(wrong, 'a place').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'unauthenticated' });
    expect(String(failure)).not.toContain('hunter2');
  });
});
