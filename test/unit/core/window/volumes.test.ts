import { describe, expect, test } from 'vitest';
import { combineFactors } from '../../../../src/core/bounds/combine.ts';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { VolumeCoefficient } from '../../../../src/model/coefficients.ts';
import type { VolumeFacts } from '../../../../src/model/facts.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import { coefficientsOf, factsOf, nodeFactsOf, nodeOf } from '../builders.ts';

const SSD: VolumeCoefficient = {
  medium: 'ssd',
  wattHoursPerTerabyteHour: 1.2,
  replication: 2,
  factor: { low: 0.5, high: 2.5 },
  flags: ['Nothing tells its medium; an SSD is taken.'],
};

function volumeOf(changes: Partial<VolumeFacts> = {}): VolumeFacts {
  return {
    namespace: 'shop',
    claim: 'data-db-0',
    storageClass: 'gp3',
    provisioner: 'ebs.csi.aws.com',
    diskType: 'gp3',
    requestedBytes: 5e11,
    usedBytes: 2e11,
    aliveSeconds: 3600,
    node: 'node-a',
    team: 'storefront',
    place: nodeOf(),
    ...changes,
  };
}

function computed(volumes: readonly VolumeFacts[], coefficient: VolumeCoefficient | null = SSD) {
  return computeWindow({
    clusterId: 'c',
    facts: { ...factsOf([nodeFactsOf()]), volumes },
    coefficientsOf: () => coefficientsOf(),
    zoneOf: (node) => (node.name === 'far' ? 'SE' : 'FR'),
    ...(coefficient === null ? {} : { volumeOf: () => coefficient }),
  });
}

const volumesOf = (rows: readonly ResultRow[]) => rows.filter((row) => row.rowKind === 'volume');

describe('a volume', () => {
  const [row] = volumesOf(computed([volumeOf()]).rows);
  // 0.5 TB for an hour at 1.2 Wh, kept twice: 1.2 Wh.
  const joules = 1.2 * 3600;

  test('is a row of its own, of no node, named after its claim', () => {
    expect(row).toMatchObject({
      namespace: '__storage__',
      podName: 'pvc/shop/data-db-0',
      node: '',
      nodeInstanceType: null,
      nodeZone: 'eu-west-3a',
      provider: 'aws',
      emapsZone: 'FR',
      team: 'storefront',
      podUid: null,
    });
  });

  test('takes the energy of what was asked for', () => {
    expect(row?.joulesStorage).toBeCloseTo(joules, 9);
    expect(row?.joules).toBeCloseTo(joules, 9);
    expect(row).toMatchObject({ joulesDynamic: 0, joulesIdle: 0, joulesGpu: 0, embodiedCo2eGrams: 0 });
    expect(row?.co2eGrams).toBeCloseTo(0.0012 * 1.2 * 100, 12);
  });

  test('has the range of its medium and copies', () => {
    expect(row?.joulesLow).toBeCloseTo(joules * 0.5, 9);
    expect(row?.joulesHigh).toBeCloseTo(joules * 2.5, 9);
    const carbon = combineFactors([SSD.factor, { low: 0.9, high: 1.25 }, { low: 0.6, high: 1.5 }]);
    expect(row?.co2eHighGrams).toBeCloseTo((row?.co2eGrams ?? 0) * carbon.high, 12);
  });

  test('costs by its size', () => {
    expect(row?.costStorage).toBeCloseTo(500 * 0.0001, 12);
    expect(row?.totalCost).toBeCloseTo(0.05, 12);
    expect(row?.costLow).toBeCloseTo(0.025, 12);
  });

  test('shows its size and use', () => {
    expect(row).toMatchObject({ storageRequestBytes: 5e11, storageUsageBytes: 2e11, cpuRequestMillicores: 0 });
  });

  test('is an estimate, and says why', () => {
    expect(row).toMatchObject({ isEstimated: true, sources: { power: 'provider-default', gpu: 'none' } });
    expect(row?.estimationReasons).toEqual([
      'Energy of the volume is a general value for its size and medium.',
      'Nothing tells its medium; an SSD is taken.',
      'Grid intensity is the yearly mean of FR.',
    ]);
  });
});

test('a volume that was bound for a part of the window has that part', () => {
  const [whole] = volumesOf(computed([volumeOf()]).rows);
  const [part] = volumesOf(computed([volumeOf({ aliveSeconds: 900, usedBytes: null })]).rows);
  expect(part?.joules).toBeCloseTo((whole?.joules ?? 0) / 4, 9);
  expect(part?.costStorage).toBeCloseTo((whole?.costStorage ?? 0) / 4, 12);
  expect(part).toMatchObject({ storageRequestBytes: 1.25e11, storageUsageBytes: null });
});

test('a volume lies where its place is, and has one key wherever it is mounted', () => {
  const far = nodeOf({ name: 'far', provider: 'gcp', zone: 'europe-north2-a' });
  const [here] = volumesOf(computed([volumeOf()]).rows);
  const [there] = volumesOf(computed([volumeOf({ node: 'far', place: far })]).rows);
  expect(there).toMatchObject({ provider: 'gcp', nodeZone: 'europe-north2-a', emapsZone: 'SE' });
  expect([there?.namespace, there?.podName, there?.node]).toEqual([here?.namespace, here?.podName, here?.node]);
});

test('nodes and volumes sum to the cluster', () => {
  const { rows, nodeWindows } = computed([volumeOf(), volumeOf({ claim: 'other' })]);
  const ofNodes = nodeWindows.reduce((sum, node) => sum + node.joulesTotal, 0);
  const ofVolumes = volumesOf(rows).reduce((sum, row) => sum + row.joules, 0);
  const all = rows.reduce((sum, row) => sum + row.joules, 0);
  expect(ofVolumes).toBeGreaterThan(0);
  expect(all).toBeCloseTo(ofNodes + ofVolumes, 6);
});

test('without coefficients there are no volume rows', () => {
  expect(volumesOf(computed([volumeOf()], null).rows)).toEqual([]);
});
