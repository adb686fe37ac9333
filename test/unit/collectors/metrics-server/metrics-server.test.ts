import { describe, expect, test } from 'vitest';
import { createMetricsServer, durationSeconds } from '../../../../src/collectors/metrics-server/metrics-server.ts';
import { recordedItems } from '../../../fakes/kubernetes/recordings.ts';
import { fakeApi } from '../fake-api.ts';

/** When the recording was made. */
const NOW = Date.parse('2026-11-21T08:32:00Z') / 1000;
const signal = new AbortController().signal;

describe('metrics.k8s.io as metrics-server answers it', () => {
  test('gives the rate of each node and of the pods that are known to run there', async () => {
    const { api, asked } = fakeApi((path) => recordedItems(path.endsWith('/nodes') ? 'metrics-nodes' : 'metrics-pods'));
    const node = 'dm-b3-16-node-df9263';
    const nodeOf = (pod: string) => (pod.startsWith('catalog/images-') ? node : null);
    const samples = await createMetricsServer(api).sample(nodeOf, NOW, signal);
    expect(samples).toHaveLength(recordedItems('metrics-nodes').length);
    const first = samples.find((sample) => sample.node === 'aks-nodepool1-28000003-vmss000000')!;
    const at = Date.parse('2026-11-21T08:31:52Z') / 1000;
    expect(first.cpu).toMatchObject({ kind: 'rate', atSeconds: at, overSeconds: 14.933 });
    expect(first.cpu?.kind === 'rate' && first.cpu.cores).toBeCloseTo(0.569008746, 12);
    expect(first.pods).toEqual([]);
    const pods = samples.find((sample) => sample.node === node)!.pods;
    expect(pods.length).toBeGreaterThan(3);
    expect(pods.every((pod) => pod.namespace === 'catalog')).toBe(true);
    expect(pods.find((pod) => pod.name === 'images-68986b7f66-4dk4d')).toMatchObject({
      memoryBytes: 38 * 2 ** 20,
      networkReceiveBytes: null,
      claims: [],
    });
    expect(asked.map(({ access }) => [access.apiGroup, access.resource, access.verb])).toEqual([
      ['metrics.k8s.io', 'nodes', 'list'],
      ['metrics.k8s.io', 'pods', 'list'],
    ]);
  });

  test('the containers of a pod add up; one without a figure leaves the pod without', async () => {
    const pod = (name: string, ...containers: (object | undefined)[]) => ({
      metadata: { name, namespace: 'shop' },
      timestamp: '2026-11-21T08:31:50Z',
      window: '1m0s',
      containers: containers.map((usage) => ({ usage })),
    });
    const pods = [
      pod('two', { cpu: '100m', memory: '64Mi' }, { cpu: '250m', memory: '1Gi' }),
      pod('half', { cpu: '100m', memory: '64Mi' }, { memory: '1Gi' }),
      pod('none'),
      { metadata: { name: 'without-namespace' }, containers: [] },
    ];
    const nodes = [{ metadata: { name: 'n' }, usage: { cpu: 'much', memory: '1' }, window: '15s' }, 'x'];
    const { api } = fakeApi((path) => (path.endsWith('/nodes') ? nodes : pods));
    const [sample, ...rest] = await createMetricsServer(api).sample(() => 'n', NOW, signal);
    expect(rest).toEqual([]);
    expect(sample).toMatchObject({ node: 'n', cpu: null, atSeconds: NOW });
    expect(sample!.pods.map(({ name, cpu, memoryBytes }) => [name, cpu, memoryBytes])).toEqual([
      ['two', { kind: 'rate', atSeconds: NOW - 10, cores: 0.35, overSeconds: 60 }, 1_140_850_688],
      ['half', null, 1_140_850_688],
      ['none', null, null],
    ]);
  });
});

test.each([
  ['14.933s', 14.933],
  ['1m0s', 60],
  ['1h2m3.5s', 3723.5],
  ['500ms', 0.5],
  ['0s', null],
  ['', null],
  ['15', null],
  ['soon', null],
  [undefined, null],
] as const)('a window of %s is %s s', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});
