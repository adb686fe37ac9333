import { describe, expect, it } from 'vitest';
import type { Series } from '../../../../src/collectors/prometheus/answer.ts';
import { energySeries } from '../../../../src/collectors/prometheus/energy-series.ts';
import { dcgmQuery, keplerGpuQuery } from '../../../../src/collectors/prometheus/gpu-queries.ts';
import { dcgmShares, gpusOf } from '../../../../src/collectors/prometheus/gpu-usage.ts';
import { createSelect } from '../../../../src/collectors/prometheus/matchers.ts';
import { createNodeNames } from '../../../../src/collectors/prometheus/node-names.ts';
import { series } from './fake-client.ts';

// Labels as dcgm-exporter has them (recorded answers of NVIDIA/dcgm-exporter): gpu, UUID, device, modelName, Hostname,
// GPU_I_PROFILE and GPU_I_ID with MIG, container, namespace and pod of the holder; a scrape without honor_labels renames
// the last three to `exported_…` and sets those of the exporter's own pod.
const END = 7200;
const HOUR = 3600;
const names = createNodeNames([], [series({ node: 'gpu-a' }, [END, 1])]);
const nodes = {
  names,
  nodeOfPod: ({ name }: { readonly name: string }) => (name === 'dcgm-exporter-x' ? 'gpu-a' : null),
};
const target = { job: 'dcgm-exporter', instance: '10.244.2.20:9400', modelName: 'Tesla T4', gpu: '0', UUID: 'GPU-a' };
const renamed = {
  ...target,
  namespace: 'gpu-operator',
  pod: 'dcgm-exporter-x',
  container: 'nvidia-dcgm-exporter',
};
const held = { ...renamed, exported_namespace: 'ml', exported_pod: 'train', exported_container: 'app' };

type Figures = Readonly<Partial<Record<'count' | 'watts' | 'utilisation' | 'joules', number>>>;

function card(labels: Readonly<Record<string, string>>, figures: Figures): Series[] {
  return Object.entries(figures).map(([what, value]) => series({ ...labels, what }, [END, value]));
}

function gpus(...all: readonly (readonly Series[])[]) {
  const shares = dcgmShares(all.flat(), nodes).get(END)?.get('gpu-a');
  return shares === undefined ? undefined : gpusOf(shares, HOUR);
}

