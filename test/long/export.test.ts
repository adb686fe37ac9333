import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fill } from '../../bench/storage/fill.ts';
import { type Fleet, NOW, startsOf } from '../../bench/storage/fleet.ts';
import { openSqliteResults } from '../../src/storage/sqlite/index.ts';
import { clusterOf } from './export-cluster.ts';

const MEBIBYTE = 1024 * 1024;
/** What a million rows may take more than a few thousand. */
const MOST_MORE_BYTES = 40 * MEBIBYTE;
/** A million rows in windows of 5 minutes, and another cluster whose weeks are whole. */
const LIVE: Fleet = { clusterId: 'live', pods: 1700, nodes: 40, days: 2, windowSeconds: 300 };
const PAST: Fleet = { clusterId: 'past', pods: 60, nodes: 4, days: 20, windowSeconds: 3600 };

interface Sums {
  rows: number;
  co2e: number;
  embodied: number;
  energy: number;
  cost: number;
  keys: Set<string>;
  periods: Set<string>;
}

let folder = '';
let child: ChildProcess;
let lines: Interface;
let origin = '';
let afterFew = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-export-'));
  const file = join(folder, 'podwatt.sqlite');
  const store = await openSqliteResults({ file });
  for (const fleet of [LIVE, PAST]) {
    await store.putCluster(clusterOf(fleet));
    await fill(store, fleet);
  }
  await store.close();
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') };
  const script = resolve(import.meta.dirname, 'export-child.ts');
  child = spawn(process.execPath, [script, folder, file, String(NOW)], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  lines = createInterface({ input: child.stdout ?? Readable.from([]) });
  [origin] = (await once(lines, 'line')) as [string];
}, 1_200_000);
afterAll(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function exported(query: string): Promise<Sums> {
  const answer = await fetch(`${origin}/api/v1/report/export?${query}`);
  expect(answer.status).toBe(200);
  const sums: Sums = { rows: 0, co2e: 0, embodied: 0, energy: 0, cost: 0, keys: new Set(), periods: new Set() };
  const body = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
  for await (const row of body.pipe(parse({ columns: true })) as AsyncIterable<Record<string, string>>) {
    sums.rows += 1;
    sums.co2e += Number(row['co2e_grams']);
    sums.embodied += Number(row['embodied_co2e_grams']);
    sums.energy += Number(row['energy_joules']);
    sums.cost += Number(row['total_cost']);
    sums.periods.add(row['period_start'] ?? '');
    sums.keys.add([row['period_start'], row['cluster_id'], row['namespace'], row['pod_name']].join(' '));
  }
  return sums;
}

/** Most that a process had in memory so far, as Linux tells it; 0 elsewhere. */
function peakOf({ pid }: ChildProcess): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return 0;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) * 1024;
}

async function expectTheStore(sums: Sums, query: string): Promise<void> {
  const summary = await (await fetch(`${origin}/api/v1/metrics/summary?${query}`)).json();
  expect(sums.co2e / summary.total_co2e_grams).toBeCloseTo(1, 9);
  expect(sums.embodied / summary.total_embodied_co2e_grams).toBeCloseTo(1, 9);
  expect(sums.energy / summary.total_energy_joules).toBeCloseTo(1, 9);
  expect(sums.cost / summary.total_cost).toBeCloseTo(1, 9);
  expect(sums.keys.size).toBe(sums.rows);
}

describe('an export', () => {
  it('of every week has ISO weeks, each pod once in each, and the sums of the store', async () => {
    const query = 'cluster=past&last=18d';
    const sums = await exported(`${query}&granularity=weekly`);
    await expectTheStore(sums, query);
    const [, ...others] = [...sums.periods];
    expect(others.length).toBeGreaterThan(1);
    // The first one starts with the range; every other starts on a Monday.
    for (const start of others) expect([start, new Date(start).getUTCDay()]).toEqual([start, 1]);
    afterFew = peakOf(child);
  });

  it('of a million rows has every row of the store once', async () => {
    const query = 'cluster=live&last=48h';
    const sums = await exported(`${query}&aggregate=false`);
    await expectTheStore(sums, query);
    const expected = startsOf(LIVE).length * (LIVE.pods + 2 * LIVE.nodes);
    // The youngest windows can't be closed yet at the moment that is asked.
    expect(sums.rows).toBeGreaterThan(0.99 * expected);
    expect(sums.rows).toBeGreaterThan(1_000_000);
    expect(sums.rows % (LIVE.pods + 2 * LIVE.nodes)).toBe(0);
  });

  it('takes no more memory for a million rows than for a few thousand', async () => {
    const told = once(lines, 'line');
    child.stdin?.end();
    const [peak] = (await told) as [string];
    // Where nobody tells the peak so far, only the whole is looked at.
    const more = Number(peak) - (afterFew || Number(peak));
    const words = `${Math.round(Number(peak) / MEBIBYTE)} MiB, ${Math.round(more / MEBIBYTE)} MiB more than before`;
    process.stderr.write(`export: a million rows, peak ${words}\n`);
    expect(more).toBeLessThan(MOST_MORE_BYTES);
  });
});
