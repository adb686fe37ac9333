import { describe, expect, test } from 'vitest';
import { createKubelets } from '../../../../src/collectors/kubelet/kubelet.ts';
import { readSummary } from '../../../../src/collectors/kubelet/read-summary.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { kubeletSummary } from '../../../fakes/kubernetes/kubelet-summary.ts';
import { fakeApi } from '../fake-api.ts';

const NOW = Date.UTC(2026, 2, 11, 10, 7) / 1000;
const signal = new AbortController().signal;
const summary = (change: Partial<Parameters<typeof kubeletSummary>[0]> = {}) =>
  kubeletSummary({
    node: 'n1',
    atSeconds: NOW - 9.5,
    cpuSeconds: 86_400.25,
    pods: [
      {
        namespace: 'shop',
        name: 'cart-1',
        startSeconds: NOW - 600,
        cpuSeconds: 12.5,
        memoryBytes: 64_000_000,
        networkBytes: 1000,
        claim: { name: 'data', usedBytes: 7_000_000 },
      },
    ],
    ...change,
  });

describe('a summary of a kubelet', () => {
  test('gives counters with the instant of their measurement', () => {
    expect(readSummary(summary(), NOW)).toEqual({
      node: 'n1',
      atSeconds: NOW - 9.5,
      cpu: { kind: 'counter', atSeconds: NOW - 9.5, coreSeconds: 86_400.25 },
      pods: [
        {
          namespace: 'shop',
          name: 'cart-1',
          uid: 'uid-of-cart-1',
          startedAtSeconds: NOW - 600,
          cpu: { kind: 'counter', atSeconds: NOW - 9.5, coreSeconds: 12.5 },
          memoryBytes: 64_000_000,
          networkReceiveBytes: 1000,
          networkTransmitBytes: 2000,
          ephemeralStorageBytes: 40_960,
          claims: [{ namespace: 'shop', claim: 'data', usedBytes: 7_000_000, capacityBytes: 70_000_000 }],
        },
      ],
    });
  });

  test('a clock that is far off is not believed', () => {
    const sample = readSummary(summary({ atSeconds: NOW + 3600 }), NOW);
    expect([sample?.atSeconds, sample?.cpu?.atSeconds]).toEqual([NOW, NOW]);
  });

  test('what is missing or of another form is absent, and costs only itself', () => {
    const raw = {
      node: { nodeName: 'n1', cpu: { time: 'yesterday', usageCoreNanoSeconds: 5e9 } },
      pods: [
        { podRef: { name: 'a', namespace: 'x' }, cpu: { usageCoreNanoSeconds: -1 }, memory: 'lots', network: null },
        { podRef: { name: '' } },
        7,
      ],
    };
    const sample = readSummary(raw, NOW);
    expect(sample?.cpu).toEqual({ kind: 'counter', atSeconds: NOW, coreSeconds: 5 });
    expect(sample?.pods).toHaveLength(1);
    expect(sample?.pods[0]).toMatchObject({ name: 'a', cpu: null, memoryBytes: null, networkReceiveBytes: null });
    const older = { ...raw, pods: [{ podRef: { name: 'a', namespace: 'x' }, network: { rxBytes: 4, txBytes: 5 } }] };
    expect(readSummary(older, NOW)?.pods[0]).toMatchObject({ networkReceiveBytes: 4, networkTransmitBytes: 5 });
  });

  test.each([[null], ['<html>'], [{}], [{ node: {} }]])('%j is none', (raw) => {
    expect(readSummary(raw, NOW)).toBeNull();
  });
});

describe('the way to a kubelet', () => {
  test('leads through the proxy of its node, by the right `nodes/proxy`', async () => {
    const { api, asked } = fakeApi(() => summary());
    const sample = await createKubelets(api).sample('n1.example', NOW, signal);
    expect(sample.node).toBe('n1.example');
    expect(asked).toEqual([
      {
        path: '/api/v1/nodes/n1.example/proxy/stats/summary',
        access: { verb: 'get', resource: 'nodes/proxy', apiGroup: '' },
      },
    ]);
  });

  test('something else in its place is a bad answer; a refusal comes as it is', async () => {
    const odd = createKubelets(fakeApi(() => ({ kind: 'Status' })).api);
    await expect(odd.sample('n1', NOW, signal)).rejects.toMatchObject({ code: 'bad-answer' });
    const refused = fakeApi(() => {
      throw new Failure('forbidden', 'No', { hint: 'nodes/proxy' });
    });
    await expect(createKubelets(refused.api).sample('n1', NOW, signal)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
