import { describe, expect, it } from 'vitest';
import type { Series } from '../../../../src/collectors/prometheus/answer.ts';
import { energySeries } from '../../../../src/collectors/prometheus/energy-series.ts';
import { createSelect } from '../../../../src/collectors/prometheus/matchers.ts';
import { createNodeNames } from '../../../../src/collectors/prometheus/node-names.ts';
import { readEnergy } from '../../../../src/collectors/prometheus/read-energy.ts';
import { EMPTY_INVENTORY } from '../../../fixtures/prometheus/inventory.ts';
import { series } from './fake-client.ts';

const END = 7200;

async function read(there: readonly string[], answer: (query: string) => readonly Series[] = () => []) {
  const asked: string[] = [];
  const energy = await readEnergy(
    {
      select: createSelect([]),
      windowSeconds: 3600,
      inventory: EMPTY_INVENTORY,
      edgePods: [],
      names: createNodeNames([], []),
      nodeOfPod: () => null,
      ask: async (query) => {
        asked.push(query);
        return answer(query);
      },
      askTimes: async (query) => {
        asked.push(query);
        return [];
      },
    },
    energySeries(new Map(there.map((name) => [name, 1]))),
  );
  return { energy, asked };
}

describe('readEnergy', () => {
  it('asks nothing where nothing is there', async () => {
    const { energy, asked } = await read([]);
    expect(asked).toEqual([]);
    expect(energy).toMatchObject({ kepler: [], volumes: null });
    expect(energy.gpus(END, 'a', 3600)).toBeNull();
  });

  it.each([
    [['DCGM_FI_DEV_POWER_USAGE'], 1],
    [['kepler_node_gpu_watts'], 1],
    [['kube_persistentvolumeclaim_info'], 7],
    [['kube_persistentvolumeclaim_info', 'kubelet_volume_stats_used_bytes'], 8],
    [['kepler_node_cpu_active_joules_total'], 2],
  ])('asks of %j only what it has', async (there, count) => {
    expect((await read(there)).asked).toHaveLength(count);
  });

  it('takes Kepler’s view of the cards of nodes that DCGM does not know', async () => {
    const { energy } = await read(['DCGM_FI_DEV_POWER_USAGE', 'kepler_node_gpu_watts'], (query) =>
      query.includes('DCGM')
        ? [series({ node: 'a', UUID: 'GPU-a', what: 'watts' }, [END, 50])]
        : ['a', 'b'].map((node) => series({ node_name: node, gpu: '0', gpu_uuid: 'GPU-k', what: 'watts' }, [END, 70])),
    );
    expect(energy.gpus(END, 'a', 3600)?.map((gpu) => [gpu.card, gpu.joules])).toEqual([['GPU-a', 180_000]]);
    expect(energy.gpus(END, 'b', 3600)?.map((gpu) => [gpu.card, gpu.joules])).toEqual([['GPU-k', 252_000]]);
    expect(energy.gpus(END, 'c', 3600)).toBeNull();
  });
});
