import { beforeAll, describe, expect, test } from 'vitest';
import { inventoryOf } from '../../../../src/collectors/demo/inventory.ts';
import type { SampleCluster } from '../../../../src/collectors/demo/sample-cluster.ts';
import type { PodUsage, UsageReading } from '../../../../src/model/usage.ts';
import { DAY, DAY_START, hourAt, hoursBefore, NOW, openSample, piecesOf } from './sample.ts';

let sample: SampleCluster;
let week: UsageReading[];
beforeAll(async () => {
  sample = await openSample();
  week = hoursBefore(DAY_START, 168).map((window) => sample.read(window, NOW));
});

const key = (pod: PodUsage) => `${pod.namespace}/${pod.name}@${pod.node}`;
const sum = <T>(items: readonly T[], value: (item: T) => number) =>
  items.reduce((total, item) => total + value(item), 0);
const podsOf = (name: string) => week.flatMap((reading) => reading.pods.filter((pod) => pod.owner?.name === name));

describe('nodes', () => {
  test('are twelve, in three pools', () => {
    const pools = Map.groupBy(sample.nodes, (node) => `${node.description.provider} ${node.description.region}`);
    expect(Object.fromEntries([...pools].map(([pool, nodes]) => [pool, nodes.length]))).toEqual({
      'aws eu-west-3': 5,
      'gcp europe-west1': 4,
      'onprem SE-SE3': 3,
    });
  });

  test('two are nearly idle', () => {
    const last = week.at(-1);
    const idle = sample.nodes.filter(({ description }) => {
      const usage = last?.nodes.find((node) => node.node === description.name);
      return ((usage?.cpuSeconds ?? 0) / 3600 / description.cpuCapacityMillicores) * 1000 < 0.05;
    });
    expect(idle.map((node) => node.isSpare)).toEqual([true, true]);
  });

  test('own metal has no providerID and no type, and its region is a grid zone', () => {
    const metal = sample.nodes.filter((node) => node.pool === 'metal').map((node) => node.description);
    for (const node of metal) expect(node).toMatchObject({ providerId: null, instanceType: null, region: 'SE-SE3' });
  });

  test('are never asked for more than they have', () => {
    for (const { nodes, pods } of week) {
      for (const { node } of nodes) {
        const description = sample.nodes.find((each) => each.description.name === node)?.description;
        const bound = pods.filter((pod) => pod.node === node);
        // Two generations of a pod share a window; only the time alive counts.
        const asked = sum(bound, (pod) => (pod.requests?.cpuMillicores ?? 0) * (pod.aliveSeconds / 3600));
        expect(asked).toBeLessThanOrEqual(description?.cpuAllocatableMillicores ?? 0);
        const bytes = sum(bound, (pod) => (pod.requests?.memoryBytes ?? 0) * (pod.aliveSeconds / 3600));
        expect(bytes).toBeLessThanOrEqual(description?.memoryAllocatableBytes ?? 0);
      }
    }
  });

  test('use a little more than their pods, and less than they have', () => {
    for (const { nodes, pods, window } of week) {
      for (const { node, cpuSeconds } of nodes) {
        const own = sum(
          pods.filter((pod) => pod.node === node),
          (pod) => pod.cpuSeconds ?? 0,
        );
        const cores =
          (sample.nodes.find((each) => each.description.name === node)?.description.cpuCapacityMillicores ?? 0) / 1000;
        expect(cpuSeconds).toBeGreaterThan(own);
        expect(cpuSeconds).toBeLessThan(cores * window.durationSeconds);
      }
    }
  });

  test('one joined two days ago, inside an hour', () => {
    const joined = DAY_START - 2 * DAY + 10 * 3600;
    const countAt = (start: number) => sample.read(hourAt(start), NOW).nodes.length;
    expect([countAt(joined - 3600), countAt(joined), countAt(joined + 3600)]).toEqual([11, 12, 12]);
    const reading = sample.read(hourAt(joined), NOW);
    expect(reading.nodes.find((node) => node.coveredSeconds < 3600)?.coveredSeconds).toBe(1200);
  });
});

