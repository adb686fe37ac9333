import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CPU_SOURCES } from '../../../src/model/sources.ts';
import { kubeletSummary } from '../../fakes/kubernetes/kubelet-summary.ts';
import type { RawObject } from '../../fakes/kubernetes/recordings.ts';
import type { StubOptions } from '../../fakes/kubernetes/stub-api-server.ts';
import { podSeconds } from '../../fixtures/prometheus/specs.ts';
import { type RunningPrometheus, startPrometheus } from '../../services/prometheus.ts';
import { needs } from '../../setup/programs.ts';
import { cluster } from '../pipeline/day-cluster.ts';
import { withTables } from '../pipeline/stored.ts';
import { Closing, type OpenedBackend, openBackend, startApi } from './contexts.ts';

const { spec, endSeconds } = cluster;
const HOUR = 3600;

/** Time that the test moves; whoever waits wakes up when it has come. */
function movableTime(startSeconds = endSeconds - 3 * HOUR + 95) {
  let nowSeconds = startSeconds;
  const clock = { nowSeconds: () => nowSeconds };
  const wait = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    const dueMilliseconds = nowSeconds * 1000 + milliseconds;
    while (!signal.aborted && nowSeconds * 1000 < dueMilliseconds) await sleep(5);
  };
  const passes = async (seconds: number): Promise<void> => {
    for (let left = seconds; left > 0; left -= 30) {
      nowSeconds += 30;
      await sleep(80);
    }
  };
  return { clock, timers: { nowMilliseconds: () => nowSeconds * 1000, wait }, passes };
}
type Time = ReturnType<typeof movableTime>;

/** What the kubelets of the cluster count at an instant, by the same functions that made the scrapes of Prometheus. */
function summaryAt(node: string, atSeconds: number): RawObject {
  const since = cluster.expected(spec.startSeconds, atSeconds - spec.startSeconds).nodes;
  const alive = spec.pods.filter(
    (pod) => pod.node === node && pod.startSeconds < atSeconds && pod.endSeconds > atSeconds,
  );
  return kubeletSummary({
    node,
    atSeconds,
    cpuSeconds: since.find((each) => each.node === node)!.cpuSeconds,
    pods: alive.map((pod) => ({
      namespace: pod.namespace,
      name: pod.name,
      uid: pod.uid,
      startSeconds: pod.startSeconds,
      cpuSeconds: podSeconds(pod, spec.startSeconds, pod.startSeconds, atSeconds),
      networkBytes: pod.networkBytesPerSecond * (atSeconds - pod.startSeconds),
    })),
  });
}

interface StoredNode {
  readonly node: string;
  readonly cpu: number | null;
  /** Place among `CPU_SOURCES`. */
  readonly source: number | string;
}

