import { beforeAll, describe, expect, test } from 'vitest';
import { findGpu } from '../../../../src/collectors/tables/gpu-index.ts';
import type { CoefficientTables } from '../../../../src/collectors/tables/index.ts';
import { loadTables, nodeAt, sourcesOf } from './load.ts';

let tables: CoefficientTables;
beforeAll(async () => {
  tables = await loadTables();
});

describe('a card', () => {
  test.each([
    ['NVIDIA-A100-SXM4-40GB', 'A100 SXM4 40GB'],
    ['NVIDIA A100-SXM4-80GB', 'A100 SXM4 80GB'],
    ['NVIDIA-A100-SXM4-40GB-SHARED', 'A100 SXM4 40GB'],
    ['NVIDIA-A100-SXM4-40GB-MIG-1g.5gb', 'A100 SXM4 40GB'],
    ['NVIDIA-A100-80GB-PCIe', 'A100 PCIe 80GB'],
    ['nvidia-a100-80gb', 'A100 SXM4 80GB'],
    ['Tesla-T4', 'T4'],
    ['nvidia-tesla-t4', 'T4'],
    ['nvidia-tesla-v100', 'Tesla V100'],
    ['NVIDIA-H100-80GB-HBM3', 'H100 SXM5 80GB'],
    ['l40s', 'L40S'],
    ['NVIDIA-L4', 'L4'],
    ['AMD Instinct MI300X', 'Instinct MI300X'],
  ])('that is called %s is %s', (name, model) => {
    expect(findGpu(tables.gpus, name)?.model).toBe(model);
  });

  test.each(['NVIDIA-GeForce-RTX-3090', 'RTX 6000 Ada', 'A1000', 'T400', 'nvidia', ''])(
    'that is called %s is not known',
    (name) => {
      expect(findGpu(tables.gpus, name)).toBeNull();
    },
  );
});

describe('the cards of a node', () => {
  const gpuFor = (changes: Parameters<typeof nodeAt>[0]) => sourcesOf(tables).power.gpuFor(nodeAt(changes));

  test('are none where it has none', async () => {
    expect(await gpuFor({ instanceType: 'm5.large' })).toBeNull();
  });

  test('are what the label says, also where the type is not known', async () => {
    const labels = { 'nvidia.com/gpu.product': 'NVIDIA-H100-80GB-HBM3' };
    const gpu = await gpuFor({ provider: 'onprem', gpuCount: 8, labels });
    expect(gpu).toMatchObject({ model: 'H100 SXM5 80GB', tdpWatts: 700, isKnown: true });
    expect(gpu).not.toHaveProperty('cardCount');
  });

  test.each([
    ['cloud.google.com/gke-accelerator', 'nvidia-l4', 72],
    ['k8s.amazonaws.com/accelerator', 'nvidia-tesla-v100', 300],
    ['karpenter.k8s.aws/instance-gpu-name', 't4', 70],
  ])("are read from a provider's own label %s", async (label, value, tdpWatts) => {
    expect(await gpuFor({ gpuCount: 1, labels: { [label]: value } })).toMatchObject({ tdpWatts });
  });

  test('are those of the type without a label, as many as the type has', async () => {
    expect(await gpuFor({ instanceType: 'p4d.24xlarge', gpuCount: 0 })).toMatchObject({
      model: 'A100 SXM4 40GB',
      tdpWatts: 400,
      cardCount: 8,
    });
  });

  test('of no known model are a general card, less sure', async () => {
    const known = await gpuFor({ gpuCount: 1, labels: { 'nvidia.com/gpu.product': 'Tesla-T4' } });
    const unknown = await gpuFor({ gpuCount: 1, labels: { 'nvidia.com/gpu.product': 'NVIDIA-GeForce-RTX-3090' } });
    expect(unknown).toMatchObject({ model: 'NVIDIA-GeForce-RTX-3090', tdpWatts: 300, isKnown: false });
    for (const source of ['utilisation', 'assumed'] as const) {
      expect(unknown?.factors[source].low).toBeLessThan(known?.factors[source].low ?? 0);
      expect(unknown?.factors[source].high).toBeGreaterThan(known?.factors[source].high ?? 0);
    }
    expect(unknown?.factors.measured).toEqual(known?.factors.measured);
    expect(await gpuFor({ gpuCount: 1 })).toMatchObject({ model: null, isKnown: false });
  });

  test("stay in the type's watts where they can't be told apart", async () => {
    const type = [...tables.instances.instances.values()].find(
      ({ power }) => power.gpuCount > 0 && power.gpuModel === null,
    );
    const node = nodeAt({ provider: 'azure', instanceType: type?.power.instanceType ?? '', gpuCount: 1 });
    expect(await sourcesOf(tables).power.gpuFor(node)).toBeNull();
    expect((await sourcesOf(tables).power.curveFor(node)).flags.join(' ')).toContain('accelerators');
  });
});