describe('rungs', () => {
  const metered = () => sample.nodes.filter((node) => node.hasMeter).map((node) => node.description.name);

  test('two servers have meters, whose joules above idle are those of their pods and their system', () => {
    expect(metered()).toEqual(['sto-rack1-07', 'sto-rack1-08']);
    for (const { nodes, pods, window } of week) {
      for (const { node, meter, cpuSeconds } of nodes) {
        expect(meter !== undefined, node).toBe(metered().includes(node));
        if (meter === undefined) continue;
        const own = pods.filter((pod) => pod.node === node);
        const joulesOfPods = sum(own, (pod) => pod.activeJoules ?? Number.NaN);
        const cpuOfPods = sum(own, (pod) => pod.cpuSeconds ?? 0);
        expect(joulesOfPods).toBeLessThan(meter.activeJoules);
        expect(joulesOfPods / cpuOfPods).toBeCloseTo(meter.activeJoules / (cpuSeconds ?? 0), 9);
        expect(meter).toMatchObject({ exporter: 'kepler', zone: 'package', isModelled: false });
        // With the way to the plug near the curve for a machine of no known type: 24 W at rest, 71 W at full use.
        const plugWatts = ((meter.activeJoules + meter.idleJoules) * 1.3) / window.durationSeconds;
        expect(plugWatts).toBeGreaterThan(20);
        expect(plugWatts).toBeLessThan(75);
      }
      expect(pods.every((pod) => (pod.activeJoules !== undefined) === metered().includes(pod.node ?? ''))).toBe(true);
    }
  });

  test('joules of an hour are those of its twelve windows', () => {
    const hour = week[40]!.window;
    const joules = (reading: UsageReading) =>
      sum(reading.nodes, ({ meter }) => (meter === undefined ? 0 : meter.activeJoules + meter.idleJoules));
    const pieces = piecesOf(hour).map((window) => joules(sample.read(window, NOW)));
    expect(sum(pieces, (value) => value)).toBeCloseTo(joules(week[40]!), 4);
  });

  test('the node that joined lately is read from its kubelet, the others by Prometheus', () => {
    const byKubelet = sample.nodes.filter((node) => node.isByKubelet).map((node) => node.description.name);
    const { nodes, pods } = week.at(-1)!;
    expect(byKubelet).toHaveLength(1);
    expect(nodes.filter((node) => node.cpuSource === 'kubelet').map(({ node }) => node)).toEqual(byKubelet);
    const there = pods.filter((pod) => pod.usageSource === 'kubelet');
    expect(there.length).toBeGreaterThan(0);
    expect(there.every((pod) => pod.node === byKubelet[0])).toBe(true);
  });
});

describe('volumes', () => {
  test('are one a replica of a StatefulSet, on its node, and stay', () => {
    for (const { volumes = [], window } of week.filter((reading) => reading.coveredSeconds > 0)) {
      expect(volumes).toHaveLength(14);
      expect(new Set(volumes.map((volume) => `${volume.namespace}/${volume.claim}`)).size).toBe(14);
      for (const volume of volumes) {
        expect(volume.aliveSeconds).toBe(window.durationSeconds);
        expect(volume.usedBytes).toBeGreaterThan(0);
        expect(volume.usedBytes).toBeLessThan(volume.requestedBytes);
        expect(sample.nodes.some((node) => node.description.name === volume.node)).toBe(true);
      }
    }
    expect(week[0]?.volumes?.find(({ claim }) => claim === 'data-redis-cart-0')).toMatchObject({
      namespace: 'shop-prod',
      storageClass: 'gp3',
      provisioner: 'ebs.csi.aws.com',
    });
  });
});

