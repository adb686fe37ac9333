import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { ResultsStore, StoredRow } from '../../../src/core/ports/results-store.ts';
import type { NodeFacts } from '../../../src/model/facts.ts';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { coefficientsOf, factsOf, HOUR, nodeFactsOf, nodeOf, podFactsOf } from '../../unit/core/builders.ts';

const EXAMPLES: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/methodology/worked_examples.json'), 'utf8'),
);
const FOLDER = '../../../src/core/coefficients';

let folder = '';
let store: ResultsStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-science-'));
  store = await openSqliteResults({ file: join(folder, 'results.sqlite'), readers: 1 });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => {
  for (const file of ['attribution', 'power', 'embodied']) vi.doUnmock(`${FOLDER}/${file}.ts`);
  vi.resetModules();
});

/** The ids of the worked examples that `npm run methodology` calls failed. */
async function failedExamples(): Promise<Set<string>> {
  const { replayExamples } = await import('../../../scripts/methodology/replay-file.ts');
  const lines = replayExamples(EXAMPLES).lines.filter((line) => line.startsWith('FAILED'));
  return new Set(lines.map((line) => line.split(' ')[1] ?? ''));
}

/** 4 vCPU and 64 GB of no known make, on own metal: each coefficient of ours is in its figures. */
const NODE = nodeOf({
  provider: 'onprem',
  instanceType: null,
  cpuCapacityMillicores: 4000,
  cpuAllocatableMillicores: 4000,
  memoryCapacityBytes: 64e9,
  memoryAllocatableBytes: 64e9,
});

/** Computes an hour with whatever coefficients are in force, stores it, and reads back the row of a kind. */
async function storedRow(kind: 'pod' | 'unallocated', facts: Partial<NodeFacts>): Promise<StoredRow> {
  const { computeWindow } = await import('../../../src/core/window/compute-window.ts');
  const { chooseCurve } = await import('../../../src/core/power/choose-curve.ts');
  const { chooseEmbodied } = await import('../../../src/core/embodied/choose-embodied.ts');
  const described = { provider: 'unknown', instanceType: null, vcpu: 4, memoryGb: 64 } as const;
  const coefficients = coefficientsOf({
    curve: chooseCurve(described, { instance: null, family: null, providerAverage: null }),
    embodied: chooseEmbodied({ provider: 'onprem', vcpu: 4, memoryGb: 64, gpuCount: 0 }, null, null),
  });
  const computed = computeWindow({
    clusterId: 'c',
    facts: factsOf([nodeFactsOf({ node: NODE, ...facts })]),
    coefficientsOf: () => coefficients,
    zoneOf: () => 'FR',
  });
  const entry = {
    clusterId: 'c',
    window: HOUR,
    state: 'whole',
    coveredSeconds: 3600,
    reason: null,
    notices: [],
    rowCount: computed.rows.length,
    closedAtSeconds: HOUR.startSeconds + 7200,
  } as const;
  await store.replaceWindow({ entry, ...computed }, 1);
  const { startSeconds } = HOUR;
  const range = { startSeconds, endSeconds: startSeconds + 3600 };
  const { rows } = await store.rows({ filter: { clusterIds: [] }, podPattern: null, range, limit: 10, offset: 0 });
  const found = rows.find((row) => row.rowKind === kind);
  if (found === undefined) throw new Error(`no ${kind} row was stored`);
  return found;
}

function change(file: string, constants: Record<string, number>): void {
  vi.resetModules();
  vi.doMock(`${FOLDER}/${file}.ts`, async (importOriginal) => ({
    ...(await importOriginal<Record<string, unknown>>()),
    ...constants,
  }));
}

/** Examples that fail now and did not before. */
async function newlyFailed(work: () => Promise<void>): Promise<string[]> {
  const before = await failedExamples();
  await work();
  return [...(await failedExamples())].filter((id) => !before.has(id)).sort();
}

const idle = { cpuSeconds: 0, pods: [] };

it('the weight of CPU moves the methodology and the stored idle share of a pod by the same rule', async () => {
  // 3 of 4 cores and 4 of 64 GB: 0.5 × 0.75 + 0.5 × 0.0625, then 0.9 × 0.75 + 0.1 × 0.0625.
  const pods = [podFactsOf({ cpuRequestMillicores: 3000, memoryRequestBytes: 4e9, memoryBytes: 1e9, cpuSeconds: 0 })];
  const before = await storedRow('pod', { pods });
  const failed = await newlyFailed(async () => change('attribution', { CPU_WEIGHT: 0.9 }));
  const after = await storedRow('pod', { pods });
  expect(failed).toEqual(['attribution', 'attribution_overcommitted']);
  expect(after.joulesIdle / before.joulesIdle).toBeCloseTo(0.68125 / 0.40625, 9);
  expect(after.embodiedCo2eGrams / before.embodiedCo2eGrams).toBeCloseTo(0.68125 / 0.40625, 9);
  expect(after.joulesDynamic).toBe(before.joulesDynamic);
});

it('the watts of a GB of memory move the methodology and the stored energy of an idle node', async () => {
  // 4 × 0.78 W for the processor, and (64 − 4 × 2.5) GB beyond what that has inside.
  const before = await storedRow('unallocated', idle);
  const failed = await newlyFailed(async () => change('power', { MEMORY_WATTS_PER_GB: 0.784 }));
  const after = await storedRow('unallocated', idle);
  expect(failed).toEqual(['microarch_instance']);
  expect(before.joules).toBeCloseTo((3.12 + 54 * 0.392) * 3600, 6);
  expect(after.joules / before.joules).toBeCloseTo((3.12 + 54 * 0.784) / (3.12 + 54 * 0.392), 9);
  expect(after.co2eGrams / before.co2eGrams).toBeCloseTo(after.joules / before.joules, 9);
});

it('the shape of the curve moves the methodology and the stored energy of a busy node', async () => {
  // Half of 4 cores for an hour: P0 + fraction × (P100 − P0), with 4 × (3.76 − 0.78) W above idle.
  const busy = { cpuSeconds: 7200, pods: [podFactsOf({ cpuSeconds: 7200 })] };
  const before = await storedRow('pod', busy);
  const failed = await newlyFailed(async () => change('power', { CURVE_FRACTION_AT_50_PERCENT: 0.35 }));
  const after = await storedRow('pod', busy);
  expect(failed).toEqual(expect.arrayContaining(['derived_curve']));
  expect(before.joulesDynamic).toBeCloseTo(0.7 * 11.92 * 3600, 6);
  expect(after.joulesDynamic / before.joulesDynamic).toBeCloseTo(0.5, 9);
  expect(after.joulesIdle).toBe(before.joulesIdle);
});

it('the making of a server moves the methodology and the stored embodied emissions', async () => {
  // One socket, and 48 GB beyond the 16 of the base.
  const memory = (48 * 533) / 384;
  const before = await storedRow('unallocated', idle);
  const failed = await newlyFailed(async () => change('embodied', { SERVER_BASE_KILOGRAMS: 2000 }));
  const after = await storedRow('unallocated', idle);
  expect(failed).toEqual(['embodied']);
  expect(before.embodiedCo2eGrams).toBeCloseTo(((1000 + memory) * 1000) / 43_800, 9);
  expect(after.embodiedCo2eGrams / before.embodiedCo2eGrams).toBeCloseTo((2000 + memory) / (1000 + memory), 9);
  expect(after.joules).toBe(before.joules);
});
