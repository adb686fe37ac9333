import { describe, expect, test } from 'vitest';
import { NodeHistory } from '../../../../../src/backend/clusters/sampling/node-history.ts';
import type { NodeSample, PodSample } from '../../../../../src/core/ports/usage-samples.ts';

const range = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds });

function pod(name: string, atSeconds: number, change: Partial<PodSample> & { cores?: number } = {}): PodSample {
  const { cores = 0.5, ...rest } = change;
  const started = rest.startedAtSeconds ?? 0;
  return {
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    startedAtSeconds: started,
    cpu: { kind: 'counter', atSeconds, coreSeconds: cores * (atSeconds - started) },
    memoryBytes: 1000 + atSeconds,
    networkReceiveBytes: 10 * (atSeconds - started),
    networkTransmitBytes: null,
    ephemeralStorageBytes: 5,
    claims: [],
    ...rest,
  };
}

function sample(atSeconds: number, pods: readonly PodSample[], cores = 1.5): NodeSample {
  return { node: 'n1', atSeconds, cpu: { kind: 'counter', atSeconds, coreSeconds: cores * atSeconds }, pods };
}

function history(
  times: readonly number[],
  podsAt: (atSeconds: number) => readonly PodSample[] = () => [],
): NodeHistory {
  const node = new NodeHistory('n1', 'kubelet');
  for (const at of times) node.add(sample(at, podsAt(at)));
  return node;
}
const every = (from: number, to: number, step = 60) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

describe('what a kubelet said of a node', () => {
  test('gives CPU, memory and traffic of a window', () => {
    const node = history(every(9010, 9370), (at) => [pod('cart', at)]);
    const { node: usage, pods } = node.usage(range(9000, 9300))!;
    expect(usage).toMatchObject({ node: 'n1', cpuSource: 'kubelet', coveredSeconds: 290, described: null });
    expect(usage.cpuSeconds).toBeCloseTo(450, 9);
    expect(pods).toHaveLength(1);
    expect(pods[0]).toMatchObject({ name: 'cart', node: 'n1', usageSource: 'kubelet', aliveSeconds: 300, phase: null });
    expect(pods[0]!.cpuSeconds).toBeCloseTo(150, 9);
    expect(pods[0]!.networkReceiveBytes).toBeCloseTo(3000, 9);
    expect(pods[0]!.networkTransmitBytes).toBeNull();
    expect(pods[0]!.memoryBytes).toBeCloseTo(1000 + 9130, -1);
  });

  test('five intervals without a sample are covered, six are a hole', () => {
    expect(history([9000, 9300]).usage(range(9000, 9300))?.node.coveredSeconds).toBe(300);
    expect(history([9000, 9360]).usage(range(9000, 9300))).toBeNull();
    const holed = history([...every(9000, 9120), ...every(9600, 9900)]);
    expect(holed.usage(range(9000, 9600))?.node.coveredSeconds).toBe(120);
    // The counter went on meanwhile: what it counted is known.
    expect(holed.usage(range(9000, 9600))?.node.cpuSeconds).toBeCloseTo(900, 9);
  });

  test('a pod that began in the window is counted from its start', () => {
    const started = 9100;
    const node = history(every(9000, 9360), (at) =>
      at > started ? [pod('new', at, { startedAtSeconds: started })] : [],
    );
    const [usage] = node.usage(range(9000, 9300))!.pods;
    expect(usage!.aliveSeconds).toBe(200);
    expect(usage!.cpuSeconds).toBeCloseTo(100, 9);
    expect(usage!.networkReceiveBytes).toBeCloseTo(2000, 9);
  });

  test('what a pod used before the first look at its node is not of this window', () => {
    const busyBefore = (at: number) =>
      pod('cart', at, { cpu: { kind: 'counter', atSeconds: at, coreSeconds: 90_000 } });
    const node = history(every(9120, 9360), (at) => [busyBefore(at)]);
    expect(node.usage(range(9000, 9300))!.pods[0]!.cpuSeconds).toBe(0);
  });

  test('a pod that is gone was there half an interval longer than its last sample', () => {
    const node = history(every(9000, 9360), (at) => (at <= 9120 ? [pod('old', at)] : []));
    const [usage] = node.usage(range(9000, 9300))!.pods;
    expect(usage!.aliveSeconds).toBe(150);
    expect(usage!.cpuSeconds).toBeCloseTo(75, 9);
    expect(node.usage(range(9300, 9360))?.pods).toEqual([]);
  });

  test('two pods of one name are two, and the first one found is not counted from its start long ago', () => {
    const node = history(every(9000, 9360), (at) => [
      at < 9150 ? pod('db-0', at, { uid: 'first' }) : pod('db-0', at, { uid: 'second', startedAtSeconds: 9150 }),
    ]);
    const { pods } = node.usage(range(9000, 9300))!;
    expect(pods.map(({ uid, cpuSeconds }) => [uid, Math.round(cpuSeconds ?? 0)])).toEqual([
      ['first', 75],
      ['second', 75],
    ]);
  });

  test('remembers the claims of the last sample, and an hour of the rest', () => {
    const claims = [{ namespace: 'shop', claim: 'data', usedBytes: 7, capacityBytes: 9 }];
    const node = history(every(0, 7200), (at) => (at < 1800 ? [pod('gone', at)] : [pod('db', at, { claims })]));
    expect(node.claims).toEqual(claims);
    node.forgetBefore(3600);
    expect(node.usage(range(1800, 2100))).toBeNull();
    expect(node.usage(range(3600, 3900))).toMatchObject({ node: { coveredSeconds: 300 }, pods: [{ name: 'db' }] });
  });

  test('a sample that is no younger than the last one is left out', () => {
    const node = history([9000, 9060, 9060, 9030, 9120]);
    expect(node.usage(range(9000, 9120))?.node).toMatchObject({ coveredSeconds: 120, cpuSeconds: 180 });
    expect(node.lastSeen).toBe(9120);
  });
});
