import { afterEach, describe, expect, it } from 'vitest';
import { createPrometheusUsage } from '../../../src/collectors/prometheus/prometheus-usage.ts';
import { isFailure } from '../../../src/model/failure.ts';
import type { Inventory } from '../../../src/model/inventory.ts';
import { windowsIn } from '../../../src/model/time.ts';
import type { UsageReading } from '../../../src/model/usage.ts';
import { INTEGRATION_START_SECONDS } from '../../fixtures/prometheus/integration-cluster.ts';
import { integrationSpec } from '../../fixtures/prometheus/integration-spec.ts';
import { EMPTY_INVENTORY, inventoryOf } from '../../fixtures/prometheus/inventory.ts';
import { fetchTransport } from '../../services/fetch-transport.ts';
import { type RunningPrometheus, startPrometheus } from '../../services/prometheus.ts';
import { needs } from '../../setup/programs.ts';
import { allOf } from './all-of.ts';

const START = INTEGRATION_START_SECONDS;
const END = START + 7200;
const signal = new AbortController().signal;
const spec = integrationSpec(START);

interface Line {
  readonly labels: Readonly<Record<string, string>>;
  readonly rate: number;
  readonly from?: number;
  readonly to?: number;
  /** Value of the first sample. */
  readonly at0?: number;
}

/** cAdvisor CPU counters every 30 s. */
function cpuText(lines: readonly Line[]): string {
  let text = '# TYPE container_cpu_usage_seconds counter\n';
  for (const { labels, rate, from = START - 300, to = END + 300, at0 = 1000 } of lines) {
    const selector = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    for (let seconds = from; seconds <= to; seconds += 30) {
      text += `container_cpu_usage_seconds_total{${selector.join(',')}} ${at0 + rate * (seconds - from)} ${seconds}\n`;
    }
  }
  return `${text}# EOF\n`;
}

