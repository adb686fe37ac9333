// The sync of one large cluster into a real SQLite store: 10,000 pods on 300 nodes, first sync, then 1,000 changes of pods a minute.
// The API server is a stub in its own process. Goals: first sync in 20 s, state at most 30 s behind, 500 MB, no wait over 200 ms.
// PODWATT_BENCH_MINUTES shortens or prolongs the changes (5), PODWATT_BENCH_PODS the cluster.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { ContextDirectory } from '../src/backend/clusters/context-directory.ts';
import { createKubeconfigSource } from '../src/backend/clusters/kubeconfig-source.ts';
import { SILENT_LOG } from '../src/backend/log.ts';
import { REAL_TIMERS } from '../src/backend/scheduler/timers.ts';
import { SyncWorkers } from '../src/backend/sync/sync-workers.ts';
import { NO_OPENCOST_SETTINGS, NO_PROMETHEUS_SETTINGS } from '../src/core/ports/cluster-source.ts';
import { keepHeapSmall } from '../src/server/small-heap.ts';
import { openSqliteResults } from '../src/storage/sqlite/index.ts';

// As every host does.
keepHeapSmall();

const NODES = 300;
const PODS = Number(process.env.PODWATT_BENCH_PODS ?? 10_000);
const MINUTES = Number(process.env.PODWATT_BENCH_MINUTES ?? 5);
const CHANGES_A_SECOND = 1_000 / 60;
const GOALS = { firstSeconds: 20, behindSeconds: 30, bytes: 500e6, blockedMilliseconds: 200 };

const folder = await mkdtemp(join(tmpdir(), 'podwatt-bench-sync-'));
const child = fork(join(import.meta.dirname, 'sync/api-server-child.ts'), [String(NODES), String(PODS)]);
const [{ kubeconfig }] = (await once(child, 'message')) as [{ kubeconfig: string }];
const file = join(folder, 'config');
await writeFile(file, kubeconfig);
const clock = { nowSeconds: () => Math.floor(Date.now() / 1000) };
const directory = new ContextDirectory([createKubeconfigSource({ paths: [file], env: {}, homeDir: folder, clock })]);
const opened = await openSqliteResults({ file: join(folder, 'results.sqlite') });
const store = Object.assign(opened, { isAway: false });
const workers = new SyncWorkers({
  store,
  leases: {
    take: async (clusterId) => {
      const answer = await store.takeLease({ clusterId, holder: 'bench', holderName: 'bench', durationSeconds: 3600 });
      if (answer.kind === 'refused') return answer;
      return { kind: 'held', epoch: answer.lease.epoch, lost: new AbortController().signal };
    },
    release: async () => undefined,
  },
  clock,
  timers: REAL_TIMERS,
  random: Math.random,
  log: { ...SILENT_LOG, warn: console.error, error: console.error },
  changes: { publish: () => undefined },
  directory,
  choicesOf: async () => ({
    connect: { prometheus: NO_PROMETHEUS_SETTINGS, openCost: NO_OPENCOST_SETTINGS },
    currency: 'USD',
  }),
});

// As every host does when it starts; it also loads what reads clusters.
await directory.list();

const loop = monitorEventLoopDelay({ resolution: 10 });
let mostBytes = 0;
const watchMemory = setInterval(() => {
  mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
}, 200);
const counts = () => workers.status()[0]?.counts ?? {};

loop.enable();
const began = performance.now();
workers.start('stub');
while ((counts().writes ?? 0) === 0) await delay(20);
const firstSeconds = (performance.now() - began) / 1000;
report('First sync');

loop.reset();
const [clusterId = ''] = (workers.status()[0]?.clusters ?? []).map((cluster) => cluster.clusterId);
let asked = 0;
let behindSeconds = 0;
const probe = await probed();
const end = performance.now() + MINUTES * 60_000;
for (let second = 1; performance.now() < end; second += 1) {
  const due = Math.floor(second * CHANGES_A_SECOND);
  child.send({ changes: due - asked });
  asked = due;
  await delay(1_000);
  behindSeconds = Math.max(behindSeconds, await probe());
}
report('Changes');
console.log(
  `${asked} changes in ${MINUTES} min, state at most ${behindSeconds.toFixed(1)} s behind (goal ${GOALS.behindSeconds} + 2)`,
);

const asking = performance.now();
const layout = workers.layout(clusterId);
const layoutMilliseconds = performance.now() - asking;
console.log(
  `Layout of ${layout?.pods.length} pods in ${layoutMilliseconds.toFixed(0)} ms (goal ${GOALS.blockedMilliseconds})`,
);

clearInterval(watchMemory);
await workers.stopAll();
await store.close();
child.kill();
await rm(folder, { recursive: true, force: true });
process.exit(isGood() ? 0 : 1);

/** Seconds since the state was written last, by the cluster's own row. */
async function probed(): Promise<() => Promise<number>> {
  return async () => {
    const entry = await store.clusterEntry(clusterId);
    return entry === null ? Number.POSITIVE_INFINITY : Date.now() / 1000 - entry.updatedAtSeconds;
  };
}

function report(what: string): void {
  const milliseconds = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(0);
  const { rows_written: rows, writes } = counts();
  console.log(
    [
      `${what}: ${rows} rows in ${writes} writes, first sync after ${firstSeconds.toFixed(1)} s (goal ${GOALS.firstSeconds})`,
      `memory at most ${Math.round(mostBytes / 1e6)} MB (goal ${GOALS.bytes / 1e6})`,
      `event loop delayed p50 ${milliseconds(loop.percentile(50))}, p99 ${milliseconds(loop.percentile(99))}, ` +
        `at most ${milliseconds(loop.max)} ms (goal ${GOALS.blockedMilliseconds})`,
    ].join('; '),
  );
}

function isGood(): boolean {
  const isQuick =
    firstSeconds < GOALS.firstSeconds &&
    behindSeconds <= GOALS.behindSeconds + 2 &&
    layoutMilliseconds <= GOALS.blockedMilliseconds;
  return isQuick && mostBytes < GOALS.bytes && loop.max / 1e6 <= GOALS.blockedMilliseconds;
}
