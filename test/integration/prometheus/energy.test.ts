import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrometheusUsage } from '../../../src/collectors/prometheus/prometheus-usage.ts';
import { windowsIn } from '../../../src/model/time.ts';
import type { UsageReading } from '../../../src/model/usage.ts';
import {
  BATCH,
  BREATH,
  CARD_PASSES,
  CLAIM_MADE,
  ENERGY_START,
  energyInventory,
  energyScrapes,
  FLASH,
  GASP,
  GIB,
  HOUR,
  WATTS,
} from '../../fixtures/prometheus/energy-cluster.ts';
import { type CountingTransport, fetchTransport } from '../../services/fetch-transport.ts';
import { type RunningPrometheus, startPrometheus } from '../../services/prometheus.ts';
import { needs } from '../../setup/programs.ts';
import { allOf } from './all-of.ts';

const signal = new AbortController().signal;
const END = ENERGY_START + 3 * HOUR;

describe.runIf(needs('prometheus') && needs('promtool'))('meters, cards and claims on a real Prometheus', () => {
  let server: RunningPrometheus;
  let transport: CountingTransport;
  let hours: readonly UsageReading[];

  const usageOf = (extraMatchers: string | null = null) => {
    transport = fetchTransport(server.url);
    return createPrometheusUsage({
      transport,
      extraMatchers,
      tenantHeader: null,
      clock: { nowSeconds: () => END + 120 },
    });
  };
  const read = (extraMatchers: string | null = null): Promise<UsageReading[]> => {
    const windows = windowsIn({ startSeconds: ENERGY_START, endSeconds: END }, 3600);
    return allOf(usageOf(extraMatchers).readUsage(windows, energyInventory(), signal));
  };
  const nodeOf = (hour: number, name: string) => hours[hour]?.nodes.find((node) => node.node === name);
  const podOf = (hour: number, name: string) => hours[hour]?.pods.find((pod) => pod.name === name);

  beforeAll(async () => {
    server = await startPrometheus({ openMetrics: energyScrapes() });
    hours = await read();
  });
  afterAll(async () => {
    await server?.stop();
  });

  it('says in the probe which of them are there', async () => {
    const clock = { nowSeconds: () => END };
    const usage = createPrometheusUsage({
      transport: fetchTransport(server.url),
      extraMatchers: null,
      tenantHeader: null,
      clock,
    });
    expect(await usage.probe(signal)).toMatchObject({
      hasKepler: true,
      keplerVersion: 'current',
      hasGpuMetrics: true,
      hasVolumes: true,
    });
  });

  it('finds the rung of each node', () => {
    const rungs = (hour: number) =>
      hours[hour]?.nodes.map(({ node, meter }) => [node, meter?.exporter, meter?.zone, meter?.isModelled]);
    expect(rungs(0)).toEqual([
      ['half-covered', undefined, undefined, undefined],
      ['metal-new', 'kepler', 'package', false],
      ['metal-old', 'kepler-legacy', 'package', false],
      ['metal-psys', 'kepler', 'platform', false],
      ['only-cadvisor', undefined, undefined, undefined],
      ['silent', undefined, undefined, undefined],
      ['vm-modelled', 'kepler-legacy', 'package', true],
      ['zero', undefined, undefined, undefined],
    ]);
    // Scraped all of the second hour.
    expect(rungs(1)?.[0]).toEqual(['half-covered', 'kepler', 'package', false]);
  });

  it('takes package and DRAM, or the platform, and never both, nor the core', () => {
    for (const hour of [0, 1, 2]) {
      const { packageActive, packageIdle, dramActive, dramIdle } = WATTS.metalNew;
      near(nodeOf(hour, 'metal-new')?.meter?.activeJoules, (packageActive + dramActive) * HOUR, 0.01);
      near(nodeOf(hour, 'metal-new')?.meter?.idleJoules, (packageIdle + dramIdle) * HOUR, 0.01);
      near(nodeOf(hour, 'metal-psys')?.meter?.activeJoules, WATTS.metalPsys.active * HOUR, 0.002);
      near(nodeOf(hour, 'metal-psys')?.meter?.idleJoules, WATTS.metalPsys.idle * HOUR, 0.002);
      near(nodeOf(hour, 'metal-old')?.meter?.activeJoules, 19 * HOUR, 0.002);
      near(nodeOf(hour, 'metal-old')?.meter?.idleJoules, 27 * HOUR, 0.002);
      near(nodeOf(hour, 'vm-modelled')?.meter?.activeJoules, WATTS.vmModelled.active * HOUR, 0.002);
      near(nodeOf(hour, 'vm-modelled')?.meter?.idleJoules, WATTS.vmModelled.idle * HOUR, 0.002);
    }
  });

  it('gives pods the joules of the zone of their node', () => {
    for (const hour of [0, 1, 2]) {
      near(podOf(hour, 'web')?.activeJoules, WATTS.metalNew.web * HOUR, 0.01);
      near(podOf(hour, 'train')?.activeJoules, WATTS.metalPsys.train * HOUR, 0.002);
      near(podOf(hour, 'api')?.activeJoules, WATTS.metalOld.api * HOUR, 0.002);
      near(podOf(hour, 'job')?.activeJoules, WATTS.vmModelled.job * HOUR, 0.002);
      expect(podOf(hour, 'plain')).not.toHaveProperty('activeJoules');
      expect(podOf(hour, 'none')).not.toHaveProperty('activeJoules');
      // Kepler knows other pods of its node, so that it took nothing.
      expect(podOf(hour, 'tune')?.activeJoules).toBe(0);
    }
  });

  it('counts a pod that ended once, from its start to its end', () => {
    near(podOf(0, 'batch')?.activeJoules, WATTS.metalNew.batch * (BATCH.endSeconds - BATCH.startSeconds), 1e-6);
    expect(podOf(1, 'batch')).toBeUndefined();
  });

  it('counts what a pod took before its first and after its last scrape', () => {
    near(podOf(1, 'last-gasp')?.activeJoules, GASP.joulesAtEnd + GASP.watts * 628, 0.001);
    near(podOf(1, 'first-breath')?.activeJoules, BREATH.joulesAtStart + BREATH.watts * 1199, 0.001);
    near(podOf(0, 'last-gasp')?.activeJoules, GASP.watts * HOUR, 0.001);
    near(podOf(2, 'first-breath')?.activeJoules, BREATH.watts * HOUR, 0.001);
  });

  it('counts both pods of one name that followed one another, and one that no scrape saw running', () => {
    // Up to one scrape before the hour is told apart only by guess.
    near(podOf(2, 'web-0')?.activeJoules, WATTS.metalNew.remade * HOUR, 0.01);
    near(podOf(2, 'flash')?.activeJoules, FLASH.joules, 1e-6);
    expect(podOf(1, 'flash')).toBeUndefined();
  });

  it('knows each card, what it drew and whose it was', () => {
    const model = 'NVIDIA A100-SXM4-40GB';
    const train = { namespace: 'shop', name: 'train' };
    const tune = { namespace: 'shop', name: 'tune' };
    for (const [hour, pod] of [
      [0, train],
      [2, tune],
    ] as const) {
      const gpus = nodeOf(hour, 'metal-psys')?.gpus ?? [];
      expect(gpus.map((gpu) => [gpu.card, gpu.model, gpu.pod, gpu.utilisation])).toEqual([
        ['GPU-aaaa', model, pod, 0.8],
        ['GPU-bbbb', model, null, 0],
      ]);
      near(gpus[0]?.joules, WATTS.card0 * HOUR, 0.005);
      near(gpus[1]?.joules, 41 * HOUR, 0.005);
    }
    const passing = nodeOf(1, 'metal-psys')?.gpus ?? [];
    expect(passing.map((gpu) => [gpu.card, gpu.pod?.name])).toEqual([
      ['GPU-aaaa', 'train'],
      ['GPU-aaaa', 'tune'],
      ['GPU-bbbb', undefined],
    ]);
    near(passing[0]?.joules, WATTS.card0 * (CARD_PASSES - ENERGY_START - HOUR), 0.05);
    near((passing[0]?.joules ?? 0) + (passing[1]?.joules ?? 0), WATTS.card0 * HOUR, 0.005);
    expect(nodeOf(0, 'metal-old')).not.toHaveProperty('gpus');
    expect(podOf(0, 'train')?.requests).toMatchObject({ gpus: 1 });
    expect(podOf(0, 'web')?.requests).toBeNull();
  });

  it('takes what Kepler tells of cards where DCGM is not', () => {
    const pod = { namespace: 'shop', name: 'web' };
    const [card, ...others] = nodeOf(0, 'metal-new')?.gpus ?? [];
    expect(others).toEqual([]);
    expect(card).toMatchObject({ card: 'GPU-metal-new', model: 'Tesla T4', utilisation: null, pod });
    near(card?.joules, WATTS.keplerCard * HOUR, 1e-6);
  });

  it('tells the same in windows of 5 minutes', async () => {
    const range = { startSeconds: ENERGY_START + 2 * HOUR, endSeconds: ENERGY_START + 3 * HOUR };
    const short = await allOf(usageOf().readUsage(windowsIn(range, 300), energyInventory(), signal));
    expect(short).toHaveLength(12);
    const sum = (of: (reading: UsageReading) => number | undefined): number =>
      short.reduce((total, reading) => total + (of(reading) ?? Number.NaN), 0);
    for (const name of ['metal-new', 'metal-psys', 'metal-old', 'vm-modelled']) {
      const hour = nodeOf(2, name);
      const nodeIn = (reading: UsageReading) => reading.nodes.find((node) => node.node === name);
      near(
        sum((reading) => nodeIn(reading)?.meter?.activeJoules),
        hour?.meter?.activeJoules ?? 0,
        0.002,
      );
      near(
        sum((reading) => nodeIn(reading)?.meter?.idleJoules),
        hour?.meter?.idleJoules ?? 0,
        0.002,
      );
    }
    near(
      sum((reading) => reading.pods.find((pod) => pod.name === 'web')?.activeJoules),
      WATTS.metalNew.web * HOUR,
      0.002,
    );
    expect(short.map((reading) => reading.volumes?.length)).toEqual(Array(12).fill(2));
  });

  it('knows the claims of each hour as they were then', () => {
    const data = {
      namespace: 'shop',
      claim: 'data-db-0',
      storageClass: 'gp3',
      provisioner: 'ebs.csi.aws.com',
      diskType: null,
      requestedBytes: 100 * GIB,
      usedBytes: 30 * GIB,
      aliveSeconds: HOUR,
      node: 'metal-old',
      team: null,
    };
    expect(hours[0]?.volumes).toEqual([data]);
    expect(hours[1]?.volumes?.map((volume) => volume.claim)).toEqual(['data-db-0', 'late']);
    expect(hours[1]?.volumes?.[1]).toMatchObject({ provisioner: 'nfs.csi.k8s.io', usedBytes: null, node: null });
    near(hours[1]?.volumes?.[1]?.aliveSeconds, ENERGY_START + 2 * HOUR - CLAIM_MADE, 0.05);
    expect(hours[2]?.volumes?.map((volume) => volume.aliveSeconds)).toEqual([HOUR, HOUR]);
  });

  it('sets the matchers of the person on each selector, and asks nothing of what is not there', async () => {
    const some = await read('job="kubelet"');
    expect(some[0]?.nodes.every((node) => node.meter === undefined && node.gpus === undefined)).toBe(true);
    expect(some[0]).not.toHaveProperty('volumes');
    const queries = transport.requests.map((request) => String(request.parameters.query));
    const selectors = queries.flatMap((query) => query.match(/[a-zA-Z_:]+\{|\{/g) ?? []);
    expect(queries.join().match(/job="kubelet"/g)?.length).toBe(selectors.length);
    const energy = queries.filter((query) => /kepler|DCGM|persistentvolumeclaim/.test(query));
    expect(energy).toHaveLength(1);
    expect(energy[0]).toMatch(/^label_replace\(count\(/);
  });
});

function near(value: number | null | undefined, expected: number, tolerance: number): void {
  expect(Math.abs((value ?? Number.NaN) - expected) / expected, `${value} instead of ${expected}`).toBeLessThanOrEqual(
    tolerance,
  );
}
