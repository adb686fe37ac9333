import { describe, expect, it } from 'vitest';
import type { Series } from '../../../../src/collectors/prometheus/answer.ts';
import { energySeries } from '../../../../src/collectors/prometheus/energy-series.ts';
import { createSelect } from '../../../../src/collectors/prometheus/matchers.ts';
import { createNodeNames } from '../../../../src/collectors/prometheus/node-names.ts';
import { type ExporterTools, readKepler } from '../../../../src/collectors/prometheus/read-kepler.ts';
import { EMPTY_INVENTORY } from '../../../fixtures/prometheus/inventory.ts';
import { series } from './fake-client.ts';

// Labels as Kepler has them: docs/user/metrics.md of sustainable-computing-io/kepler for 0.10, pkg/metrics/consts and
// pkg/metrics/metricfactory there for 0.9 (whose scrape renames `instance` to `exported_instance`).
const END = 7200;
const CURRENT = 'kepler_node_cpu_active_joules_total';
const LEGACY = 'kepler_node_package_joules_total';
const target = { job: 'kepler', instance: '10.244.1.9:28282', namespace: 'kepler', pod: 'kepler-x' };
const node = (zone: string, what: string, joules: number, more = {}): Series =>
  series({ ...target, node_name: 'node-a', zone, what, ...more }, [END, joules]);

interface Given {
  readonly there: readonly string[];
  readonly nodes: readonly Series[];
  readonly pods?: Readonly<Record<string, readonly Series[]>>;
  readonly edges?: readonly Series[];
  readonly edgePods?: readonly string[];
}

async function read({ there, nodes, pods = {}, edges = [], edgePods = ['web'] }: Given) {
  const asked: string[] = [];
  const tools: ExporterTools = {
    select: createSelect([]),
    windowSeconds: 3600,
    inventory: EMPTY_INVENTORY,
    edgePods,
    names: createNodeNames([], [series({ node: 'node-a' }, [END, 1]), series({ node: 'node-b' }, [END, 1])]),
    nodeOfPod: ({ name }) => (name === 'api' ? 'node-b' : null),
    async ask(query) {
      asked.push(query);
      if (/_cpu_idle_joules_total|kepler_node_package/.test(query)) return nodes;
      if (query.includes('"what","head"')) return edges;
      return Object.entries(pods).find(([zone]) => query.includes(zone))?.[1] ?? [];
    },
    askTimes: async () => [series({ ...target, node_name: 'node-a' }, [3600, 3600], [3660, 3660])],
  };
  return { kepler: await readKepler(tools, energySeries(new Map(there.map((name) => [name, 1])))), asked };
}

describe('readKepler', () => {
  it('asks nothing where there is no Kepler', async () => {
    const { kepler, asked } = await read({ there: ['kube_pod_info'], nodes: [] });
    expect(kepler).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('asks for pods by the zone that counts for some node, and by no other', async () => {
    const pod = series({ ...target, node_name: 'node-a', pod_name: 'web', pod_namespace: 'shop' }, [END, 12]);
    const { kepler, asked } = await read({
      there: [CURRENT],
      nodes: [
        node('package', 'active', 20),
        node('package', 'idle', 30),
        node('dram', 'active', 2),
        node('dram', 'idle', 3),
      ],
      pods: { 'package|dram': [pod] },
    });
    expect(asked).toHaveLength(3);
    expect(asked.join()).not.toMatch(/zone=~"psys"/);
    expect(kepler[0]?.exporter).toBe('kepler');
    expect(kepler[0]?.zoneOf(END, 'node-a')).toEqual({
      zone: 'package',
      activeJoules: 22,
      idleJoules: 33,
      isModelled: false,
    });
    expect(kepler[0]?.zoneOf(END, 'node-b')).toBeNull();
    expect(kepler[0]?.times.get('node-a')).toEqual([3600, 3660]);
    expect([...(kepler[0]?.podJoules('package', END) ?? [])]).toEqual([['shop/web@node-a', 12]]);
    expect(kepler[0]?.podJoules('platform', END).size).toBe(0);
  });

  it('asks for both zones where nodes differ', async () => {
    const { asked } = await read({
      there: [CURRENT],
      nodes: [
        node('package', 'active', 20),
        node('package', 'idle', 30),
        node('platform', 'active', 40, { node_name: 'node-b' }),
        node('platform', 'idle', 50, { node_name: 'node-b' }),
      ],
    });
    expect(asked).toHaveLength(5);
  });

  it('asks for no pods where no node has a meter that moved', async () => {
    const { asked, kepler } = await read({
      there: [CURRENT],
      nodes: [node('package', 'active', 0), node('package', 'idle', 0)],
    });
    expect(asked).toHaveLength(1);
    expect(kepler[0]?.zoneOf(END, 'node-a')).toBeNull();
  });

  it('gives what is missing at the edges by its kind', async () => {
    const edge = (what: string, joules: number): Series =>
      series({ ...target, node_name: 'node-a', pod_name: 'web', pod_namespace: 'shop', what }, [END, joules]);
    const { kepler } = await read({
      there: [CURRENT],
      nodes: [node('package', 'active', 20), node('package', 'idle', 30)],
      edges: [edge('head', 5), edge('tail', -2)],
    });
    expect(kepler[0]?.podEdge('package', 'head', END, 'shop/web@node-a')).toBe(5);
    expect(kepler[0]?.podEdge('package', 'tail', END, 'shop/web@node-a')).toBe(-2);
    expect(kepler[0]?.podEdge('package', 'whole', END, 'shop/web@node-a')).toBe(0);
  });

  it('asks for edges only of pods that have one, a hundred at a time', async () => {
    const nodes = [node('package', 'active', 20), node('package', 'idle', 30)];
    const edgesOf = async (edgePods: readonly string[]) =>
      (await read({ there: [CURRENT], nodes, edgePods })).asked.filter((query) => query.includes('"what","head"'));
    expect(await edgesOf([])).toEqual([]);
    const many = await edgesOf(Array.from({ length: 101 }, (_, index) => `job-${index}`));
    expect(many).toHaveLength(2);
    expect(many[1]).toContain('pod_name=~"job-100"');
  });

  it('reads 0.9 beside 0.10: nodes by exported_instance, pods by where they were', async () => {
    const own = { job: 'kepler-exporter', instance: '10.244.2.9:9102', source: 'rapl-sysfs' };
    const legacy = (what: string, joules: number): Series =>
      series({ ...own, exported_instance: 'node-b', zone: 'package', what }, [END, joules]);
    const { kepler } = await read({
      there: [CURRENT, LEGACY],
      nodes: [legacy('active', 18), legacy('idle', 25)],
      pods: {
        kepler_container_package: [
          series({ ...own, pod_name: 'api', pod_namespace: 'shop' }, [END, 9]),
          series({ ...own, pod_name: '', pod_namespace: '' }, [END, 99]),
        ],
      },
    });
    expect(kepler.map(({ exporter }) => exporter)).toEqual(['kepler', 'kepler-legacy']);
    expect(kepler[1]?.zoneOf(END, 'node-b')).toMatchObject({ activeJoules: 18, idleJoules: 25, isModelled: false });
    expect([...(kepler[1]?.podJoules('package', END) ?? [])]).toEqual([['shop/api@node-b', 9]]);
  });
});
