import { describe, expect, it } from 'vitest';
import { WindowGatherer } from '../../../../src/core/greenkube/gather-windows.ts';
import { windowResultOf } from '../../../../src/core/greenkube/window-result.ts';
import type { GreenKubeNode, GreenKubeRow } from '../../../../src/core/ports/greenkube-source.ts';
import type { WindowResult } from '../../../../src/model/results.ts';
import type { WindowSeconds } from '../../../../src/model/time.ts';
import { greenKubeNode, greenKubeRow, SEVEN } from '../../../fakes/greenkube/rows.ts';

function resultOf(
  parts: readonly Partial<GreenKubeRow>[],
  nodes: readonly GreenKubeNode[] = [],
  durationSeconds: WindowSeconds = 300,
): WindowResult {
  const gatherer = new WindowGatherer();
  for (const part of parts) gatherer.add(greenKubeRow(part), { startSeconds: SEVEN, durationSeconds });
  const gathered = gatherer.end();
  if (gathered === null) throw new Error('no rows');
  return windowResultOf(gathered, {
    clusterId: 'c',
    nodes: new Map(nodes.map((node) => [node.name, node])),
    nowSeconds: SEVEN + 99,
  });
}

describe('a window of GreenKube', () => {
  it('is whole where a pod was seen through all of it', () => {
    const { entry, rows, nodeWindows } = resultOf([{}, { podName: 'short', durationSeconds: 60 }]);
    expect(entry).toEqual({
      clusterId: 'c',
      window: { startSeconds: SEVEN, durationSeconds: 300 },
      state: 'whole',
      coveredSeconds: 300,
      reason: null,
      notices: [],
      rowCount: 2,
      closedAtSeconds: SEVEN + 99,
    });
    expect(rows.map(({ podName }) => podName)).toEqual(['cart-0', 'short']);
    expect(nodeWindows).toEqual([]);
  });

  it('is partial where samples are missing, and never without data', () => {
    expect(resultOf([{ durationSeconds: 30 }]).entry).toMatchObject({
      state: 'partial',
      coveredSeconds: 30,
      reason: 'GreenKube has 30 of 300 seconds',
    });
    const hour = resultOf([{ origin: 'hourly', durationSeconds: 1800 }], [], 3600);
    expect(hour.entry).toMatchObject({ state: 'partial', coveredSeconds: 1800 });
  });

  it('covers no more than itself', () => {
    expect(resultOf([{}, { atSeconds: SEVEN + 200 }]).entry.coveredSeconds).toBe(300);
  });

  it('has the facts of the nodes that it names', () => {
    const { nodeSnapshots, rows } = resultOf(
      [{}, { podName: 'b', node: 'gone' }, { podName: 'c', node: null }],
      [greenKubeNode({ cpuCapacityCores: 1.93, embodiedKilograms: null }), greenKubeNode({ name: 'idle' })],
    );
    expect(nodeSnapshots).toEqual([
      {
        clusterId: 'c',
        snapshotAtSeconds: SEVEN,
        name: 'n1',
        instanceType: 'm5.large',
        provider: 'aws',
        region: 'eu-west-3',
        zone: 'eu-west-3a',
        emapsZone: 'FR',
        cpuCapacityMillicores: 1930,
        memoryCapacityBytes: 8e9,
        architecture: 'amd64',
        os: null,
        embodiedKilograms: 0,
      },
    ]);
    expect(rows.map(({ provider }) => provider)).toEqual(['aws', 'unknown', 'unknown']);
  });

  it.each([
    ['GCP', 'gcp'],
    ['on-prem', 'onprem'],
    ['on_prem', 'onprem'],
    ['Some Cloud', 'unknown'],
    [null, 'unknown'],
  ])('reads the provider %s as %s', (cloudProvider, provider) => {
    const { rows, nodeSnapshots } = resultOf([{}], [greenKubeNode({ cloudProvider })]);
    expect([rows[0]?.provider, nodeSnapshots[0]?.provider]).toEqual([provider, provider]);
  });
});
