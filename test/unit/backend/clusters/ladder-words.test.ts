import { describe, expect, test } from 'vitest';
import {
  energyStep,
  kubernetesStep,
  usageStep,
  withoutPrometheusStep,
} from '../../../../src/backend/clusters/check-steps.ts';
import {
  type ConnectionFacts,
  connectionSources,
  meteredNodes,
} from '../../../../src/backend/clusters/connection-sources.ts';
import { filledNotice, refusedHint } from '../../../../src/backend/clusters/ladder-notices.ts';
import type { FoundMetrics } from '../../../../src/backend/clusters/metrics-source.ts';
import { probeRung } from '../../../../src/backend/clusters/sampling/probe-rung.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { kubeletSummary } from '../../../fakes/kubernetes/kubelet-summary.ts';
import { fakeApi } from '../../collectors/fake-api.ts';

const absent = new Failure('not-found', 'No Prometheus was found', { hint: 'Install it.' });
const forbidden = new Failure('forbidden', 'Not allowed.', { hint: 'Ask for nodes/proxy.' });
const cluster = new FakeCluster();
const signal = new AbortController().signal;
const found = (probe: Partial<FoundMetrics['probe']>) => ({ probe, description: 'monitoring/p' }) as FoundMetrics;

describe('steps of a check', () => {
  test('Kubernetes: what is there, or the worst that is missing', () => {
    const inventory = cluster.inventory();
    expect(kubernetesStep(cluster.identity, inventory).detail).toBe('2 nodes, 3 pods, Kubernetes v1.34.0');
    expect(kubernetesStep({ ...cluster.identity, serverVersion: null }, inventory).detail).toBe('2 nodes, 3 pods');
    const notices = [
      { code: 'a', severity: 'info', message: 'Little', hint: null },
      { code: 'b', severity: 'warning', message: 'Much', hint: 'Do.' },
    ] as const;
    expect(kubernetesStep(cluster.identity, { ...inventory, notices })).toEqual({
      state: 'partial',
      detail: 'Much',
      hint: 'Do.',
    });
  });

  test('usage: with containers, without, and without Prometheus by each rung', () => {
    expect(usageStep(found({ hasCadvisor: true }))).toMatchObject({ state: 'passed', detail: 'monitoring/p' });
    expect(usageStep(found({ hasCadvisor: false }))).toMatchObject({ state: 'partial' });
    const step = (standing: 'kubelet' | 'metrics-server' | 'requests') =>
      withoutPrometheusStep(absent, { standing, failure: standing === 'kubelet' ? null : forbidden });
    expect(step('kubelet')).toEqual({
      state: 'partial',
      detail: 'No Prometheus was found. Usage is read from the kubelets, from now on.',
      hint: 'Install it.',
    });
    expect(step('metrics-server').detail).toMatch(/from metrics\.k8s\.io/);
    expect(step('requests')).toMatchObject({
      detail: expect.stringMatching(/requests and nodes at idle power/),
      hint: 'Install it. Ask for nodes/proxy.',
    });
  });

  test('energy: the form of Kepler, the cards, or how to measure', () => {
    const words = (probe: Partial<FoundMetrics['probe']>) => energyStep(found(probe));
    expect(words({ hasKepler: true, keplerVersion: 'current' })).toMatchObject({
      state: 'passed',
      detail: expect.stringMatching(/Kepler 0\.10 or newer/),
    });
    expect(words({ hasKepler: true, keplerVersion: 'legacy', hasGpuMetrics: true }).detail).toMatch(
      /Kepler 0\.9 or older.*cards are measured/,
    );
    expect(words({ hasKepler: false })).toMatchObject({
      state: 'partial',
      hint: expect.stringMatching(/Install Kepler/),
    });
    expect(energyStep(null)).toMatchObject({ state: 'partial', hint: 'Kepler is read through Prometheus.' });
  });
});

