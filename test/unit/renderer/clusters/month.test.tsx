import { ORPCError } from '@orpc/client';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
// Loaded before the first test, which would otherwise wait for it.
import '../../../../src/renderer/features/clusters/ClustersPage.tsx';
import type { Breakdown } from '../../../../src/contract/schemas/metrics.ts';
import { providerName, shortVersion } from '../../../../src/renderer/app/kubernetes/provider-names.ts';
import { descriptionOf } from '../../../../src/renderer/features/clusters/cluster-words.ts';
import { monthTotals } from '../../../../src/renderer/features/clusters/totals.ts';
import { clusters, contexts } from '../../../fakes/client/answers.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { kubeCluster, kubernetesAnswers } from '../../../fakes/router/kubernetes-answers.ts';

// Whole pages take their time on a busy machine; what never comes still fails.
configure({ asyncUtilTimeout: 5000 });

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-19T13:58:00Z'), toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const figures = {
  co2e_grams: 40_000,
  co2e_low_grams: 30_000,
  co2e_high_grams: 50_000,
  embodied_co2e_grams: 8_200,
  embodied_low_grams: 6_100,
  embodied_high_grams: 10_000,
  total_cost: 1204,
};
const item = (cluster_id: string, part: object = {}) => ({ key: cluster_id, cluster_id, ...figures, ...part });
const breakdown = (...items: object[]) => ({ by: 'cluster', items }) as unknown as Breakdown;
const refuse = (message: string) => async () => {
  throw new ORPCError('X', { message, data: { failure: 'timeout', hint: null } });
};

const metrics = (answer: () => Promise<Breakdown>): FakeOperations => ({ metrics: { breakdown: answer } });
const card = async (name: string) => within(await screen.findByRole('region', { name }));

describe('the figures of the month', () => {
  it('come by one call for all clusters, from the first of the month, UTC', async () => {
    const { calls } = renderApp(
      '/clusters?tz=Asia/Tokyo&last=30d',
      metrics(async () => breakdown(item('c-eu'), item('c-us', { total_cost: 90 }))),
    );
    expect(await (await card('prod-eu-west-1')).findByText('48.2 kg')).toBeTruthy();
    expect(calls.filter(({ operation }) => operation === 'metrics.breakdown')).toEqual([
      {
        operation: 'metrics.breakdown',
        input: { by: 'cluster', start: '2026-11-01T00:00:00Z', limit: 1000 },
      },
    ]);
  });

  it('stand on the card with their range and their name', async () => {
    renderApp(
      '/clusters?tz=UTC',
      metrics(async () => breakdown(item('c-eu'))),
    );
    const eu = await card('prod-eu-west-1');
    const words = 'November so far: 48.2 kg (36.1–60.0), €1,204';
    await waitFor(() => expect(eu.getByText(/^November so far/).textContent).toBe(words));
    expect(eu.getByTitle('48,200 g CO₂e').textContent).toBe('48.2 kg');
  });

  it('a cluster without any says so, and the sum is not made up', async () => {
    renderApp(
      '/clusters?tz=UTC',
      metrics(async () => breakdown(item('c-eu'))),
    );
    const us = await card('prod-us-east-1');
    expect(await us.findByText('November so far: no data')).toBeTruthy();
    const table = within(await screen.findByRole('table', { name: 'All collecting clusters' }));
    const header = table.getAllByRole('columnheader').map(({ textContent }) => textContent);
    const column = header.indexOf('November, kg CO₂e');
    const cells = (row: number) => within(table.getAllByRole('row')[row]!).getAllByRole('cell')[column]?.textContent;
    expect([cells(1), cells(2), cells(3)]).toEqual(['no data', '48.2', 'no data']);
  });

  it('are added up where all are known', async () => {
    renderApp(
      '/clusters?tz=UTC',
      metrics(async () => breakdown(item('c-eu'), item('c-us'))),
    );
    const table = within(await screen.findByRole('table', { name: 'All collecting clusters' }));
    await waitFor(() => expect(table.getAllByRole('row').at(-1)?.textContent).toContain('96.4'));
    expect(table.getAllByRole('row').at(-1)?.textContent).toContain('2,408');
  });

  it('that can not be read say why, and leave the rest', async () => {
    renderApp('/clusters?tz=UTC', metrics(refuse('It took too long')));
    const eu = await card('prod-eu-west-1');
    expect(await eu.findByText('November so far: It took too long')).toBeTruthy();
    expect(eu.getByText('28.9–42.6')).toBeTruthy();
  });

  it('are not asked for where no cluster has figures', async () => {
    const { calls } = renderApp('/clusters', {
      clusters: { list: async () => ({ ...clusters, clusters: [] }) },
      ...metrics(async () => breakdown()),
    });
    await card('kind-local');
    expect(calls.some(({ operation }) => operation === 'metrics.breakdown')).toBe(false);
  });
});

