// Recommendations for a large cluster: 7 days of 3,000 pods in a real SQLite store. How long the whole analysis takes (what
// is read, found and written again), how much memory, and how long a summary that is asked meanwhile has to wait.
// PODWATT_BENCH_PODS takes another number of pods.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import { createBackend } from '../src/backend/create-backend.ts';
import { keepHeapSmall } from '../src/server/small-heap.ts';
import { FLEET, layoutOf, layoutSource } from './recommend/cluster.ts';
import { NOW } from './storage/fleet.ts';

// As every host does.
keepHeapSmall();

const GOALS = { seconds: 5, bytes: 400e6, waitMilliseconds: 50 };
const folder = await mkdtemp(join(tmpdir(), 'podwatt-bench-recommend-'));
const file = join(folder, 'podwatt.sqlite');
const child = join(import.meta.dirname, 'recommend/fill-child.ts');
const filled = JSON.parse(execFileSync(process.execPath, [child, file], { encoding: 'utf8' })) as {
  readonly rows: number;
  readonly seconds: number;
  readonly plainSeconds: number;
};
console.log(`${filled.rows} rows written in ${filled.seconds.toFixed(1)} s`);
const { plainSeconds } = filled;
const clock = { nowSeconds: () => NOW };
const backend = await createBackend({
  dataDir: folder,
  dataTablesDir: join(import.meta.dirname, '../resources/data'),
  version: '0.0.0-bench',
  clock,
  contextSources: [layoutSource(layoutOf(FLEET))],
});
const client = createRouterClient(backend.router);
// The first questions load what the others find loaded.
for (let round = 0; round < 20; round += 1) await client.metrics.summary({ last: '24h' });
const quiet = await waitsWhile(() => delay(2_000));

let mostBytes = 0;
const watch = setInterval(() => {
  mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
}, 100);
const loop = monitorEventLoopDelay({ resolution: 5 });
loop.enable();
const began = performance.now();
const cpuBefore = process.cpuUsage();
let found = 0;
const busy = await waitsWhile(async () => {
  found = (await client.recommendations.active({ refresh: true, limit: 1 })).total;
});
const seconds = (performance.now() - began) / 1000;
const cpu = process.cpuUsage(cpuBefore);
loop.disable();
clearInterval(watch);

const milliseconds = (value: number) => value.toFixed(1);
console.log(
  `${FLEET.pods} pods, ${FLEET.nodes} nodes, ${FLEET.days} days: ${found} recommendations in ${seconds.toFixed(2)} s (goal ${GOALS.seconds}), ${((cpu.user + cpu.system) / 1e6).toFixed(2)} s of CPU with the summaries`,
);
console.log(
  `plain read of the same hours ${plainSeconds.toFixed(2)} s: ratio ${(seconds / plainSeconds).toFixed(1)}; memory at most ${Math.round(mostBytes / 1e6)} MB (goal ${GOALS.bytes / 1e6})`,
);
console.log(
  `summary meanwhile: p95 ${milliseconds(percentile(busy, 0.95))} ms, at most ${milliseconds(Math.max(...busy))} ms of ${busy.length} (goal ${GOALS.waitMilliseconds}); at rest p95 ${milliseconds(percentile(quiet, 0.95))} ms; event loop delayed at most ${milliseconds(loop.max / 1e6)} ms`,
);
await backend.stop();
await rm(folder, { recursive: true, force: true });
const isGood =
  seconds < GOALS.seconds && mostBytes < GOALS.bytes && percentile(busy, 0.95) < GOALS.waitMilliseconds && found > 0;
process.exit(isGood ? 0 : 1);

/** How long each summary took that was asked every 100 ms while the work went on. */
async function waitsWhile(work: () => Promise<unknown>): Promise<readonly number[]> {
  const waits: number[] = [];
  let isDone = false;
  const asking = (async () => {
    while (!isDone) {
      const asked = performance.now();
      await client.metrics.summary({ last: '24h' });
      waits.push(performance.now() - asked);
      await delay(Math.max(0, 100 - (performance.now() - asked)));
    }
  })();
  await work();
  isDone = true;
  await asking;
  return waits;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
