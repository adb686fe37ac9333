import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReportRow } from '../../../../src/contract/schemas/reports.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { collectAll, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

/** Names that a spreadsheet would run, and names that break lines and columns; Kubernetes forbids them, a file must not trust it. */
const NASTY = ['=1+1', '+1', '-1', '@SUM(A1)', '\tTAB', '\rCR', 'a,b', 'say "hi"', 'two\nlines', 'naïve 日本'];

let made: TestBackend;
beforeAll(async () => {
  const nasty = new FakeCluster('one');
  const [template] = nasty.pods;
  if (template === undefined) throw new Error('the fake has pods');
  nasty.pods = NASTY.map((name) => ({ ...template, name, owner: { kind: 'Deployment', name } }));
  made = await testBackend({ clusters: [nasty, new FakeCluster('two')] });
  await collectAll(made, 'one', '6h');
  await collectAll(made, 'two', '6h');
});
afterAll(() => made.backend.stop());

type Input = Parameters<TestBackend['client']['reports']['export']>[0];
async function textOf(input: Input, from = made): Promise<string> {
  let text = '';
  for await (const chunk of await from.client.reports.export(input)) if (chunk.kind === 'text') text += chunk.text;
  return text;
}
const csv = (text: string) => parse(text, { columns: true }) as Record<string, string>[];
const sum = (rows: readonly Record<string, string>[], column: string) =>
  rows.reduce((total, row) => total + Number(row[column]), 0);