describe('pods', () => {
  test('come once a node and window, within it', () => {
    for (const { pods, window } of week) {
      const ids = pods.map((pod) => `${key(pod)} ${pod.uid}`);
      expect(new Set(ids).size).toBe(ids.length);
      for (const pod of pods) {
        expect(pod.aliveSeconds).toBeGreaterThan(0);
        expect(pod.aliveSeconds).toBeLessThanOrEqual(window.durationSeconds);
        expect(pod.cpuSeconds).toBeGreaterThanOrEqual(0);
        expect(pod.memoryBytes).toBeGreaterThan(0);
      }
    }
  });

  test('of the shop are busier by day than by night', () => {
    const frontendAt = (hour: number) =>
      sum(
        sample.read(hourAt(DAY_START - DAY + hour * 3600), NOW).pods.filter((pod) => pod.namespace === 'shop-prod'),
        (pod) => pod.cpuSeconds ?? 0,
      );
    expect(frontendAt(13)).toBeGreaterThan(2 * frontendAt(2));
  });

  test('of staging sleep at the weekend', () => {
    // 7 March 2026 was a Saturday.
    const onDay = (day: number) =>
      sum(
        sample
          .read(hourAt(Date.UTC(2026, 2, day, 12) / 1000), NOW)
          .pods.filter((pod) => pod.namespace === 'shop-staging'),
        (pod) => pod.cpuSeconds ?? 0,
      );
    expect(onDay(6)).toBeGreaterThan(5 * onDay(7));
  });

  test('that are zombies use next to nothing of what they request', () => {
    const zombies = podsOf('zombie-api');
    expect(zombies.length).toBeGreaterThan(300);
    for (const pod of zombies) {
      expect(pod.cpuSeconds ?? 1).toBeLessThan(0.01 * ((pod.requests?.cpuMillicores ?? 0) / 1000) * 3600);
    }
  });

  test('without requests use CPU and memory all the same', () => {
    const pods = podsOf('no-requests-worker');
    expect(pods.every((pod) => pod.requests?.cpuMillicores === 0)).toBe(true);
    expect(sum(pods, (pod) => pod.cpuSeconds ?? 0)).toBeGreaterThan(1000);
  });

  test('of the CronJob are new ones each time, and shorter than an hour', () => {
    const pods = podsOf('etl-export');
    expect(new Set(pods.map((pod) => pod.name)).size).toBeGreaterThan(40);
    expect(pods.every((pod) => pod.aliveSeconds < 700)).toBe(true);
    expect(pods.every((pod) => pod.owner?.kind === 'CronJob')).toBe(true);
  });

  test('of the Job run at night only', () => {
    const hours = new Set(
      week
        .filter((reading) => reading.pods.some((pod) => pod.owner?.name === 'spark-executor'))
        .map((reading) => (reading.window.startSeconds / 3600) % 24),
    );
    expect([...hours].every((hour) => hour <= 4)).toBe(true);
    expect(hours.size).toBeGreaterThan(1);
  });

  test('of the shop are replaced at a rollout', () => {
    expect(new Set(podsOf('frontend').map((pod) => pod.name)).size).toBeGreaterThanOrEqual(12);
  });

  test('one moves to another node under its name', () => {
    const nodes = new Set(
      podsOf('kafka')
        .filter((pod) => pod.name === 'kafka-1')
        .map((pod) => pod.node),
    );
    expect(nodes.size).toBe(2);
    const moving = week.filter((reading) => reading.pods.filter((pod) => pod.name === 'kafka-1').length === 2);
    expect(moving.length).toBeGreaterThan(0);
    for (const reading of moving) {
      expect(
        sum(
          reading.pods.filter((pod) => pod.name === 'kafka-1'),
          (pod) => pod.aliveSeconds,
        ),
      ).toBe(3600);
    }
  });

  test('of GPU workloads that fit nowhere wait', () => {
    const waiting = inventoryOf(sample, NOW).pods.filter((pod) => pod.phase === 'Pending');
    expect(waiting.map((pod) => [pod.owner?.name, pod.node])).toEqual([['trainer', null]]);
    expect(podsOf('trainer')).toEqual([]);
  });
});

