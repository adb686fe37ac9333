import { describe, expect, it } from 'vitest';
import { intensityIn, zoneOfNode, zoneOfPods } from '../../../../src/core/recommendations/zone-intensity.ts';
import type { LayoutNode, LayoutPod } from '../../../../src/model/scheduling.ts';
import { layoutPod, type MadeLine, made, packed } from './made-cluster.ts';

const ZONE = 'topology.kubernetes.io/zone';
const key = (node: string) => ({ namespace: null, ownerKind: null, ownerName: null, team: null, node });

/** Ten hours of three nodes: a1 and a2 in zone a, b1 in zone b; `holes` are hours that b1 was not there. */
function zones(holes = 0) {
  const input = made({ hours: 10 });
  const [node] = input.layout?.nodes ?? [];
  if (input.layout === null || node === undefined) throw new Error('no layout');
  const of = (name: string): LayoutNode => ({ ...node, name, labels: { [ZONE]: `zone-${name.slice(0, 1)}` } });
  const line = (index: number, hour: number, joules: number, grams: number): MadeLine => ({
    key: index,
    hour,
    values: { joules, intensityJoules: joules * grams },
  });
  const hours = Array.from({ length: 10 }, (_, hour) => hour);
  const nodes = packed(
    [key('a1'), key('a2'), key('b1')],
    [
      ...hours.map((hour) => line(0, hour, 100, 200)),
      ...hours.map((hour) => line(1, hour, 300, 400)),
      ...hours.filter((hour) => hour >= holes).map((hour) => line(2, hour, 400, 50)),
    ],
  );
  return intensityIn({ ...input, nodes }, { ...input.layout, nodes: ['a1', 'a2', 'b1'].map(of) });
}

describe('the grid of each hour', () => {
  it('is the mean of all nodes by their energy', () => {
    expect(zones()(null)[3]).toBeCloseTo((100 * 200 + 300 * 400 + 400 * 50) / 800, 9);
  });

  it('of a zone is that of its nodes', () => {
    expect(zones()('zone-a')[3]).toBeCloseTo(350, 9);
    expect(zones()('zone-b')[3]).toBeCloseTo(50, 9);
  });

  it('of a zone that is not there, or only at times, is that of all', () => {
    expect(zones()('zone-x')).toEqual(zones()(null));
    expect(zones(1)('zone-b')[0]).toBeNull();
    expect(zones(2)('zone-b')).toEqual(zones(2)(null));
  });

  it('is made once', () => {
    const of = zones();
    expect(of('zone-a')).toBe(of('zone-a'));
  });
});

describe('the zone of pods', () => {
  const zoneOf = (node: string) => (node === 'lost' ? null : `zone-${node}`);
  const pod = (node: string | null, nodeSelector: LayoutPod['nodeSelector'] = {}): LayoutPod => ({
    ...layoutPod({}, 0),
    node,
    nodeSelector,
  });

  it('is the one that all are in', () => {
    expect(zoneOfPods([pod('a'), pod('a')], zoneOf)).toBe('zone-a');
    expect(zoneOfPods([pod('a'), pod('b')], zoneOf)).toBeNull();
    expect(zoneOfPods([pod('a'), pod('lost')], zoneOf)).toBeNull();
    expect(zoneOfPods([], zoneOf)).toBeNull();
  });

  it('is the one that they ask for, placed or not', () => {
    expect(zoneOfPods([pod(null, { [ZONE]: 'zone-c' })], zoneOf)).toBe('zone-c');
    expect(zoneOfPods([pod(null)], zoneOf)).toBeNull();
  });

  it('of a node is its label, the old one too', () => {
    const [node] = made().layout?.nodes ?? [];
    if (node === undefined) throw new Error('no node');
    expect(zoneOfNode({ ...node, labels: { 'failure-domain.beta.kubernetes.io/zone': 'z' } })).toBe('z');
    expect(zoneOfNode({ ...node, labels: { [ZONE]: '' } })).toBeNull();
    expect(zoneOfNode(node)).toBeNull();
  });
});
