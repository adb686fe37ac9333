import { describe, expect, it } from 'vitest';
import type { BreakdownItem } from '../../../../src/contract/schemas/metrics.ts';
import { partsTotal } from '../../../../src/renderer/charts/power.ts';
import { chosenLine, nodeLines, nodeSections } from '../../../../src/renderer/features/nodes/node-list.ts';
import { nodeUsers } from '../../../../src/renderer/features/nodes/node-users.ts';
import { shortNodeName } from '../../../../src/renderer/features/nodes/short-name.ts';
import { sample } from '../figures/sample-client.ts';
import { NODE_ITEMS, NODES } from '../figures/sample-data.ts';

const breakdown = async (input: object): Promise<BreakdownItem[]> =>
  (await sample.metrics?.breakdown?.({ last: '7d', ...input }))?.items ?? [];
const nodeItems = await breakdown({ by: 'node' });
const lines = nodeLines(nodeItems, [...NODE_ITEMS]);
const COVERED = 163 * 3600;

describe('list of nodes', () => {
  it('puts most energy first and joins what the inventory knows', () => {
    expect(lines).toHaveLength(NODES.length);
    expect(lines.map((line) => line.joules)).toEqual(lines.map((line) => line.joules).toSorted((a, b) => b - a));
    expect(lines.every((line) => line.facts?.name === line.name)).toBe(true);
  });

  it('keeps a node that has figures and no snapshot', () => {
    const [first] = nodeLines(nodeItems, []);
    expect(first?.facts).toBeNull();
    expect(nodeSections(nodeLines(nodeItems, []), 'zone', '')[0]?.title).toBe('Zone not known');
  });

  it('cuts into sections by type or zone', () => {
    expect(nodeSections(lines, 'type', '').map((section) => section.title)).toEqual([
      'm6i.2xlarge',
      'Xeon D, hybrid',
      'm7g.xlarge',
    ]);
    expect(nodeSections(lines, 'zone', '').map((section) => section.title)).toContain('dub-1');
  });

  it('finds by part of name, type or zone, whatever the case', () => {
    const found = (search: string) =>
      nodeSections(lines, 'type', search).flatMap((section) => section.lines.map((line) => line.name));
    expect(found('HYB')).toHaveLength(2);
    expect(found('m7g')).toEqual(['ip-10-0-57-140']);
    expect(found(' eu-west-1b ')).toEqual(['ip-10-0-31-17']);
    expect(found('nothing')).toEqual([]);
  });

  it('chooses what the address names, the first without a name, and none for a name that is gone', () => {
    expect(chosenLine(lines, undefined, undefined)?.name).toBe(lines[0]?.name);
    expect(chosenLine(lines, 'hyb-dub-02', undefined)?.name).toBe('hyb-dub-02');
    expect(chosenLine(lines, 'gone', undefined)).toBeNull();
    expect(chosenLine([], undefined, undefined)).toBeNull();
  });

  it('tells nodes of one name apart by their cluster', () => {
    const twin = lines.map((line) => ({ ...line, clusterId: 'c2' }));
    expect(chosenLine([...lines, ...twin], 'hyb-dub-01', 'c2')?.clusterId).toBe('c2');
  });
});

describe('short names', () => {
  it.each([
    ['ip-10-21-5-88.eu-west-3.compute.internal', 'ip-10-21-5-88'],
    ['gke-tools-pool-1-4c7d9f-p5zt', 'gke-tools-pool-1-4c7d9f-p5zt'],
    ['10.0.12.84', '10.0.12.84'],
    ['n1', 'n1'],
  ])('%s is called %s, its end never cut', (name, shown) => {
    const { head, tail } = shortNodeName(name);
    expect(head + tail).toBe(shown);
    expect(tail.length).toBe(Math.min(6, shown.length));
  });
});

describe('who uses a node', () => {
  const node = nodeItems.find((item) => item.node === 'ip-10-0-12-84')!;
  const sum = (users: ReturnType<typeof nodeUsers>) =>
    users.lines.reduce((total, line) => total + (line.watts ?? 0), 0);

  it('adds up to the node, with all pods or with few', async () => {
    const pods = await breakdown({ by: 'pod', node: 'ip-10-0-12-84' });
    const expected = partsTotal(node.parts) / COVERED;
    for (const shown of [0, 1, 2, 50]) {
      const users = nodeUsers(pods, node, COVERED, shown);
      expect(users.total.watts).toBeCloseTo(expected, 6);
      expect(sum(users)).toBeCloseTo(expected, 6);
    }
  });

  it('adds up also where not all pods were loaded', async () => {
    const pods = await breakdown({ by: 'pod', node: 'ip-10-0-12-84' });
    const users = nodeUsers(pods.slice(0, 3), node, COVERED, 8);
    expect(sum(users)).toBeCloseTo(partsTotal(node.parts) / COVERED, 6);
    expect(users.lines.find((line) => line.kind === 'more')?.name).toMatch(/^\d+ more pods$/);
  });

  it('ends with system and unallocated; idle of unallocated is all of it, of system nothing', async () => {
    const users = nodeUsers(await breakdown({ by: 'pod', node: 'ip-10-0-12-84' }), node, COVERED, 2);
    const [system, spare] = users.lines.slice(-2);
    expect(system).toMatchObject({ name: 'System', idleWatts: null });
    expect(system?.watts).toBeCloseTo(6, 6);
    expect(spare?.idleWatts).toBe(spare?.watts);
  });

  it('shows a last single pod by its name in place of "1 more pods"', async () => {
    const pods = await breakdown({ by: 'pod', node: 'ip-10-0-12-84' });
    const count = pods.filter((item) => item.row_kind === 'pod').length;
    expect(nodeUsers(pods, node, COVERED, count - 1).lines.some((line) => line.kind === 'more')).toBe(false);
  });

  it('has no watts where nothing was collected, not 0', () => {
    expect(nodeUsers([], node, 0, 8).total.watts).toBeNull();
  });
});
