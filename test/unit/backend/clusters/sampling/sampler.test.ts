import { describe, expect, test } from 'vitest';
import { MEMORY_SECONDS, Sampler } from '../../../../../src/backend/clusters/sampling/sampler.ts';
import type { NodeSample } from '../../../../../src/core/ports/usage-samples.ts';
import { Failure, type FailureCode } from '../../../../../src/model/failure.ts';
import { FakeCluster } from '../../../../fakes/backend/fake-cluster.ts';
import { ManualTime, settle } from '../../../../fakes/backend/manual-time.ts';

const NOW = Date.UTC(2026, 2, 11, 10) / 1000;
const signal = new AbortController().signal;
const refuses = (code: FailureCode) => () => {
  throw new Failure(code, `It was ${code}.`, { hint: `Hint of ${code}.` });
};

/** A sampler on sources that a test bends; `asked` has what was asked for, in order. */
function bench() {
  const time = new ManualTime(NOW);
  const cluster = new FakeCluster();
  const asked: string[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const made = {
    kubelet: (_node: string): void | Promise<void> => undefined,
    metrics: (): void => undefined,
    metricsNodes: ['n1', 'n2'],
  };
  const sampleOf = (node: string, rate: boolean): NodeSample => {
    const atSeconds = time.nowSeconds();
    const cpu = rate
      ? ({ kind: 'rate', atSeconds, cores: 0.5, overSeconds: 15 } as const)
      : ({ kind: 'counter', atSeconds, coreSeconds: 1.5 * (atSeconds - NOW) } as const);
    const pods = cluster.pods.flatMap((pod) =>
      pod.node !== node
        ? []
        : [
            {
              namespace: pod.namespace,
              name: pod.name,
              uid: null,
              startedAtSeconds: rate ? null : 0,
              cpu,
              memoryBytes: 1e6,
              networkReceiveBytes: null,
              networkTransmitBytes: null,
              ephemeralStorageBytes: null,
              claims: [],
            },
          ],
    );
    return { node, atSeconds, cpu, pods };
  };
  const sampler = new Sampler({
    clock: time,
    timers: time,
    random: () => 0.5,
    kubelets: {
      sample: async (node) => {
        asked.push(node);
        atOnce += 1;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        try {
          await made.kubelet(node);
          return sampleOf(node, false);
        } finally {
          atOnce -= 1;
        }
      },
    },
    metricsServer: {
      sample: async () => {
        asked.push('metrics');
        made.metrics();
        return made.metricsNodes.map((node) => sampleOf(node, true));
      },
    },
  });
  return { time, cluster, asked, sampler, made, most: () => mostAtOnce };
}
const window = (index: number) => ({ startSeconds: NOW + index * 300, endSeconds: NOW + (index + 1) * 300 });

describe('the sampler', () => {
  test('asks each kubelet once a minute from the first moment, and answers windows of it', async () => {
    const { sampler, time, cluster, asked } = bench();
    expect(sampler.standing).toBe('resting');
    sampler.watch(['n1', 'n2'], cluster.inventory());
    await sampler.roundDone(1000, signal);
    expect([asked, sampler.standing]).toEqual([['n1', 'n2'], 'kubelet']);
    await time.advance(360);
    expect(asked).toHaveLength(14);
    const usage = sampler.usage(window(0));
    expect(usage.get('n1')?.node).toMatchObject({ cpuSource: 'kubelet', cpuSeconds: 450, coveredSeconds: 300 });
    expect(usage.get('n2')?.pods.map((pod) => pod.name)).toEqual(['jobs-nightly-1']);
    expect(sampler.notices).toEqual([]);
    sampler.close();
  });

  test('rests while nothing is to be watched, and keeps what it knows', async () => {
    const { sampler, time, cluster, asked } = bench();
    sampler.watch(['n1'], cluster.inventory());
    await time.advance(300);
    sampler.watch([], cluster.inventory());
    const before = asked.length;
    await time.advance(600);
    expect([asked.length, sampler.standing, time.waiting]).toEqual([before, 'resting', 0]);
    expect(sampler.usage(window(0)).get('n1')?.node.coveredSeconds).toBe(300);
    sampler.watch(['n1'], cluster.inventory());
    await time.advance(MEMORY_SECONDS + 300);
    expect(sampler.usage(window(0)).size).toBe(0);
    sampler.close();
    expect(time.waiting).toBe(0);
  });

  test('asks at most four at once', async () => {
    const { sampler, cluster, made, most } = bench();
    made.kubelet = () => settle(2);
    sampler.watch(
      Array.from({ length: 30 }, (_, index) => `n${index}`),
      cluster.inventory(),
    );
    await settle();
    await sampler.roundDone(1000, signal);
    expect(most()).toBe(4);
    sampler.close();
  });

  test('a missing right is asked for once in ten minutes, and metrics.k8s.io serves meanwhile', async () => {
    const { sampler, time, cluster, asked, made } = bench();
    made.kubelet = refuses('forbidden');
    sampler.watch(['n1', 'n2'], cluster.inventory());
    await time.advance(361);
    const kubeletsAsked = asked.filter((name) => name !== 'metrics').length;
    // Both were under way when the first one was refused.
    expect(kubeletsAsked).toBeLessThanOrEqual(2);
    expect(asked.filter((name) => name === 'metrics')).toHaveLength(7);
    expect(sampler.standing).toBe('metrics-server');
    expect(sampler.usage(window(0)).get('n1')?.node).toMatchObject({ cpuSource: 'metrics-server', cpuSeconds: 150 });
    expect(sampler.notices).toEqual([
      {
        code: 'kubelet-forbidden',
        severity: 'info',
        message: 'It was forbidden. metrics.k8s.io is asked instead.',
        hint: 'Hint of forbidden.',
      },
    ]);
    made.kubelet = () => undefined;
    await time.advance(600);
    expect([sampler.standing, sampler.notices]).toEqual(['kubelet', []]);
    sampler.close();
  });

  test('one kubelet that fails takes only its own node to the next rung', async () => {
    const { sampler, time, cluster, made, asked } = bench();
    made.kubelet = (node) => (node === 'n2' ? refuses('unreachable')() : undefined);
    sampler.watch(['n1', 'n2'], cluster.inventory());
    await time.advance(360);
    const usage = sampler.usage(window(0));
    expect([usage.get('n1')?.node.cpuSource, usage.get('n2')?.node.cpuSource]).toEqual(['kubelet', 'metrics-server']);
    expect(asked.filter((name) => name === 'n2').length).toBeLessThan(4);
    expect(sampler.standing).toBe('kubelet');
    sampler.close();
  });

  test('without any of them it says so once, with both ways out, and asks seldom', async () => {
    const { sampler, time, cluster, made, asked } = bench();
    made.kubelet = refuses('not-found');
    made.metrics = refuses('not-found');
    sampler.watch(['n1', 'n2'], cluster.inventory());
    await time.advance(540);
    expect([sampler.standing, asked]).toEqual(['requests', ['n1', 'n2', 'metrics']]);
    const notice = sampler.notices.find(({ code }) => code === 'usage-by-requests');
    expect(notice?.message).toMatch(/no metrics\.k8s\.io \(metrics-server\)\. Nodes count at idle power/);
    expect(notice?.hint).toMatch(/Install metrics-server.*resources \["nodes\/proxy"\]/);
    await time.advance(7200);
    expect(asked.length).toBeLessThan(20);
    sampler.close();
  });

  test('a node that neither knows is counted in the words', async () => {
    const { sampler, cluster, made } = bench();
    made.kubelet = (node) => (node === 'n1' ? undefined : refuses('timeout')());
    made.metrics = refuses('forbidden');
    sampler.watch(['n1', 'n2'], cluster.inventory());
    await sampler.roundDone(1000, signal);
    expect(sampler.notices.map(({ code, message }) => [code, message])).toEqual([
      ['kubelet-failed', 'Some kubelets gave no statistics. It was timeout.'],
      ['metrics-server-failed', 'It was forbidden. 1 of 2 nodes count at idle power, shared by the requests of pods.'],
    ]);
    sampler.close();
  });

  test('waits no longer for a round than it is told to, nor than its caller', async () => {
    const { sampler, time, cluster, made } = bench();
    const { promise, resolve } = Promise.withResolvers<void>();
    made.kubelet = () => promise;
    sampler.watch(['n1'], cluster.inventory());
    const waited = sampler.roundDone(5000, signal);
    await time.advance(5);
    await waited;
    const gone = new AbortController();
    gone.abort();
    await sampler.roundDone(5000, gone.signal);
    resolve();
    await settle();
    expect(sampler.standing).toBe('kubelet');
    sampler.close();
  });
});
