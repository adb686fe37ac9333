import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { collectAll, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

let made: TestBackend;
beforeAll(async () => {
  made = await testBackend();
  made.clusters[0]!.identity = { ...made.clusters[0]!.identity, name: '=cmd|evil/../cluster' };
  made.clusters[0]!.pods = made.clusters[0]!.pods.map((pod, index) =>
    index === 0 ? { ...pod, name: '=SUM(A1)', owner: null } : pod,
  );
  await collectAll(made);
});
afterAll(() => made.backend.stop());

type Input = Parameters<TestBackend['client']['reports']['export']>[0];
async function file(input: Input): Promise<{ name: string; type: string; text: string; chunks: number }> {
  const made_ = { name: '', type: '', text: '', chunks: 0 };
  for await (const chunk of await made.client.reports.export(input)) {
    made_.chunks += 1;
    if (chunk.kind === 'file') Object.assign(made_, { name: chunk.file_name, type: chunk.content_type });
    else made_.text += chunk.text;
  }
  return made_;
}
const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[];

test('CSV rows re-add to the summary to the last digit that adding keeps', async () => {
  const { total_co2e_grams: grams, total_cost: cost } = await made.client.metrics.summary({ last: '24h' });
  for (const group_by of ['pod', 'workload', 'namespace'] as const) {
    const rows = rowsOf((await file({ last: '24h', granularity: 'hourly', group_by, format: 'csv' })).text);
    expect(rows.reduce((sum, row) => sum + Number(row.co2e_grams), 0)).toBeCloseTo(grams, 10);
    expect(rows.reduce((sum, row) => sum + Number(row.total_cost), 0)).toBeCloseTo(cost, 10);
  }
});

test('JSON is one array of the same rows, also without any', async () => {
  const input = { last: '24h', granularity: 'daily', group_by: 'namespace' } as const;
  const json = JSON.parse((await file({ ...input, format: 'json' })).text) as unknown[];
  expect(json).toHaveLength(rowsOf((await file({ ...input, format: 'csv' })).text).length);
  expect(json).toEqual((await made.client.reports.summary(input)).preview);
  expect(JSON.parse((await file({ ...input, namespace: 'nope', format: 'json' })).text)).toEqual([]);
});

test('an export comes in pieces, one a bucket', async () => {
  expect((await file({ last: '12h', granularity: 'hourly', format: 'csv' })).chunks).toBeGreaterThan(10);
});

test('no name becomes a formula, and the file name has only plain characters', async () => {
  const { name, type, text } = await file({ last: '2h', granularity: 'daily', format: 'csv' });
  expect(text).toContain(",'=SUM(A1),");
  expect(name).toBe('podwatt--cmd-evil-..-cluster-20260311T080500-20260311T100500.csv');
  expect(type).toBe('text/csv; charset=utf-8');
});

test('without aggregation there is a row a window and pod, up to 48 hours', async () => {
  const { text } = await file({ last: '2h', aggregate: false, format: 'csv' });
  const starts = new Set(rowsOf(text).map((row) => row.period_start));
  expect(starts).toEqual(new Set(['2026-03-11T09:00:00Z', '2026-03-11T10:00:00Z']));
  await expect(file({ last: '7d', aggregate: false, format: 'csv' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('the summary counts the rows and shows the first twenty', async () => {
  const summary = await made.client.reports.summary({ last: '24h', granularity: 'hourly', group_by: 'pod' });
  expect(summary.preview).toHaveLength(20);
  expect(summary.row_count).toBe(
    rowsOf((await file({ last: '24h', granularity: 'hourly', group_by: 'pod', format: 'csv' })).text).length,
  );
});

test('a range from before the first window costs no reads of the store for its empty part', async () => {
  const report = vi.spyOn(made.store, 'report');
  const summary = await made.client.reports.summary({ start: '2000-01-01T00:00:00Z', granularity: 'daily' });
  expect(summary.row_count).toBeGreaterThan(0);
  expect(report.mock.calls[0]?.[0].buckets.length).toBeLessThanOrEqual(3);
  report.mockRestore();
});