describe.runIf(needs('prometheus'))('the ladder of usage', () => {
  const shared = new Closing();
  const closing = new Closing();
  let openMetrics: (file: string) => Promise<void>;
  beforeAll(() => {
    openMetrics = (file) => cluster.writeOpenMetrics(file);
  });
  afterEach(() => closing.close());
  afterAll(() => shared.close());

  const open = async (time: Time, prometheus: string | null, options: StubOptions): Promise<OpenedBackend> => {
    const services = prometheus === null ? { services: [] } : {};
    const api = closing.add(await startApi(prometheus, { ...services, ...options }));
    const opened = await openBackend(closing, [api.kubeconfigYaml()], {
      clock: time.clock,
      timers: time.timers,
      random: () => 0.5,
      backfillSeconds: HOUR,
    });
    await opened.backend.start();
    await opened.client.contexts.setCollecting({ context: 'stub', collecting: true, backfill: '1h' });
    return opened;
  };
  const clusterOf = async ({ client }: OpenedBackend) => (await client.clusters.list()).clusters[0]!;
  const usageOf = async ({ client }: OpenedBackend) =>
    (await client.system.health()).sources.find((source) => source.name === 'usage')!;
  const runsOf = async (opened: OpenedBackend) => {
    const { runs } = await opened.client.clusters.runs({ cluster: (await clusterOf(opened)).id, last: '24h' });
    return runs
      .filter((run) => run.duration_seconds === 300)
      .toSorted((a, b) => a.window_start.localeCompare(b.window_start));
  };
  const startOf = (run: { window_start: string }) => Date.parse(run.window_start) / 1000;
  /** Rows of pods and nodes as they are exported, of one window. */
  const rowsOf = ({ dataDir }: OpenedBackend, startSeconds: number) =>
    withTables(
      dataDir,
      (database) =>
        database
          .prepare(
            'select node, pod_name, row_kind, joules, joules_dynamic, estimation_reasons as reasons from combined_metrics where timestamp = ?',
          )
          .all(isoOf(startSeconds)) as {
          node: string;
          pod_name: string;
          row_kind: string;
          joules: number;
          joules_dynamic: number;
          reasons: string;
        }[],
    );

  it('a Prometheus that is killed: live windows go on by the kubelets, and all is said', async () => {
    const time = movableTime();
    const prometheus: RunningPrometheus = await startPrometheus({ openMetrics });
    shared.add({ close: () => prometheus.stop() });
    const summary = (node: string) => summaryAt(node, time.clock.nowSeconds() - 8);
    const opened = await open(time, prometheus.url, { summary });
    await expect.poll(async () => (await clusterOf(opened)).state, { timeout: 20_000 }).toBe('collecting');
    await time.passes(600);
    const before = (await runsOf(opened)).length;
    await prometheus.stop();

    await time.passes(40 * 60);
    await expect.poll(async () => (await clusterOf(opened)).state, { timeout: 10_000 }).toMatch(/collecting|reading/);
    const runs = await runsOf(opened);
    const states = runs.map((run) => run.state);
    expect(runs.length - before).toBeGreaterThanOrEqual(7);
    // Until the kubelets were asked nobody counted; what is lost is said to be lost, and nothing after it.
    const lost = states.filter((state) => state === 'no-data').length;
    expect(lost).toBeLessThanOrEqual(2);
    expect(states.slice(-4)).toEqual(['whole', 'whole', 'whole', 'whole']);
    expect(await usageOf(opened)).toMatchObject({
      state: 'partial',
      detail: expect.stringMatching(/can't reach the Service.*Usage is read from the kubelets, from now on/),
      hint: expect.stringMatching(/pods may not be running/),
    });
    const last = startOf(runs.at(-1)!);
    const rows = rowsOf(opened, last);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => row.row_kind === 'pod').every((row) => /kubelet/.test(row.reasons))).toBe(true);
    const expected = cluster.expected(last, 300);
    const nodes = await nodeWindows(opened, last);
    for (const { node, cpuSeconds } of expected.nodes) {
      expect(nodes.get(node)!.cpu! / cpuSeconds, node).toBeCloseTo(1, 2);
      expect([nodes.get(node)!.source, CPU_SOURCES[Number(nodes.get(node)!.source)]], node).toContain('kubelet');
    }
  });

  it('without Prometheus the context is switched on, and collects from then on', async () => {
    const time = movableTime();
    const summary = (node: string) => summaryAt(node, time.clock.nowSeconds() - 8);
    const opened = await open(time, null, { summary });
    await time.passes(25 * 60);
    const runs = await runsOf(opened);
    expect(runs.at(-1)).toMatchObject({ state: 'whole' });
    expect(runs[0]).toMatchObject({ state: 'no-data' });
    expect(await clusterOf(opened)).toMatchObject({ last_error: null, collecting: true });
    expect(await usageOf(opened)).toMatchObject({
      state: 'partial',
      detail: expect.stringMatching(/^No Prometheus was found.*kubelets, from now on/),
      hint: expect.stringMatching(/Install Prometheus/),
    });
  });

  it('without a right to the kubelets and without metrics-server: requests, idle power, and the rule to ask for', async () => {
    const time = movableTime();
    const opened = await open(time, null, { summary: () => ({}), forbidden: ['nodes/proxy'] });
    await time.passes(11 * 60);
    const runs = await runsOf(opened);
    expect(runs.length).toBeGreaterThan(0);
    expect(new Set(runs.map((run) => run.state))).toEqual(new Set(['whole']));
    const rows = rowsOf(opened, startOf(runs.at(-1)!));
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.every((row) => row.joules_dynamic === 0)).toBe(true);
    expect(rows.some((row) => row.row_kind === 'pod' && row.joules > 0)).toBe(true);
    expect((await usageOf(opened)).detail).toMatch(/Pods count with their requests and nodes at idle power/);
    const check: { source: string; hint: string | null }[] = [];
    for await (const step of await opened.client.contexts.check({ context: 'stub' })) check.push(step);
    expect(check.findLast(({ source }) => source === 'usage')?.hint).toMatch(
      /resources \["nodes\/proxy"\], verbs \["get"\]/,
    );
  });

  async function nodeWindows({ dataDir }: OpenedBackend, startSeconds: number): Promise<Map<string, StoredNode>> {
    const query = 'select node, cpu_seconds as cpu, cpu_source as source from node_windows where timestamp = ?';
    const found = withTables(dataDir, (database) => database.prepare(query).all(isoOf(startSeconds)) as StoredNode[]);
    return new Map(found.map((row) => [row.node, row]));
  }
});

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