describe.runIf(needs('prometheus') && needs('promtool'))('a Prometheus with less than usual', () => {
  let server: RunningPrometheus | null = null;
  afterEach(async () => {
    await server?.stop();
    server = null;
  });

  const readHours = async (
    lines: readonly Line[],
    inventory: Inventory,
    extraArguments: readonly string[] = [],
    otherFamilies = '',
  ) => {
    server = await startPrometheus({ openMetrics: `${otherFamilies}${cpuText(lines)}`, extraArguments });
    const transport = fetchTransport(server.url);
    const clock = { nowSeconds: () => END + 120 };
    const usage = createPrometheusUsage({ transport, extraMatchers: null, tenantHeader: null, clock });
    const windows = windowsIn({ startSeconds: START, endSeconds: END }, 3600);
    const readings: UsageReading[] = await allOf(usage.readUsage(windows, inventory, signal));
    return { readings, transport, usage };
  };
  const codes = (reading: UsageReading | undefined): string[] => (reading?.notices ?? []).map((notice) => notice.code);

  it('reads the labels of old kubelets and finds the node by the address', async () => {
    const kubelet = { instance: '10.0.0.11:10255', job: 'kubelet' };
    const pod = { namespace: 'shop', pod_name: 'old-1' };
    const { readings, usage } = await readHours(
      [
        { labels: { ...kubelet, ...pod, container_name: 'app', id: '/kubepods/pod1/a' }, rate: 0.5 },
        { labels: { ...kubelet, ...pod, container_name: 'log', id: '/kubepods/pod1/b' }, rate: 0.25 },
        { labels: { ...kubelet, ...pod, container_name: 'POD', id: '/kubepods/pod1/p' }, rate: 9 },
        { labels: { ...kubelet, ...pod, id: '/kubepods/pod1' }, rate: 9 },
      ],
      inventoryOf(spec, END),
    );
    expect(readings.map((reading) => reading.coveredSeconds)).toEqual([3600, 3600]);
    const [row, ...others] = readings[1]?.pods ?? [];
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      namespace: 'shop',
      name: 'old-1',
      node: 'node-b',
      owner: null,
      requests: null,
      phase: null,
    });
    expect(row?.cpuSeconds).toBeCloseTo(0.75 * 3600, 3);
    expect(readings[1]?.nodes).toEqual([
      { node: 'node-b', cpuSeconds: null, cpuSource: 'no-samples', coveredSeconds: 3600, described: null },
    ]);
    expect(codes(readings[0])).toEqual(['prometheus-no-node-exporter', 'prometheus-no-kube-state-metrics']);
    expect((await usage.probe(signal)).hasCadvisor).toBe(true);
  });

  it('tells containers by their image where no container label is', async () => {
    const kubelet = { node: 'node-b', job: 'kubelet', namespace: 'shop', pod: 'bare-1' };
    const { readings } = await readHours(
      [
        { labels: { ...kubelet, image: 'registry.example/app:1', id: '/kubepods/pod1/a' }, rate: 0.5 },
        { labels: { ...kubelet, image: 'registry.k8s.io/pause:3.9', id: '/kubepods/pod1/p' }, rate: 9 },
        { labels: { ...kubelet, id: '/kubepods/pod1' }, rate: 9 },
      ],
      EMPTY_INVENTORY,
    );
    expect(readings[0]?.pods).toHaveLength(1);
    expect(readings[0]?.pods[0]?.cpuSeconds).toBeCloseTo(1800, 3);
  });

  it('does not add the resource endpoint of a kubelet to its cAdvisor', async () => {
    const kubelet = { node: 'node-b', job: 'kubelet', namespace: 'shop', pod: 'twice-1', container: 'app' };
    const { readings } = await readHours(
      [
        { labels: { ...kubelet, metrics_path: '/metrics/cadvisor', id: '/kubepods/pod1/a', image: 'x' }, rate: 0.5 },
        { labels: { ...kubelet, metrics_path: '/metrics/resource' }, rate: 0.5 },
        { labels: { node: 'node-b', job: 'kubelet', metrics_path: '/metrics/cadvisor', id: '/' }, rate: 0.7 },
      ],
      EMPTY_INVENTORY,
    );
    expect(readings[0]?.pods[0]?.cpuSeconds).toBeCloseTo(1800, 3);
    expect(readings[0]?.nodes[0]).toMatchObject({ node: 'node-b', cpuSource: 'cadvisor-root' });
    expect(readings[0]?.nodes[0]?.cpuSeconds).toBeCloseTo(2520, 3);
  });

  it('finds the node of a pod through kube_pod_info where the series lead to none', async () => {
    let info = '# TYPE kube_pod_info gauge\n';
    for (let seconds = START - 300; seconds <= END + 300; seconds += 60) {
      info += `kube_pod_info{namespace="shop",pod="far-1",uid="u1",node="node-x"} 1 ${seconds}\n`;
    }
    const labels = { instance: 'agent-7', job: 'agent', namespace: 'shop', container: 'app' };
    const { readings } = await readHours(
      [
        { labels: { ...labels, pod: 'far-1', id: '/1' }, rate: 0.5 },
        { labels: { ...labels, pod: 'far-2', id: '/2' }, rate: 0.5 },
      ],
      inventoryOf(spec, END),
      [],
      info,
    );
    expect(readings[0]?.pods.map((pod) => [pod.name, pod.node, pod.uid])).toEqual([
      ['far-1', 'node-x', 'u1'],
      ['far-2', null, null],
    ]);
    expect(readings.map((reading) => reading.coveredSeconds)).toEqual([3600, 3600]);
    expect(readings[0]?.pods[0]?.cpuSeconds).toBeCloseTo(1800, 3);
  });

  it('counts a pod with a single sample by the value of its counter', async () => {
    const kubelet = { node: 'node-b', job: 'kubelet', namespace: 'shop' };
    const { readings } = await readHours(
      [
        { labels: { ...kubelet, pod: 'long-1', container: 'app', id: '/a' }, rate: 0.5 },
        {
          labels: { ...kubelet, pod: 'flash-1', container: 'app', id: '/b' },
          rate: 0,
          at0: 11,
          from: START + 1800,
          to: START + 1800,
        },
      ],
      EMPTY_INVENTORY,
    );
    const flash = readings[0]?.pods.find((pod) => pod.name === 'flash-1');
    expect(flash?.usageSource).toBe('single-sample');
    // 11 since the start, and half an interval more at that rate.
    expect(flash?.cpuSeconds).toBeGreaterThanOrEqual(11);
    expect(flash?.cpuSeconds).toBeLessThanOrEqual(22);
    expect(flash?.aliveSeconds).toBe(30);
    expect(readings[1]?.pods.map((pod) => pod.name)).toEqual(['long-1']);
  });

  it('asks in smaller pieces when the server refuses large queries', async () => {
    const lines: Line[] = Array.from({ length: 10 }, (_, index) => ({
      labels: {
        node: 'node-b',
        job: 'kubelet',
        namespace: 'shop',
        pod: `p-${index}`,
        container: 'app',
        id: `/${index}`,
      },
      rate: 0.1,
    }));
    lines.push({ labels: { node: 'node-b', job: 'kubelet', id: '/' }, rate: 2 });
    // The sample times of 2 hours have about 500 points, twice over while they are put together.
    const { readings, transport } = await readHours(lines, EMPTY_INVENTORY, ['--query.max-samples=700']);
    expect(readings.map((reading) => reading.pods.length)).toEqual([10, 10]);
    expect(readings[1]?.pods[0]?.cpuSeconds).toBeCloseTo(360, 3);
    const spans = transport.requests
      .filter((request) => request.path === '/api/v1/query_range' && request.parameters.step === '15')
      .map((request) => Number(request.parameters.end) - Number(request.parameters.start));
    expect(Math.max(...spans)).toBeGreaterThan(2 * 3600);
    expect(Math.min(...spans)).toBeLessThan(2 * 3600);
  });

  it('fails as too large when even one window is refused', async () => {
    const lines = [
      { labels: { node: 'n', job: 'kubelet', namespace: 'a', pod: 'p', container: 'app', id: '/1' }, rate: 1 },
    ];
    const error = await readHours(lines, EMPTY_INVENTORY, ['--query.max-samples=50']).catch(
      (caught: unknown) => caught,
    );
    expect(isFailure(error) && error.code).toBe('too-large');
  });
});
