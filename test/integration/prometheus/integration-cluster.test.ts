import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrometheusUsage, type PrometheusUsage } from '../../../src/collectors/prometheus/prometheus-usage.ts';
import { type WindowSeconds, windowsIn } from '../../../src/model/time.ts';
import type { PodUsage, UsageReading } from '../../../src/model/usage.ts';
import {
  buildIntegrationCluster,
  type ExpectedPod,
  type ExpectedWindow,
  INTEGRATION_START_SECONDS,
} from '../../fixtures/prometheus/integration-cluster.ts';
import { EMPTY_INVENTORY, inventoryOf } from '../../fixtures/prometheus/inventory.ts';
import { type CountingTransport, fetchTransport } from '../../services/fetch-transport.ts';
import { type RunningPrometheus, startPrometheus } from '../../services/prometheus.ts';
import { needs } from '../../setup/programs.ts';
import { allOf } from './all-of.ts';

const HOUR_SECONDS = 3600;
const signal = new AbortController().signal;

describe.runIf(needs('prometheus') && needs('promtool'))('a day of a cluster on a real Prometheus', () => {
  const cluster = buildIntegrationCluster({ startSeconds: INTEGRATION_START_SECONDS });
  const inventory = inventoryOf(cluster.spec, cluster.endSeconds);
  const clock = { nowSeconds: () => cluster.endSeconds + 120 };
  let server: RunningPrometheus;
  let transport: CountingTransport;
  let usage: PrometheusUsage;
  let hours: readonly UsageReading[];

  const read = async (
    from: PrometheusUsage,
    startSeconds: number,
    seconds: number,
    length: WindowSeconds,
    known = inventory,
  ): Promise<UsageReading[]> =>
    allOf(from.readUsage(windowsIn({ startSeconds, endSeconds: startSeconds + seconds }, length), known, signal));
  const at = (hour: number, minute = 0): number => cluster.startSeconds + hour * HOUR_SECONDS + minute * 60;
  const podOf = (reading: UsageReading | undefined, name: string, node: string): PodUsage | undefined =>
    reading?.pods.find((pod) => pod.name === name && pod.node === node);

  beforeAll(async () => {
    server = await startPrometheus({ openMetrics: (file) => cluster.writeOpenMetrics(file) });
    transport = fetchTransport(server.url);
    usage = createPrometheusUsage({ transport, extraMatchers: null, tenantHeader: null, clock });
    hours = await read(usage, cluster.startSeconds, 24 * HOUR_SECONDS, 3600);
  });
  afterAll(async () => {
    await server?.stop();
  });

  it('answers the probe', async () => {
    const probe = await usage.probe(signal);
    expect(probe).toMatchObject({
      flavour: 'prometheus',
      scrapeIntervalSeconds: 30,
      hasCadvisor: true,
      hasNodeExporter: true,
      hasKubeStateMetrics: true,
      hasKepler: false,
    });
    expect(probe.version).toMatch(/^\d+\.\d+/);
    expect(Math.abs((probe.oldestSampleSeconds ?? 0) - cluster.startSeconds)).toBeLessThanOrEqual(900);
  });

  it('gives one reading a window, in order, with few requests', () => {
    expect(hours.map((reading) => reading.window.startSeconds)).toEqual(
      Array.from({ length: 24 }, (_, hour) => at(hour)),
    );
    expect(transport.requests.length).toBeLessThan(80);
  });

  it('covers every hour but the one with the hole, of which 2400 s', () => {
    const covered = hours.map((reading) => reading.coveredSeconds);
    expect(covered).toEqual(Array.from({ length: 24 }, (_, hour) => (hour === 16 ? 2400 : 3600)));
    for (const node of hours[16]?.nodes ?? []) expect(node.coveredSeconds).toBe(2400);
  });

  it('knows the CPU of each node to 0.2 %, and where it is from', () => {
    eachWindow(hours, (expected, reading) => {
      expect(reading.nodes.map((node) => node.node)).toEqual(expected.nodes.map((node) => node.node));
      for (const { node, cpuSeconds } of expected.nodes) {
        const found = reading.nodes.find((item) => item.node === node);
        near(found?.cpuSeconds, cpuSeconds, 0.002, `${node} at ${reading.window.startSeconds}`);
        expect(found?.cpuSource).toBe(node === 'node-d' ? 'cadvisor-root' : 'node-exporter');
      }
    });
  });

  it('knows the CPU of each namespace to 0.5 %', () => {
    eachWindow(hours, (expected, reading) => {
      for (const namespace of new Set(expected.pods.map((pod) => pod.namespace))) {
        const sum = (pods: readonly { namespace: string; cpuSeconds: number | null }[]): number =>
          pods.filter((pod) => pod.namespace === namespace).reduce((total, pod) => total + (pod.cpuSeconds ?? 0), 0);
        // A job of 90 s is a namespace of its own here: short pods may be 5 % off.
        near(sum(reading.pods), sum(expected.pods), namespace === 'jobs' ? 0.05 : 0.005, namespace);
      }
    });
  });

  it('knows the CPU of each pod to 1 %, of short and restarted ones to 5 %', () => {
    eachWindow(hours, (expected, reading) => {
      expect(namesOf(reading.pods)).toEqual(namesOf(expected.pods));
      for (const pod of expected.pods) checkPod(pod, podOf(reading, pod.name, pod.node));
    });
  });

  it('leaves 0.1 core for the system of the node whose pods use 1.5 of 1.6', () => {
    const reading = hours[3];
    const pods = (reading?.pods ?? []).filter((pod) => pod.node === 'node-a');
    const used = pods.reduce((sum, pod) => sum + (pod.cpuSeconds ?? 0), 0);
    const node = reading?.nodes.find((item) => item.node === 'node-a')?.cpuSeconds ?? 0;
    expect(used).toBeCloseTo(1.5 * HOUR_SECONDS, 0);
    expect(node - used).toBeCloseTo(0.1 * HOUR_SECONDS, 0);
  });

  it('knows the pod of 90 s with its time, owner and requests', () => {
    const pod = podOf(hours[10], 'report-29552167-h8h8h', 'node-b');
    near(pod?.cpuSeconds, 72, 0.01, 'report');
    expect(pod).toMatchObject({ aliveSeconds: 90, phase: 'Succeeded', usageSource: 'cadvisor' });
    expect(pod?.owner).toEqual({ kind: 'CronJob', name: 'report' });
    expect(pod?.requests).toEqual({ cpuMillicores: 250, memoryBytes: 512 * 1024 ** 2 });
    near(pod?.networkReceiveBytes, 90_000, 0.35, 'network of report');
    expect(podOf(hours[11], 'report-29552167-h8h8h', 'node-b')).toBeUndefined();
  });

  it('gives the pod that moves a row on each node, with its own UID', () => {
    const before = podOf(hours[14], 'db-0', 'node-b');
    const after = podOf(hours[14], 'db-0', 'node-d');
    expect([before?.uid, after?.uid]).toEqual(
      cluster.spec.pods.filter((pod) => pod.name === 'db-0').map((pod) => pod.uid),
    );
    expect(Math.abs((before?.aliveSeconds ?? 0) - 1205)).toBeLessThanOrEqual(30);
    expect(after?.aliveSeconds).toBe(2360);
    expect(podOf(hours[15], 'db-0', 'node-b')).toBeUndefined();
  });

  it('counts the restart once, and memory of both runs not twice', () => {
    expect(hours.map((reading) => podOf(reading, 'payments-9f8d7c6b5-p7p7p', 'node-b')?.restartCount)).toEqual(
      Array.from({ length: 24 }, (_, hour) => (hour === 6 ? 1 : 0)),
    );
    expect(podOf(hours[6], 'payments-9f8d7c6b5-p7p7p', 'node-b')?.memoryBytes).toBe(256 * 1024 ** 2);
  });

  it('does not double a kubelet that two jobs scrape, nor add pod cgroups and pauses', () => {
    const web = podOf(hours[5], 'web-7d4b9c6f5-x2x2x', 'node-a');
    near(web?.memoryBytes, 512 * 1024 ** 2, 1e-9, 'memory');
    near(web?.networkReceiveBytes, 3_600_000, 0.001, 'receive');
    near(web?.diskWriteBytes, 2 * 720_000, 0.001, 'write');
    expect(web?.diskReadBytes).toBeNull();
    expect(web?.owner).toEqual({ kind: 'Deployment', name: 'web' });
  });

  it('remembers the nodes from kube-state-metrics', () => {
    const described = hours[0]?.nodes.find((node) => node.node === 'node-d')?.described;
    expect(described).toMatchObject({
      cpuCapacityMillicores: 2000,
      cpuAllocatableMillicores: 1900,
      memoryCapacityBytes: 8 * 1024 ** 3,
      region: 'eu-west-3',
      zone: 'eu-west-3a',
      instanceType: 'm5.large',
      providerId: 'aws:///eu-west-3a/i-0000000000000a003',
      createdAtSeconds: cluster.spec.nodes[3]?.createdSeconds,
    });
  });

  it('reads 5-minute windows as well: nodes to 1 %, pods to 1 %, rough ones by a scrape', async () => {
    for (const hour of [6, 10, 14]) {
      const short = await read(usage, at(hour), HOUR_SECONDS, 300);
      expect(short).toHaveLength(12);
      eachWindow(short, (expected, reading) => {
        expect(reading.coveredSeconds).toBe(300);
        for (const { node, cpuSeconds } of expected.nodes) {
          near(reading.nodes.find((item) => item.node === node)?.cpuSeconds, cpuSeconds, 0.01, node);
        }
        for (const pod of expected.pods) {
          if (pod.aliveSeconds < 30) continue;
          const found = podOf(reading, pod.name, pod.node);
          if (pod.isRough) expect(Math.abs((found?.cpuSeconds ?? 0) - pod.cpuSeconds)).toBeLessThan(15 * 0.5);
          else checkPod(pod, found);
        }
      });
      const sum = (readings: readonly UsageReading[], node: string): number =>
        readings.reduce(
          (total, reading) => total + (reading.nodes.find((item) => item.node === node)?.cpuSeconds ?? 0),
          0,
        );
      near(sum(short, 'node-b'), sum(hours.slice(hour, hour + 1), 'node-b'), 0.002, 'twelve windows and their hour');
    }
  });

  it('says that windows inside the hole are not covered', async () => {
    const short = await read(usage, at(16), HOUR_SECONDS, 300);
    const covered = short.map((reading) => reading.coveredSeconds);
    expect(covered.slice(3, 6)).toEqual([0, 0, expect.any(Number)]);
    expect(covered[2]).toBeLessThan(30);
    expect(covered.filter((seconds) => seconds === 300)).toHaveLength(8);
    expect(short[4]?.pods).toEqual([]);
    for (const node of short[4]?.nodes ?? []) expect(node).toMatchObject({ cpuSeconds: null, cpuSource: 'no-samples' });
  });

  it('has no data before the history and gives empty readings, not zeros', async () => {
    const [reading] = await read(usage, at(-3), HOUR_SECONDS, 3600);
    expect(reading).toMatchObject({ coveredSeconds: 0, nodes: [], pods: [] });
  });

  it('needs no inventory where kube-state-metrics is there', async () => {
    const [reading] = await read(usage, at(14), HOUR_SECONDS, 3600, EMPTY_INVENTORY);
    expect(reading?.nodes.map((node) => node.node)).toEqual(['node-a', 'node-b', 'node-c', 'node-d']);
    expect(podOf(reading, 'db-0', 'node-d')?.cpuSeconds).toBeCloseTo(
      podOf(hours[14], 'db-0', 'node-d')?.cpuSeconds ?? 0,
      6,
    );
  });

  it('gives the same in pieces of one window', async () => {
    const small = createPrometheusUsage({
      transport,
      extraMatchers: null,
      tenantHeader: null,
      clock,
      maxSamplesPerQuery: 100,
    });
    const [one, two] = await read(small, at(6), 2 * HOUR_SECONDS, 3600);
    for (const [index, reading] of [one, two].entries()) {
      const whole = hours[6 + index];
      for (const pod of whole?.pods ?? []) {
        near(reading?.pods.find((item) => item.uid === pod.uid)?.cpuSeconds, pod.cpuSeconds ?? 0, 1e-9, pod.name);
      }
    }
  });

  it('finds nothing behind an additional matcher that matches nothing', async () => {
    const other = createPrometheusUsage({ transport, extraMatchers: 'cluster="other"', tenantHeader: null, clock });
    const [reading] = await read(other, at(5), HOUR_SECONDS, 3600);
    expect(reading).toMatchObject({ coveredSeconds: 0, nodes: [], pods: [] });
    expect((await other.probe(signal)).hasCadvisor).toBe(false);
  });

  function eachWindow(
    readings: readonly UsageReading[],
    check: (expected: ExpectedWindow, reading: UsageReading) => void,
  ): void {
    expect(readings.length).toBeGreaterThan(0);
    for (const reading of readings)
      check(cluster.expected(reading.window.startSeconds, reading.window.durationSeconds), reading);
  }
});

function near(found: number | null | undefined, expected: number, tolerance: number, what: string): void {
  expect(
    Math.abs((found ?? Number.NaN) / expected - 1),
    `${what}: ${found} instead of ${expected}`,
  ).toBeLessThanOrEqual(tolerance);
}

function checkPod(expected: ExpectedPod, found: PodUsage | undefined): void {
  const what = `${expected.name} on ${expected.node}`;
  near(found?.cpuSeconds, expected.cpuSeconds, expected.isRough ? 0.05 : 0.01, what);
  near(found?.memoryBytes, expected.memoryBytes, 0.01, `memory of ${what}`);
  expect(found?.uid).toBe(expected.uid);
  expect(found?.requests).toEqual({
    cpuMillicores: expected.cpuRequestMillicores,
    memoryBytes: expected.memoryRequestBytes,
  });
  expect(Math.abs((found?.aliveSeconds ?? 0) - expected.aliveSeconds)).toBeLessThanOrEqual(30);
}

function namesOf(pods: readonly { namespace: string; name: string; node: string | null }[]): string[] {
  return pods.map((pod) => `${pod.namespace}/${pod.name}@${pod.node}`).sort();
}
