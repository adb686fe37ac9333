import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../../setup/programs.ts';
import { computeExpected, type Figures } from './arithmetic.ts';
import { collectOnce } from './collect-backend.ts';
import { cluster, type DayCluster, startDayCluster } from './day-cluster.ts';
import { dump, type StoredRow, storedRows, withTables } from './stored.ts';

const HOUR = 3600;
const NODE_TOLERANCE = 0.002;
const NAMESPACE_TOLERANCE = 0.005;
const POD_TOLERANCE = 0.01;
const ROUGH_TOLERANCE = 0.05;

/** A namespace in which a rough pod lives can be no better known than that pod. */
function namespaceTolerance(rough: boolean): number {
  return rough ? ROUGH_TOLERANCE : NAMESPACE_TOLERANCE;
}

describe.runIf(needs('prometheus'))('a day read from a real Prometheus through the API server', () => {
  let day: DayCluster;
  beforeAll(async () => {
    day = await startDayCluster();
  });
  afterAll(() => day?.stop());

  it('closes every window of the day in the ledger, the one with the hole as partial', async () => {
    const result = await collectOnce(day.setup('ledger'), '24h');
    const runs = withTables(day.setup('ledger').dataDir, (database) =>
      database
        .prepare(
          'select timestamp, duration_seconds, state, covered_seconds, reason from collection_runs order by timestamp',
        )
        .all(),
    ) as {
      timestamp: string;
      duration_seconds: number;
      state: string;
      covered_seconds: number;
      reason: string | null;
    }[];
    const covered = runs.reduce((sum, run) => sum + run.duration_seconds, 0);
    expect(covered).toBe(24 * HOUR);
    expect(result.windows.whole + result.windows.partial + result.windows.no_data).toBe(runs.length);
    const partial = runs.filter((run) => run.state === 'partial');
    expect(partial.map((run) => run.timestamp)).toEqual(['2026-03-10T16:00:00Z']);
    expect(partial[0]?.covered_seconds).toBeCloseTo(40 * 60, -2);
    expect(partial[0]?.reason).toMatch(/\S/);
    expect(runs.filter((run) => run.state === 'whole').every((run) => run.reason === null)).toBe(true);
  });

  it('stores joules and grams that agree with plain arithmetic', async () => {
    await collectOnce(day.setup('arithmetic'), '24h');
    const byStart = Map.groupBy(storedRows(day.setup('arithmetic').dataDir), (row) => row.timestamp);
    expect(byStart.size).toBeGreaterThanOrEqual(24);
    for (const [timestamp, rows] of byStart) {
      const duration = rows[0]!.duration_seconds;
      const expected = computeExpected(
        cluster.expected(Date.parse(timestamp) / 1000, duration),
        cluster.spec.nodes,
        duration,
      );
      for (const [node, figures] of expected.nodes) {
        expectFigures(`${timestamp} ${node}`, sumOf(rows.filter((row) => row.node === node)), figures, NODE_TOLERANCE);
      }
      const roughIn = new Set<string>();
      for (const [key, figures] of expected.pods) {
        if (figures.isRough) roughIn.add(key.split('/')[0]!);
        const own = rows.filter((row) => `${row.namespace}/${row.pod_name}@${row.node}` === key);
        expect(own, `${timestamp} ${key}`).toHaveLength(1);
        const tolerance = figures.isRough ? ROUGH_TOLERANCE : POD_TOLERANCE;
        expectFigures(`${timestamp} ${key}`, sumOf(own), figures, tolerance);
        expectNear(`${timestamp} ${key} cost`, own[0]!.total_cost, figures.cost, tolerance);
      }
      for (const [namespace, figures] of expected.namespaces) {
        const own = sumOf(rows.filter((row) => row.namespace === namespace));
        expectFigures(`${timestamp} ${namespace}`, own, figures, namespaceTolerance(roughIn.has(namespace)));
      }
      expect(rows.filter((row) => !row.namespace.startsWith('__'))).toHaveLength(expected.pods.size);
    }
  });

  it('gives the system its own row: the tenth of a core that no pod used', async () => {
    await collectOnce(day.setup('system'), '24h');
    const nodes = withTables(day.setup('system').dataDir, (database) =>
      database
        .prepare("select cpu_seconds, system_cpu_seconds, duration_seconds from node_windows where node = 'node-a'")
        .all(),
    ) as { cpu_seconds: number; system_cpu_seconds: number; duration_seconds: number }[];
    for (const node of nodes) {
      expectNear('node', node.cpu_seconds / node.duration_seconds, 1.6, NODE_TOLERANCE);
      expectNear('system', node.system_cpu_seconds / node.duration_seconds, 0.1, ROUGH_TOLERANCE);
    }
    const system = storedRows(day.setup('system').dataDir).filter(
      (row) => row.node === 'node-a' && row.namespace === '__system__',
    );
    expect(system).toHaveLength(nodes.length);
    expect(system.every((row) => row.joules > 0)).toBe(true);
  });

  it('leaves every table as it was when it runs again', async () => {
    await collectOnce(day.setup('again'), '24h');
    const before = dump(day.setup('again').dataDir);
    const second = await collectOnce(day.setup('again'), '24h');
    expect(second.rows).toBe(0);
    expect(dump(day.setup('again').dataDir)).toEqual(before);
  });

  it('names hours that Prometheus does not keep, and stores nothing for them', async () => {
    const early = day.setup('early', cluster.startSeconds + 2 * HOUR + 95);
    const result = await collectOnce(early, '6h');
    expect(result.windows.no_data).toBeGreaterThan(0);
    const empty = withTables(early.dataDir, (database) =>
      database.prepare("select reason, row_count from collection_runs where state = 'no-data'").all(),
    ) as { reason: string; row_count: number }[];
    expect(empty.every((run) => run.row_count === 0 && run.reason.length > 0)).toBe(true);
    const start = new Date(cluster.startSeconds * 1000).toISOString();
    expect(storedRows(early.dataDir).every((row) => row.timestamp >= start.slice(0, 19))).toBe(true);
  });
});

function sumOf(rows: readonly StoredRow[]): Figures {
  const sum = { joules: 0, grams: 0, embodiedGrams: 0, cost: 0 };
  for (const row of rows) {
    sum.joules += row.joules;
    sum.grams += row.co2e_grams;
    sum.embodiedGrams += row.embodied_co2e_grams;
    sum.cost += row.total_cost;
  }
  return sum;
}

function expectFigures(name: string, stored: Figures, expected: Figures, tolerance: number): void {
  expectNear(`${name} joules`, stored.joules, expected.joules, tolerance);
  expectNear(`${name} grams`, stored.grams, expected.grams, tolerance);
  expectNear(`${name} embodied`, stored.embodiedGrams, expected.embodiedGrams, tolerance);
}

function expectNear(name: string, value: number, expected: number, tolerance: number): void {
  const error = Math.abs(value - expected) / Math.abs(expected);
  expect(error, `${name}: ${value} instead of ${expected}`).toBeLessThanOrEqual(tolerance);
}