describe('the rung that a check finds', () => {
  const summary = kubeletSummary({ node: 'n1', atSeconds: 0, cpuSeconds: 1, pods: [] });
  const probe = (answer: (path: string) => unknown) => probeRung(fakeApi(answer).api, cluster.inventory(), 0, signal);
  const fails = (failure: Failure) => () => {
    throw failure;
  };

  test('is the first that answers, with the first refusal', async () => {
    expect(await probe(() => summary)).toEqual({ standing: 'kubelet', failure: null });
    const metrics = await probe((path) => (path.includes('/proxy/') ? fails(forbidden)() : []));
    expect(metrics).toEqual({ standing: 'metrics-server', failure: forbidden });
    expect(await probe(fails(forbidden))).toEqual({ standing: 'requests', failure: forbidden });
  });

  test('a caller that left ends it', async () => {
    const gone = new AbortController();
    gone.abort();
    const { api } = fakeApi(fails(forbidden));
    await expect(probeRung(api, cluster.inventory(), 0, gone.signal)).rejects.toBe(forbidden);
  });
});

describe('words', () => {
  test('a missing right is asked for by its rule, anything else by both ways', () => {
    expect(refusedHint(forbidden)).toBe('Ask for nodes/proxy.');
    expect(refusedHint(absent)).toMatch(/Install metrics-server.*nodes\/proxy/);
    expect(refusedHint(null)).toBe(refusedHint(absent));
  });

  test('what was filled is named by a node and a number', () => {
    const reading = cluster.reading({ startSeconds: 0, durationSeconds: 300 });
    expect(filledNotice([], reading)).toBeNull();
    expect(filledNotice(['n1', 'n2', 'n3'], reading)?.message).toMatch(/\(n1 and 2 more\).*metrics\.k8s\.io/);
  });
});

describe('sources of a connection', () => {
  const cost = { id: 'opencost', state: 'waiting', message: null, hint: null, lastGoodAtSeconds: null } as const;
  const facts: ConnectionFacts = {
    metrics: null,
    failure: null,
    lastGoodAtSeconds: null,
    sampler: { standing: 'resting', notices: [], lastGoodAtSeconds: null },
    metered: null,
    cost,
  };
  const states = (change: Partial<ConnectionFacts>) =>
    Object.fromEntries(connectionSources({ ...facts, ...change }).map(({ id, state }) => [id, state]));

  test('before anything was asked all wait', () => {
    const waiting = { prometheus: 'waiting', kubelet: 'waiting', kepler: 'waiting', opencost: 'waiting' };
    expect(states({})).toEqual(waiting);
  });

  test('a Prometheus that never was there is not set up; one that was has failed', () => {
    expect(states({ failure: absent }).prometheus).toBe('not-set-up');
    expect(states({ failure: absent, lastGoodAtSeconds: 5 }).prometheus).toBe('failed');
    expect(states({ failure: forbidden }).prometheus).toBe('failed');
    expect(states({ metrics: found({ hasKepler: true }) })).toMatchObject({ prometheus: 'working', kepler: 'working' });
    expect(states({ metrics: found({ hasKepler: false }) }).kepler).toBe('not-set-up');
  });

  test('of the newest reading it is known how many nodes are measured; what Kepler models is not', () => {
    const { nodes } = cluster.reading({ startSeconds: 0, durationSeconds: 300 });
    const meter = { exporter: 'kepler', zone: 'package', activeJoules: 1, idleJoules: 1, isModelled: false } as const;
    const metered = meteredNodes({
      nodes: [...nodes, { ...nodes[0]!, meter }, { ...nodes[0]!, meter: { ...meter, isModelled: true } }],
    });
    expect(metered).toEqual({ measured: 1, all: 4 });
    const metrics = found({ hasKepler: true });
    const messages = [null, metered].map(
      (each) => connectionSources({ ...facts, metrics, metered: each }).find(({ id }) => id === 'kepler')?.message,
    );
    expect(messages).toEqual(['Energy is measured where Kepler runs', 'Energy is measured on 1 of 4 nodes']);
  });

  test('kubelets work, or say by their notice why not', () => {
    const sampler = (standing: 'kubelet' | 'requests') => ({
      standing,
      notices: [{ code: 'x', severity: 'warning', message: 'Refused', hint: 'Ask.' }] as const,
      lastGoodAtSeconds: 7,
    });
    expect(states({ sampler: sampler('kubelet') }).kubelet).toBe('working');
    const refused = connectionSources({ ...facts, sampler: sampler('requests') }).find(({ id }) => id === 'kubelet');
    expect(refused).toEqual({ id: 'kubelet', state: 'failed', message: 'Refused', hint: 'Ask.', lastGoodAtSeconds: 7 });
  });
});
