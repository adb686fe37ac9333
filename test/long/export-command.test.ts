import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fill } from '../../bench/storage/fill.ts';
import { NOW } from '../../bench/storage/fleet.ts';
import { openSqliteResults } from '../../src/storage/sqlite/index.ts';
import { clusterOf } from './export-cluster.ts';

/** What an export of a million rows may take, as people run it. */
const MOST_BYTES = 250e6;
const HOUR = 3600;
const PODS = 1700;
const NODES = 40;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-export-command-'));
  const store = await openSqliteResults({ file: join(folder, 'podwatt.sqlite') });
  await store.putCluster(clusterOf({ clusterId: 'live' }));
  await fill(store, { clusterId: 'live', pods: PODS, nodes: NODES, days: 2, windowSeconds: 300 });
  await store.close();
  // In a process of its own: building takes more than what is measured here.
  await promisify(execFile)(process.execPath, ['scripts/build.mjs']);
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Most that a process had in memory so far, as Linux tells it; null elsewhere, and once it is gone. */
function peakOf(pid: number): number | null {
  const status = `/proc/${pid}/status`;
  const told = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
  return told === undefined ? null : Number(told) * 1024;
}

it('podwatt export writes a million rows in less than 250 MB', async () => {
  const file = join(folder, 'rows.csv');
  const end = Math.floor(NOW / HOUR) * HOUR;
  const instant = (seconds: number) => new Date(seconds * 1000).toISOString();
  const range = ['--start', instant(end - 47 * HOUR), '--end', instant(end)];
  const store = ['--store', `sqlite:///${join(folder, 'podwatt.sqlite')}`, '--data-dir', folder];
  const args = ['bin/podwatt.mjs', 'export', file, ...store, ...range, '--no-aggregate'];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, peakOf(child.pid ?? 0) ?? 0);
  }, 100);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watch);
  expect(code).toBe(0);
  let lines = 0;
  for await (const _ of createInterface({ input: createReadStream(file) })) lines += 1;
  process.stderr.write(`podwatt export: ${lines - 1} rows, peak ${Math.round(peakBytes / 1e6)} MB\n`);
  expect(lines - 1).toBe(47 * 12 * (PODS + 2 * NODES));
  expect(lines).toBeGreaterThan(1_000_000);
  if (process.platform === 'linux') expect(peakBytes).toBeGreaterThan(50e6);
  expect(peakBytes).toBeLessThan(MOST_BYTES);
});
