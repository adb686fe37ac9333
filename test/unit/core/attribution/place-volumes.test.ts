import { describe, expect, test } from 'vitest';
import { mergeFacts } from '../../../../src/core/attribution/merge-facts.ts';
import { placeVolumes } from '../../../../src/core/attribution/place-volumes.ts';
import type { VolumeUsage } from '../../../../src/model/energy.ts';
import { HOUR, inventoryOf, nodeFactsOf, nodeOf, readingOf } from '../builders.ts';

function volumeOf(changes: Partial<VolumeUsage> = {}): VolumeUsage {
  return {
    namespace: 'shop',
    claim: 'data',
    storageClass: null,
    provisioner: null,
    diskType: null,
    requestedBytes: 100,
    usedBytes: null,
    aliveSeconds: 3600,
    node: null,
    team: null,
    ...changes,
  };
}

const NODES = [
  nodeFactsOf({ node: nodeOf({ name: 'first', zone: 'a' }) }),
  nodeFactsOf({ node: nodeOf({ name: 'second', zone: 'b' }) }),
  nodeFactsOf({ node: nodeOf({ name: 'third', zone: 'b' }) }),
];

describe('the place of a volume', () => {
  test.each([
    ['is the node that mounts it', { node: 'third', zone: 'a' }, 'third'],
    ['is else a node of its zone', { zone: 'b' }, 'second'],
    ['is else the first node', { zone: 'c' }, 'first'],
    ['is the first node where nothing tells', {}, 'first'],
    ['is a node of its zone where the one that mounts it is not known', { node: 'gone', zone: 'b' }, 'second'],
  ])('%s', (_, changes, expected) => {
    const [volume] = placeVolumes([volumeOf(changes)], NODES, HOUR);
    expect(volume?.place.name).toBe(expected);
  });

  test('is nowhere in a cluster without nodes', () => {
    expect(placeVolumes([volumeOf()], [], HOUR)).toEqual([]);
  });
});

test('a claim that is listed twice is one, of the whole time that it was there', () => {
  const volumes = placeVolumes(
    [
      volumeOf({ aliveSeconds: 1200, requestedBytes: 300, usedBytes: 5, node: 'second' }),
      volumeOf({ aliveSeconds: 3000 }),
      volumeOf({ namespace: 'other' }),
    ],
    NODES,
    HOUR,
  );
  expect(volumes).toHaveLength(2);
  expect(volumes[0]).toMatchObject({ aliveSeconds: 3600, requestedBytes: 300, usedBytes: 5, node: 'second' });
});

describe('facts of a reading', () => {
  test('hold its volumes with their place', () => {
    const { volumes } = mergeFacts({
      reading: readingOf({ volumes: [volumeOf({ node: 'node-a' })] }),
      inventory: inventoryOf(),
    });
    expect(volumes).toEqual([{ ...volumeOf({ node: 'node-a' }), place: expect.objectContaining({ name: 'node-a' }) }]);
  });

  test('say nothing of volumes where the reading does not', () => {
    expect(mergeFacts({ reading: readingOf(), inventory: inventoryOf() })).not.toHaveProperty('volumes');
  });
});