describe('cards by DCGM', () => {
  it('has power over the time, use, model and holder', () => {
    expect(gpus(card(held, { count: 120, watts: 68.2, utilisation: 74 }))).toEqual([
      {
        card: 'GPU-a',
        model: 'Tesla T4',
        joules: 68.2 * HOUR,
        utilisation: 0.74,
        pod: { namespace: 'ml', name: 'train' },
      },
    ]);
  });

  it('prefers the counter of joules, unless it was scraped for a part of the time only', () => {
    const joules = (counted: number) => gpus(card(held, { count: 120, watts: 68, joules: counted }))?.[0]?.joules;
    expect(joules(69 * HOUR)).toBe(69 * HOUR);
    expect(joules(34 * HOUR)).toBe(68 * HOUR);
    expect(gpus(card(held, { count: 120, joules: 34 * HOUR }))?.[0]?.joules).toBe(34 * HOUR);
  });

  it('knows no joules where only the use is told', () => {
    expect(gpus(card(held, { count: 120, utilisation: 50 }))?.[0]).toMatchObject({ joules: null, utilisation: 0.5 });
  });

  it.each([
    ['renamed labels', held, { namespace: 'ml', name: 'train' }],
    ['kept labels', { ...target, namespace: 'ml', pod: 'train', container: 'app' }, { namespace: 'ml', name: 'train' }],
    ['a free card of renamed labels', renamed, null],
    ['a free card of an exporter known by its container', { ...renamed, pod: 'metrics-7x' }, null],
    ['no pod at all', target, null],
  ])('tells whose it is by %s', (_, labels, pod) => {
    const host = { ...labels, Hostname: 'gpu-a' };
    expect(gpus(card(host, { count: 120, watts: 30 }))?.[0]?.pod).toEqual(pod);
  });

  it('takes pod for the exporter where other cards of the job have renamed labels', () => {
    const free = { ...renamed, pod: 'agent-1', container: 'agent', gpu: '1', UUID: 'GPU-b', Hostname: 'gpu-a' };
    const both = gpus(card(held, { count: 120, watts: 68 }), card(free, { count: 120, watts: 20 }));
    expect(both?.map((gpu) => [gpu.card, gpu.pod?.name])).toEqual([
      ['GPU-a', 'train'],
      ['GPU-b', undefined],
    ]);
  });

  it.each([
    ['a node label', { ...target, node: 'gpu-a', Hostname: 'dcgm-exporter-x' }],
    ['Hostname', { ...target, Hostname: 'gpu-a' }],
    ['the exporter’s pod', { ...renamed, Hostname: 'dcgm-exporter-x' }],
  ])('finds the node by %s', (_, labels) => {
    expect(gpus(card(labels, { count: 1, watts: 1 }))).toHaveLength(1);
  });

  it('leaves cards of no node out', () => {
    expect(gpus(card({ ...target, Hostname: 'elsewhere' }, { count: 1, watts: 1 }))).toBeUndefined();
  });

  it('splits a card that changed hands by how often each hand was seen', () => {
    const tune = { ...held, exported_pod: 'tune' };
    const both = gpus(
      card(held, { count: 30, watts: 100, joules: 90_000 }),
      card(tune, { count: 90, watts: 200, joules: 530_000 }),
    );
    expect(both?.map((gpu) => [gpu.card, gpu.pod?.name, gpu.joules])).toEqual([
      ['GPU-a', 'train', 100 * 900],
      ['GPU-a', 'tune', 200 * 2700],
    ]);
  });

  it('does not count a card once for each of its MIG instances', () => {
    const part = (id: string, pod: string) => ({ ...held, GPU_I_ID: id, GPU_I_PROFILE: '2g.20gb', exported_pod: pod });
    // Each instance carries the joules and watts of the whole card.
    const counted = { count: 120, watts: 60, joules: 60 * HOUR };
    const both = gpus(card(part('3', 'train'), counted), card(part('5', 'tune'), counted));
    expect(both?.map((gpu) => [gpu.card, gpu.pod?.name, gpu.joules])).toEqual([
      ['GPU-a', 'train', 30 * HOUR],
      ['GPU-a', 'tune', 30 * HOUR],
    ]);
    const noGauge = { count: 120, joules: 60 * HOUR };
    expect(gpus(card(part('3', 'train'), noGauge), card(part('5', 'tune'), noGauge))?.[0]?.joules).toBe(30 * HOUR);
  });

  it('counts a card once that two jobs scrape', () => {
    const again = { ...held, job: 'annotated-pods' };
    const both = gpus(card(held, { count: 120, watts: 68 }), card(again, { count: 60, watts: 70 }));
    expect(both?.map((gpu) => gpu.joules)).toEqual([68 * HOUR]);
  });

  it('joins what an exporter that was made anew told before and after', () => {
    const anew = { ...held, instance: '10.244.2.21:9400', pod: 'dcgm-exporter-y', Hostname: 'gpu-a' };
    const first = card({ ...held, Hostname: 'gpu-a' }, { count: 60, joules: 100_000, watts: 60 });
    const both = gpus(first, card(anew, { count: 60, joules: 120_000, watts: 64 }));
    expect(both?.map((gpu) => gpu.joules)).toEqual([220_000]);
  });
});

describe('queries of cards', () => {
  const select = createSelect(['cluster="prod"']);
  const there = (...found: readonly string[]) => energySeries(new Map(found.map((name) => [name, 1])));

  it.each([
    [['DCGM_FI_DEV_POWER_USAGE'], ['count', 'watts']],
    [['DCGM_FI_DEV_GPU_UTIL'], ['count', 'utilisation']],
    [['DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION'], ['count', 'joules']],
    [
      ['DCGM_FI_DEV_POWER_USAGE', 'DCGM_FI_DEV_GPU_UTIL'],
      ['count', 'watts', 'utilisation'],
    ],
  ])('of %j ask for %j only', (found, expected) => {
    const query = dcgmQuery(select, 3600, there(...found));
    expect([...query.matchAll(/"what","(\w+)"/g)].map((match) => match[1])).toEqual(expected);
    expect(query.match(/cluster="prod"/g)).toHaveLength(expected.length);
    for (const name of query.match(/DCGM_FI_DEV_\w+/g) ?? []) expect(found).toContain(name);
  });

  it('ask Kepler for joules of pods where it has them, else for their watts', () => {
    const watts = ['kepler_node_gpu_watts', 'kepler_pod_gpu_watts'];
    expect(keplerGpuQuery(select, 3600, there(...watts))).toContain('podWattSamples');
    const query = keplerGpuQuery(select, 3600, there(...watts, 'kepler_pod_gpu_joules_total'));
    expect(query).toContain('podJoules');
    expect(query).not.toContain('podWattSamples');
    expect(keplerGpuQuery(select, 3600, there('kepler_node_gpu_watts'))).not.toContain('kepler_pod');
  });
});
