import { describe, expect, test } from 'vitest';
import { rowShare, scaledTo, splitBySources, volumeShare } from '../../../../src/core/explain/split-by-sources.ts';
import { nodeFactsOf } from '../builders.ts';
import { factsOfKind, windowOf } from './stored.ts';
import { itemsByNode } from './sums.ts';

const rows = windowOf(nodeFactsOf());
const pod = factsOfKind(rows, 'pod');
const { nodeWindow } = pod;
const [item] = itemsByNode(rows);
if (nodeWindow === null || item === undefined) throw new Error('a node');
const cluster = { clusterId: 'c', clusterName: 'prod' };
const live = {
  ...nodeWindow,
  sources: { ...nodeWindow.sources, intensity: 'live' },
  joulesTotal: nodeWindow.joulesTotal * 3,
} as const;
const snapshot = {
  clusterId: 'c',
  snapshotAtSeconds: 0,
  name: 'node-a',
  instanceType: 'm5.xlarge',
  provider: 'aws',
  region: 'eu-west-3',
  zone: 'eu-west-3a',
  emapsZone: 'FR',
  cpuCapacityMillicores: 4000,
  memoryCapacityBytes: 16e9,
  architecture: 'amd64',
  os: 'linux',
  embodiedKilograms: 35,
};

describe('the energy of a node by its sources', () => {
  test('as the energy of the windows that had them, the newest last', () => {
    const shares = splitBySources(item, [live, nodeWindow, { ...live, joulesTotal: 0 }], snapshot, cluster);
    expect(shares.map(({ sources, joules }) => [sources.intensity, joules / item.joules])).toEqual([
      ['zone-year', 0.25],
      ['live', 0.75],
    ]);
    expect(shares[0]).toMatchObject({
      node: 'node-a',
      instanceType: 'm5.xlarge',
      region: 'eu-west-3',
      zone: 'FR',
      curveFactor: { low: 0.6, high: 1.4 },
    });
    const grams = shares.reduce((sum, share) => sum + share.co2eGrams + share.embodiedGrams, 0);
    expect(grams).toBeCloseTo(item.co2eGrams + item.embodiedCo2eGrams, 12);
  });

  test('a node without facts has no sources; one that nothing is known of is nowhere', () => {
    expect(splitBySources(item, [], snapshot, cluster)).toEqual([]);
    expect(splitBySources(item, [nodeWindow], null, cluster)).toMatchObject([{ provider: 'unknown', zone: 'WORLD' }]);
  });

  test('windows without energy count alike', () => {
    const dark = [live, nodeWindow].map((window) => ({ ...window, joulesTotal: 0 }));
    expect(splitBySources(item, dark, snapshot, cluster).map(({ joules }) => joules / item.joules)).toEqual([0.5, 0.5]);
  });
});

test('volumes are known as general values, at the place of the largest node', () => {
  const [like] = splitBySources(item, [live], snapshot, cluster);
  if (like === undefined) throw new Error('a share');
  expect(volumeShare({ ...item, joules: 7, joulesStorage: 7 }, like)).toMatchObject({
    node: '',
    joules: 7,
    joulesStorage: 7,
    sources: { power: 'provider-default', usage: 'requests', intensity: 'live', pue: 'provider' },
  });
});

test('a row is a part of its own', () => {
  const share = rowShare(pod.row, { clusterName: 'prod', region: null, curveFactor: null });
  expect(share).toMatchObject({ node: 'node-a', zone: 'FR', joules: pod.row.joules, cost: pod.row.totalCost });
});

test('parts that were looked at stand for the whole', () => {
  const shares = splitBySources(item, [live, nodeWindow], snapshot, cluster);
  const scaled = scaledTo(shares, { joules: item.joules * 2 });
  expect(scaled.reduce((sum, { joules }) => sum + joules, 0)).toBeCloseTo(item.joules * 2, 6);
  expect(scaled[0]?.co2eGrams).toBeCloseTo((shares[0]?.co2eGrams ?? 0) * 2, 9);
  expect(scaledTo([], { joules: 5 })).toEqual([]);
});