describe('coverage', () => {
  test('has one gap of five hours about three days back, and a partial hour at its end', () => {
    const covered = week.map((reading) => reading.coveredSeconds);
    expect(covered.filter((seconds) => seconds === 0)).toHaveLength(5);
    expect(covered.filter((seconds) => seconds > 0 && seconds < 3600)).toEqual([2280]);
    const first = week.find((reading) => reading.coveredSeconds === 0);
    expect(first?.window.startSeconds).toBe(DAY_START - 3 * DAY + 3600);
    expect(first).toMatchObject({ nodes: [], pods: [] });
  });

  test('has a partial five-minute window too', () => {
    const last = hourAt(DAY_START - 3 * DAY + 6 * 3600);
    const covered = piecesOf(last).map((window) => sample.read(window, NOW).coveredSeconds);
    expect(covered).toEqual([0, 0, 0, 0, 180, 300, 300, 300, 300, 300, 300, 300]);
  });

  test('of a partial hour leaves its use whole: the rates hold for the rest', () => {
    const partial = sample.read(hourAt(DAY_START - 3 * DAY + 6 * 3600), NOW);
    const next = sample.read(hourAt(DAY_START - 3 * DAY + 7 * 3600), NOW);
    const total = (reading: UsageReading) => sum(reading.nodes, (node) => node.cpuSeconds ?? 0);
    expect(total(partial)).toBeGreaterThan(0.6 * total(next));
  });
});

test('an hour is the sum of its twelve five-minute windows', () => {
  for (const hour of [
    hourAt(DAY_START - 10 * 3600),
    hourAt(DAY_START - DAY + 3600),
    hourAt(DAY_START - DAY + 9 * 3600),
  ]) {
    const whole = sample.read(hour, NOW);
    const pieces = piecesOf(hour).map((window) => sample.read(window, NOW));
    const cpu = (pods: readonly PodUsage[]) => {
      const byPod = new Map<string, number>();
      for (const pod of pods) byPod.set(key(pod), (byPod.get(key(pod)) ?? 0) + (pod.cpuSeconds ?? 0));
      return byPod;
    };
    const fromPieces = cpu(pieces.flatMap((reading) => reading.pods));
    const fromHour = cpu(whole.pods);
    expect([...fromPieces.keys()].sort()).toEqual([...fromHour.keys()].sort());
    for (const [pod, seconds] of fromHour) expect(fromPieces.get(pod)).toBeCloseTo(seconds, 6);
    const nodeSeconds = sum(
      pieces.flatMap((reading) => reading.nodes),
      (node) => node.cpuSeconds ?? 0,
    );
    expect(nodeSeconds).toBeCloseTo(
      sum(whole.nodes, (node) => node.cpuSeconds ?? 0),
      6,
    );
  }
});

describe('the inventory', () => {
  test('has the pods of the youngest reading, and the finished ones of the night', () => {
    const inventory = inventoryOf(sample, NOW);
    const running = inventory.pods.filter((pod) => pod.phase === 'Running').map((pod) => pod.uid);
    const window = { startSeconds: NOW - (NOW % 300), durationSeconds: 300 as const };
    const read = sample.read(window, NOW).pods.map((pod) => pod.uid);
    for (const uid of running) expect(read).toContain(uid);
    const finished = inventory.pods.filter((pod) => pod.phase === 'Succeeded');
    expect(finished.length).toBeGreaterThan(8);
    for (const pod of finished) expect(pod.finishedAtSeconds).toBeLessThanOrEqual(NOW);
  });

  test('names teams by namespace, and none for what nobody owns', () => {
    const teams = new Map(inventoryOf(sample, NOW).namespaces.map((namespace) => [namespace.name, namespace.team]));
    expect(teams.get('shop-prod')).toBe('storefront');
    expect(teams.get('legacy')).toBeNull();
  });
});
