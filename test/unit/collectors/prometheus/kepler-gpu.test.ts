import { describe, expect, it } from 'vitest';
import type { Series } from '../../../../src/collectors/prometheus/answer.ts';
import { gpusOfKepler, keplerGpus } from '../../../../src/collectors/prometheus/kepler-gpu.ts';
import { createNodeNames } from '../../../../src/collectors/prometheus/node-names.ts';
import { series } from './fake-client.ts';

// Labels of kepler_node_gpu_watts (gpu, gpu_uuid, gpu_name, vendor), kepler_pod_gpu_watts (pod_id, pod_name,
// pod_namespace, state) and kepler_pod_gpu_joules_total (the same and gpu): power_collector.go and EP-003 of
// sustainable-computing-io/kepler.
const END = 7200;
const HOUR = 3600;
const nodes = { names: createNodeNames([], []), nodeOfPod: () => null };
const target = { job: 'kepler', node_name: 'gpu-a' };

const card = (gpu: string, watts: number): Series[] => {
  const labels = { ...target, gpu, gpu_uuid: `GPU-${gpu}`, gpu_name: 'Tesla T4' };
  return [series({ ...labels, what: 'watts' }, [END, watts]), series({ ...labels, what: 'count' }, [END, 120])];
};
const pod = (name: string, what: string, value: number, more = {}): Series =>
  series({ ...target, pod_name: name, pod_namespace: 'ml', what, ...more }, [END, value]);

function gpus(...all: readonly (Series | readonly Series[])[]) {
  const found = keplerGpus(all.flat(), nodes).get(END)?.get('gpu-a');
  return found === undefined ? undefined : gpusOfKepler(found, HOUR);
}

describe('cards by Kepler', () => {
  it('has a free card in no hand', () => {
    expect(gpus(card('0', 40))).toEqual([
      { card: 'GPU-0', model: 'Tesla T4', joules: 40 * HOUR, utilisation: null, pod: null },
    ]);
  });

  it('gives the whole of a card to the pod that alone used it', () => {
    const found = gpus(card('0', 40), card('1', 10), pod('train', 'podJoules', 50_000, { gpu: '0' }));
    expect(found?.map((gpu) => [gpu.card, gpu.pod?.name, gpu.joules])).toEqual([
      ['GPU-0', 'train', 40 * HOUR],
      ['GPU-1', undefined, 10 * HOUR],
    ]);
    expect(gpus(card('0', 40), pod('train', 'podWattSamples', 1200))?.map((gpu) => gpu.pod?.name)).toEqual(['train']);
  });

  it('gives each of several pods its own and nobody the rest', () => {
    const found = gpus(
      card('0', 40),
      pod('train', 'podJoules', 50_000, { gpu: '0' }),
      pod('tune', 'podJoules', 20_000, { gpu: '0' }),
    );
    expect(found?.map((gpu) => [gpu.pod?.name, gpu.joules])).toEqual([
      ['train', 50_000],
      ['tune', 20_000],
      [undefined, 40 * HOUR - 70_000],
    ]);
  });

  it('never gives pods more than the card drew', () => {
    const found = gpus(
      card('0', 10),
      pod('train', 'podJoules', 60_000, { gpu: '0' }),
      pod('tune', 'podJoules', 20_000, { gpu: '0' }),
    );
    expect(found?.map((gpu) => [gpu.pod?.name, gpu.joules])).toEqual([
      ['train', 27_000],
      ['tune', 9_000],
    ]);
  });

  it('spreads a pod of unknown cards over the cards as they drew', () => {
    // 120 samples of 25 W.
    const found = gpus(card('0', 30), card('1', 10), pod('train', 'podWattSamples', 120 * 25));
    const train = found?.filter((gpu) => gpu.pod !== null) ?? [];
    expect(train.map((gpu) => gpu.joules)).toEqual([0.75 * 25 * HOUR, 0.25 * 25 * HOUR]);
    expect(found?.reduce((sum, gpu) => sum + (gpu.joules ?? 0), 0)).toBe(40 * HOUR);
  });

  it('counts a Kepler once that two jobs scrape, and knows nothing of other nodes', () => {
    const again = card('0', 40).map(({ labels, samples }) => ({ labels: { ...labels, job: 'pods' }, samples }));
    expect(gpus(card('0', 40), pod('train', 'podJoules', 5, { gpu: '0' }), again)?.map((gpu) => gpu.joules)).toEqual([
      40 * HOUR,
    ]);
    expect(keplerGpus(card('0', 40), nodes).get(END)?.get('gpu-b')).toBeUndefined();
  });
});