describe('sums of the month', () => {
  const known = (grams: number, cost: number) => ({ grams, lowGrams: 0, highGrams: 0, cost });
  it('are null where one is missing, and where nothing is known', () => {
    const all = new Map([['a', known(10, 1)]]);
    expect(monthTotals([{ id: 'a' }], { figures: all })).toEqual({ grams: 10, cost: 1, mostGrams: 10 });
    expect(monthTotals([{ id: 'a' }, { id: 'b' }], { figures: all })).toMatchObject({ grams: null, mostGrams: 10 });
    expect(monthTotals([{ id: 'a' }], { figures: null })).toEqual({ grams: null, cost: null, mostGrams: 0 });
  });
});

describe('what the registry knows of a card', () => {
  const entry = { ...kubeCluster, id: 'c-eu' };
  const show = (k8s: FakeOperations['k8s'] = {}) =>
    renderApp('/clusters?tz=UTC', {
      ...metrics(async () => breakdown()),
      k8s: {
        clusters: async () => ({ clusters: [entry], total: 1, limit: 500, offset: 0 }),
        health: async () => kubernetesAnswers.health,
        ...k8s,
      },
    });
  const asked = (calls: readonly { operation: string }[]) =>
    calls.filter(({ operation }) => operation === 'k8s.health').length;

  it('why it is degraded is said on focus, and asked for only then', async () => {
    const { calls } = show();
    const link = await (await card('prod-eu-west-1')).findByRole('link', { name: /^Degraded/ });
    expect(asked(calls)).toBe(0);
    await userEvent.hover(link);
    const tip = await screen.findByRole('tooltip');
    await waitFor(() => expect(tip.textContent).toContain('1 of 12 nodes is not ready'));
    expect(tip.textContent).toContain('One right is missing');
    expect(asked(calls)).toBe(1);
  });

  it('the reasons may fail alone', async () => {
    show({ health: refuse('It took too long') });
    await userEvent.hover(await (await card('prod-eu-west-1')).findByRole('link', { name: /^Degraded/ }));
    const tip = await screen.findByRole('tooltip');
    await waitFor(() => expect(tip.textContent).toContain('The reasons could not be read'));
  });

  it('a registry that does not answer is said once, and the figures stay', async () => {
    show({ clusters: refuse('The store is locked') });
    expect(await screen.findByText('Health, counts and last sync could not be read: The store is locked')).toBeTruthy();
    expect(await (await card('prod-eu-west-1')).findByText('28.9–42.6')).toBeTruthy();
  });

  it('a pause that fails is said on its card', async () => {
    show({ update: refuse('The store is read-only') });
    await userEvent.click(await screen.findByRole('button', { name: 'More about prod-eu-west-1' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Pause' }));
    const eu = await card('prod-eu-west-1');
    expect((await eu.findByRole('alert')).textContent).toBe('The store is read-only');
  });

  it('a paused one says what is kept, and can be resumed', async () => {
    const paused = { ...entry, status: 'paused' } as const;
    const { calls } = show({
      clusters: async () => ({ clusters: [paused], total: 1, limit: 500, offset: 0 }),
      update: async () => entry,
    });
    const link = await (await card('prod-eu-west-1')).findByRole('link', { name: /^Paused/ });
    await userEvent.hover(link);
    expect((await screen.findByRole('tooltip')).textContent).toContain('What was read before stays.');
    await userEvent.unhover(link);
    await userEvent.click(await screen.findByRole('button', { name: 'More about prod-eu-west-1' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Resume' }));
    await waitFor(() =>
      expect(calls).toContainEqual({ operation: 'k8s.update', input: { id: 'c-eu', status: 'active' } }),
    );
    expect(asked(calls)).toBe(0);
  });
});

describe('words of a card', () => {
  const context = contexts.contexts[0]!;
  const bare = { key: 'k', name: 'shop', context, cluster: null };

  it('take product, version and nodes from the registry', () => {
    const known = { ...kubeCluster, provider: 'k3s', cluster_version: 'v1.33.4+k3s1', region: null } as const;
    expect(descriptionOf(bare, { ...known, origin: 'context' })).toBe('k3s 1.33, 12 nodes, from ~/.kube/config');
    expect(descriptionOf(bare, known)).toBe('k3s 1.33, 12 nodes, registered by its kubeconfig');
    expect(descriptionOf(bare, { ...known, total_nodes: 1, provider: null, cluster_version: null })).toBe(
      '1 node, registered by its kubeconfig',
    );
  });

  it.each([
    ['eks', 'EKS'],
    ['vanilla', 'Kubernetes'],
    ['doks', 'DigitalOcean Kubernetes'],
    ['something-new', 'something-new'],
  ])('%s is %s', (provider, name) => {
    expect(providerName(provider)).toBe(name);
  });

  it.each([
    ['v1.33.4-eks-2f', '1.33'],
    ['1.29', '1.29'],
    ['unknown', 'unknown'],
  ])('version %s is %s', (version, short) => {
    expect(shortVersion(version)).toBe(short);
  });
});
