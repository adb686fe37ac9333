import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DIMENSIONS } from '../../../src/core/ports/results-store.ts';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import type { TimeRange } from '../../../src/model/time.ts';
import { applySettings, clientConfigOf, sessionSettingsOf } from '../../../src/storage/postgres/client-config.ts';
import { openPostgresResults } from '../../../src/storage/postgres/index.ts';
import { readBreakdown } from '../../../src/storage/postgres/read-breakdown.ts';
import { readCoverage, readNodes, readNodeWindows } from '../../../src/storage/postgres/read-facts.ts';
import { readRows } from '../../../src/storage/postgres/read-rows.ts';
import { readSeries } from '../../../src/storage/postgres/read-series.ts';
import { readTotals } from '../../../src/storage/postgres/read-totals.ts';
import { Session } from '../../../src/storage/postgres/session.ts';
import { sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { postgresSettingsOf, withClient } from './postgres-schema.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR, nodeRow, sampleNodeWindow, sampleRow, sampleWindow } from './sample-windows.ts';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string | undefined;
  readonly 'Index Cond'?: string | undefined;
  readonly Plans?: readonly Plan[] | undefined;
}
const Plan: z.ZodType<Plan> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Cond': z.string().optional(),
  get Plans() {
    return z.array(Plan).optional();
  },
});
const Answer = z.array(z.object({ 'QUERY PLAN': z.array(z.object({ Plan })) }));

/** Asks as the store does, and keeps how the server would go about each question. */
class PlanKeeper extends Session {
  readonly scans: Plan[] = [];

  override async query(text: string, values: readonly unknown[] = []) {
    const { rows } = await this.client.query(`EXPLAIN (FORMAT JSON) ${text}`, [...values]);
    for (const line of Answer.parse(rows)) for (const { Plan: top } of line['QUERY PLAN']) this.#keep(top);
    return super.query(text, values);
  }

  #keep(plan: Plan): void {
    if (plan['Relation Name'] !== undefined) this.scans.push(plan);
    for (const part of plan.Plans ?? []) this.#keep(part);
  }

  /** How rows of windows are read, partition by partition. */
  ofRows(): readonly Plan[] {
    return this.scans.filter((scan) => scan['Relation Name']?.startsWith('combined_metrics_'));
  }
}

const ALL = { clusterIds: [CLUSTER] };
const month: TimeRange = { startSeconds: NEW_YEAR + HOUR, endSeconds: NEW_YEAR + 40 * DAY - HOUR };
const buckets = (seconds: number, count: number): TimeRange[] =>
  Array.from({ length: count }, (_, index) => ({
    startSeconds: month.startSeconds + index * seconds,
    endSeconds: month.startSeconds + (index + 1) * seconds,
  }));

describe.runIf(needs('postgres'))('how PostgreSQL is asked', () => {
  let settings: PostgresSettings;
  let client: pg.Client;

  beforeAll(async () => {
    settings = postgresSettingsOf(await sharedPostgres());
    const store = await openPostgresResults(settings);
    for (let day = 0; day < 40; day += 1) {
      const rows = [sampleRow(), sampleRow({ podName: `p-${day}` }), nodeRow('system')];
      await store.replaceWindow(sampleWindow(NEW_YEAR + day * DAY, rows, { nodeWindows: [sampleNodeWindow()] }), 1);
    }
    await store.vacuum();
    await store.close();
    client = new pg.Client(clientConfigOf(settings, false));
    await client.connect();
    await applySettings(client, sessionSettingsOf(settings.schema, 0));
    // So few rows are read as a whole wherever they may be: here they stand for millions.
    await client.query('SET enable_seqscan = off; SET enable_bitmapscan = off');
  });
  afterAll(async () => {
    await client.end();
    await withClient(settings, (admin) => admin.query(`DROP SCHEMA ${settings.schema} CASCADE`));
  });

  async function keeping(ask: (session: Session) => Promise<unknown>): Promise<PlanKeeper> {
    const keeper = new PlanKeeper(client);
    await ask(keeper);
    expect(keeper.scans.length).toBeGreaterThan(0);
    return keeper;
  }

  it.each<[string, (session: Session) => Promise<unknown>]>([
    ['totals', (session) => readTotals(session, ALL, month)],
    ['totals of a pod', (session) => readTotals(session, { ...ALL, pod: 'cart-0' }, month)],
    ['days', (session) => readSeries(session, { filter: ALL, buckets: buckets(DAY, 30), groupBy: null, top: null })],
    ['hours', (session) => readSeries(session, { filter: ALL, buckets: buckets(HOUR, 168), groupBy: 'pod', top: 5 })],
    ['coverage', (session) => readCoverage(session, [CLUSTER], buckets(DAY, 30))],
    ['nodes', (session) => readNodes(session, [CLUSTER], month)],
    [
      'windows of a node',
      (session) => readNodeWindows(session, { clusterId: CLUSTER, node: 'n1', range: month, limit: 9 }),
    ],
    ...DIMENSIONS.map((by): [string, (session: Session) => Promise<unknown>] => [
      `breakdown by ${by}`,
      (session) =>
        readBreakdown(session, {
          filter: ALL,
          range: month,
          by,
          sort: 'co2e',
          descending: true,
          limit: 9,
          offset: 0,
          search: null,
        }),
    ]),
  ])('never reads rows of windows for whole hours beyond 48: %s', async (_, ask) => {
    const keeper = await keeping(ask);
    expect(keeper.ofRows()).toEqual([]);
  });

  it('reads rows of the time that is off the hour only, by the index', async () => {
    const crooked = { startSeconds: month.startSeconds + 300, endSeconds: month.endSeconds - 300 };
    const keeper = await keeping((session) => readTotals(session, ALL, crooked));
    expect(keeper.ofRows().length).toBeGreaterThan(0);
    for (const scan of keeper.ofRows()) {
      expect(scan['Node Type']).toContain('Index');
      expect(scan['Index Cond']).toMatch(/cluster_id.*timestamp.*>=.*timestamp.*</);
    }
  });

  it('pages rows by the index of each month, in order', async () => {
    const page = { filter: ALL, podPattern: null, range: month, limit: 50, offset: 0 };
    const keeper = await keeping((session) => readRows(session, page));
    expect(keeper.ofRows().length).toBeGreaterThan(0);
    for (const scan of keeper.ofRows()) expect(scan['Index Cond']).toMatch(/cluster_id.*timestamp/);
  });
});