describe('a CSV file', () => {
  test('has the columns of the contract in their order, once, also without any row', async () => {
    const header = Object.keys(ReportRow.shape).join(',');
    expect(await textOf({ last: '6h', namespace: 'nope', format: 'csv' })).toBe(`${header}\n`);
    const text = await textOf({ last: '6h', format: 'csv' });
    expect(text.startsWith(`${header}\n`)).toBe(true);
    expect(text.split(header)).toHaveLength(2);
  });

  test('gives every name back, and lets no spreadsheet run one', async () => {
    const rows = csv(await textOf({ cluster: 'id-of-one', last: '6h', format: 'csv' }));
    const cells = new Set(rows.map((row) => row.pod_name));
    for (const name of NASTY) {
      const isFormula = /^[=+\-@\t\r]/.test(name);
      expect([name, cells.has(isFormula ? `'${name}` : name)]).toEqual([name, true]);
    }
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  test('owners are guarded like pods', async () => {
    const rows = csv(await textOf({ cluster: 'id-of-one', last: '6h', group_by: 'workload', format: 'csv' }));
    expect(rows.map((row) => row.owner_name)).toContain("'=1+1");
    expect(rows.every((row) => row.pod_name === '')).toBe(true);
  });

  test('numbers have a point, no thousands separator and every digit', async () => {
    const rows = csv(await textOf({ last: '6h', format: 'csv' }));
    for (const row of rows) {
      for (const column of ['energy_joules', 'co2e_grams', 'total_cost'] as const) {
        expect(row[column]).toMatch(/^\d+(\.\d+)?(e-?\d+)?$/);
        expect(String(Number(row[column]))).toBe(row[column]);
      }
    }
  });
});

describe('a JSON file', () => {
  test('is whole JSON, whatever the names, and its rows are those of the contract', async () => {
    const rows = ReportRow.array().parse(
      JSON.parse(await textOf({ last: '6h', granularity: 'hourly', format: 'json' })),
    );
    const names = new Set(rows.map((row) => row.pod_name));
    for (const name of NASTY) expect([name, names.has(name)]).toEqual([name, true]);
  });

  test('holds the same figures as the CSV file', async () => {
    const input = { last: '6h', granularity: 'hourly', group_by: 'workload' } as const;
    const rows = ReportRow.array().parse(JSON.parse(await textOf({ ...input, format: 'json' })));
    const lines = csv(await textOf({ ...input, format: 'csv' }));
    expect(lines.map((line) => Number(line.co2e_grams))).toEqual(rows.map((row) => row.co2e_grams));
    expect(lines.map((line) => line.period_start)).toEqual(rows.map((row) => row.period_start));
  });
});

describe('rows', () => {
  test('of every grouping and grain add up to the summary in each figure', async () => {
    const summary = await made.client.metrics.summary({ last: '6h' });
    const expected = {
      energy_joules: summary.total_energy_joules,
      facility_energy_joules: summary.total_facility_energy_joules,
      co2e_grams: summary.total_co2e_grams,
      co2e_low_grams: summary.total_co2e_low_grams,
      co2e_high_grams: summary.total_co2e_high_grams,
      embodied_co2e_grams: summary.total_embodied_co2e_grams,
      total_cost: summary.total_cost,
    };
    for (const group_by of ['pod', 'workload', 'namespace'] as const) {
      for (const granularity of ['hourly', 'daily', 'monthly'] as const) {
        const rows = csv(await textOf({ last: '6h', granularity, group_by, format: 'csv' }));
        for (const [column, figure] of Object.entries(expected)) {
          expect(sum(rows, column) / figure, `${column} by ${group_by}, ${granularity}`).toBeCloseTo(1, 9);
        }
      }
    }
  });

  test('without aggregation add up too', async () => {
    const { total_co2e_grams: grams } = await made.client.metrics.summary({ last: '6h' });
    const rows = csv(await textOf({ last: '6h', aggregate: false, format: 'csv' }));
    expect(sum(rows, 'co2e_grams')).toBeCloseTo(grams, 9);
  });

  test('keep clusters apart, and are those of one where one is asked for', async () => {
    const all = csv(await textOf({ last: '6h', group_by: 'namespace', format: 'csv' }));
    expect(new Set(all.map((row) => row.cluster_id))).toEqual(new Set(['id-of-one', 'id-of-two']));
    const one = csv(await textOf({ last: '6h', group_by: 'namespace', cluster: 'id-of-two', format: 'csv' }));
    expect(new Set(one.map((row) => row.cluster_id))).toEqual(new Set(['id-of-two']));
    const ofTwo = all.filter((row) => row.cluster_id === 'id-of-two');
    expect(sum(one, 'co2e_grams')).toBeCloseTo(sum(ofTwo, 'co2e_grams'), 12);
  });

  test('what is no pod is in the file, by its own namespace', async () => {
    const rows = csv(await textOf({ last: '6h', cluster: 'id-of-two', group_by: 'namespace', format: 'csv' }));
    expect(new Set(rows.map((row) => row.namespace))).toEqual(
      new Set(['__system__', '__unallocated__', 'shop', 'jobs']),
    );
  });

  test('days begin at midnight of the zone that was asked for', async () => {
    const startsOf = async (tz: string) =>
      new Set(
        csv(await textOf({ last: '24h', tz, cluster: 'id-of-two', format: 'csv' })).map((row) => row.period_start),
      );
    expect(await startsOf('UTC')).toEqual(new Set(['2026-03-11T00:00:00Z']));
    expect(await startsOf('Asia/Tokyo')).toEqual(new Set(['2026-03-10T15:00:00Z']));
  });
});

describe('the preview', () => {
  test('shows the rows that the file begins with, and its totals are those of the summary', async () => {
    const input = { last: '6h', granularity: 'hourly', group_by: 'pod' } as const;
    const preview = await made.client.reports.summary(input);
    const rows = JSON.parse(await textOf({ ...input, format: 'json' })) as unknown[];
    const summary = await made.client.metrics.summary({ last: '6h' });
    expect(preview.preview).toEqual(rows.slice(0, 20));
    expect(preview.row_count).toBe(rows.length);
    expect(preview).toMatchObject({
      total_co2e_grams: summary.total_co2e_grams,
      total_embodied_co2e_grams: summary.total_embodied_co2e_grams,
      total_energy_joules: summary.total_energy_joules,
      total_cost: summary.total_cost,
      period: summary.period,
    });
  });

  test('of nothing is nothing', async () => {
    expect(await made.client.reports.summary({ last: '6h', namespace: 'nope' })).toMatchObject({
      row_count: 0,
      preview: [],
      total_co2e_grams: 0,
    });
  });

  test('clusters with different currencies have none in common', async () => {
    const mixed = await testBackend({ clusters: [new FakeCluster('one'), new FakeCluster('two')] });
    await mixed.client.contexts.updateSettings({ context: 'two', currency: 'EUR' });
    await collectAll(mixed, 'one', '1h');
    await collectAll(mixed, 'two', '1h');
    expect((await mixed.client.reports.summary({ last: '2h' })).currency).toBe('XXX');
    expect((await mixed.client.reports.summary({ last: '2h', cluster: 'id-of-two' })).currency).toBe('EUR');
    expect(csv(await textOf({ last: '2h', cluster: 'id-of-two', format: 'csv' }, mixed))[0]?.currency).toBe('EUR');
    await mixed.backend.stop();
  });
});

test.each([
  [{ last: '3y', granularity: 'hourly' }, /points: choose/],
  [{ last: '49h', aggregate: false }, /48 hours/],
  [{ cluster: 'nope' }, /no cluster with the id "nope"/],
  [{ last: '24h', start: '2026-03-10T00:00:00Z' }, /exclude each other/],
] as const)('%j is refused before the file begins', async (input, reason) => {
  const opened = made.client.reports.export({ ...input, format: 'csv' }).then((stream) => stream.next());
  await expect(opened).rejects.toThrow(reason);
});
