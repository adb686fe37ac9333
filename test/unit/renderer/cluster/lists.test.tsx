import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { HelmPanel } from '../../../../src/renderer/features/cluster/HelmPanel.tsx';
import { PAGE_SIZE, partsOfList } from '../../../../src/renderer/features/cluster/list-pages.tsx';
import { NamespacesPanel } from '../../../../src/renderer/features/cluster/NamespacesPanel.tsx';
import { NodesPanel } from '../../../../src/renderer/features/cluster/NodesPanel.tsx';
import { isWell } from '../../../../src/renderer/features/cluster/pod-words.ts';
import { ofQuota } from '../../../../src/renderer/features/cluster/quota.ts';
import { TroublePanel } from '../../../../src/renderer/features/cluster/TroublePanel.tsx';
import { WorkloadsPanel } from '../../../../src/renderer/features/cluster/WorkloadsPanel.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { kubernetesAnswers as answers } from '../../../fakes/router/kubernetes-answers.ts';

const time = { nowMs: Date.parse('2026-11-20T12:10:00Z'), tz: 'UTC' };
const node = answers.nodes.nodes[0]!;
const namespace = answers.namespaces.namespaces[0]!;
const k8s: FakeOperations['k8s'] = {
  nodes: async () => answers.nodes,
  namespaces: async () => answers.namespaces,
  workloads: async () => answers.workloads,
  releases: async () => answers.releases,
  troubledPods: async () => answers.troubledPods,
};
const show = (part: ReactNode, more: FakeOperations['k8s'] = {}, path = '/') =>
  renderPart(part, { k8s: { ...k8s, ...more } }, path);
const panel = async (name: string) => within(await screen.findByRole('region', { name }));
const never = () => new Promise<never>(() => undefined);
const fail = async () => {
  throw new ORPCError('X', { message: 'It took too long', data: { failure: 'timeout', hint: 'Try a shorter list.' } });
};

type Operation = 'nodes' | 'namespaces' | 'workloads' | 'releases' | 'troubledPods';
const LISTS: readonly [string, Operation, ReactNode, object, string][] = [
  ['Nodes', 'nodes', <NodesPanel key="1" id="c1" />, { nodes: [] }, 'No node was read yet'],
  [
    'Namespaces',
    'namespaces',
    <NamespacesPanel key="2" id="c1" currency="EUR" />,
    { namespaces: [] },
    'No namespace was read yet',
  ],
  [
    'Workloads',
    'workloads',
    <WorkloadsPanel key="3" id="c1" {...time} />,
    { workloads: [], total_is_lower_bound: false },
    'No workload was read yet',
  ],
  ['Helm releases', 'releases', <HelmPanel key="4" id="c1" {...time} />, { releases: [] }, 'No Helm release was found'],
  ['Pods in trouble', 'troubledPods', <TroublePanel key="5" id="c1" {...time} />, { pods: [] }, 'No pod is in trouble'],
];

describe.each(LISTS)('the list of %s', (name, operation, part, none, words) => {
  const of = (answer: () => Promise<unknown>) => ({ [operation]: answer }) as FakeOperations['k8s'];

  it('says that it is loading, in its frame', async () => {
    show(part, of(never));
    expect((await screen.findByRole('region', { name })).getAttribute('aria-busy')).toBe('true');
  });

  it('says why it failed, and is asked again on demand', async () => {
    let isBroken = true;
    const good = (k8s as Record<string, () => Promise<unknown>>)[operation]!;
    show(
      part,
      of(() => (isBroken ? fail() : good())),
    );
    const region = await panel(name);
    expect(await region.findByText('It took too long')).toBeTruthy();
    expect(region.getByText('Try a shorter list.')).toBeTruthy();
    isBroken = false;
    await userEvent.click(region.getByRole('button', { name: 'Try again' }));
    expect(await region.findByRole('table', { name })).toBeTruthy();
  });

  it('says that there is nothing, and claims no number', async () => {
    show(
      part,
      of(async () => ({ ...none, total: 0, limit: 25, offset: 0 })),
    );
    const region = await panel(name);
    expect(await region.findByText(words)).toBeTruthy();
    expect(region.queryByText('0')).toBeNull();
  });
});

describe('nodes', () => {
  it('say how they are in words and shape, with the reason', async () => {
    const ready = { ...node, id: 'a', name: 'a', status: 'Ready' as const, conditions: [] };
    const unknown = { ...node, id: 'b', name: 'b', status: 'Unknown' as const, conditions: [] };
    show(<NodesPanel id="c1" />, {
      nodes: async () => ({ ...answers.nodes, nodes: [ready, unknown, node], total: 3 }),
    });
    const state = async (name: string) => {
      const row = (await screen.findByText(name)).closest('tr');
      const dot = row?.querySelector('[data-status]')?.getAttribute('data-status');
      return [dot, row?.querySelectorAll('td')[1]?.textContent];
    };
    expect(await state('a')).toEqual(['healthy', 'Ready']);
    expect(await state('b')).toEqual(['attention', 'Not known']);
    expect(await state('node-1')).toEqual(['broken', 'Not readyKubeletNotReady']);
    expect(screen.getByTitle('The kubelet is silent')).toBeTruthy();
  });

  it('say what is not known of them', async () => {
    const bare = { ...node, node_type: null, instance_type: null, cpu_usage_cores: null, memory_usage_bytes: null };
    show(<NodesPanel id="c1" />, { nodes: async () => ({ ...answers.nodes, nodes: [{ ...bare, pod_count: null }] }) });
    const cells = within((await screen.findByText('node-1')).closest('tr')!).getAllByRole('cell');
    expect(cells.slice(2).map(({ textContent }) => textContent)).toEqual([
      '',
      '',
      'no data of 1.93 cores',
      'no data of 6.52 GiB',
      'no data of 29',
    ]);
  });
});

describe('namespaces', () => {
  it('show owners, quotas and cost; exact figures on hover', async () => {
    show(<NamespacesPanel id="c1" currency="EUR" />);
    const row = (await screen.findByText('checkout')).closest('tr')!;
    const cells = within(row).getAllByRole('cell');
    expect(cells.map(({ textContent }) => textContent)).toEqual([
      'checkout',
      'payments',
      'cc-7',
      '14 of 20',
      '0.50 cores of 4.00 cores',
      '954 MiB of 7.45 GiB',
      '€3.25',
    ]);
    expect(cells[4]?.title).toBe('0.5 cores 13 % of its quota');
    expect(cells[6]?.title).toBe('3.25 EUR');
  });

  it('one that is gone says so, and keeps its figures', async () => {
    const gone = { ...namespace, deleted_at: '2026-11-20T11:00:00Z' };
    show(<NamespacesPanel id="c1" currency="EUR" />, {
      namespaces: async () => ({ ...answers.namespaces, namespaces: [gone] }),
    });
    const row = (await screen.findByText(', gone')).closest('tr');
    expect(row?.textContent).toContain('€3.25');
  });

  it('without an owner or a cost is no zero and no name', async () => {
    const bare = { ...namespace, team_name: null, cost_center: null, estimated_daily_cost: null };
    show(<NamespacesPanel id="c1" currency="EUR" />, {
      namespaces: async () => ({ ...answers.namespaces, namespaces: [bare] }),
    });
    const cells = within((await screen.findByText('checkout')).closest('tr')!).getAllByRole('cell');
    expect([cells[1]?.textContent, cells[2]?.textContent, cells[6]?.textContent]).toEqual(['', '', 'no data']);
  });
});

describe('pages of a list', () => {
  const list = (offset: number, shown: number, total: number | undefined, isLowerBound = false) =>
    partsOfList({ offset, shown, total, isLowerBound, onOffset: () => undefined });

  it('have no foot where one page holds all', () => {
    expect(list(0, 3, 3)).toEqual({ note: '3' });
    expect(list(0, PAGE_SIZE, PAGE_SIZE)).toEqual({ note: '25' });
    expect(list(0, 0, 0)).toEqual({});
    expect(list(0, 0, undefined)).toEqual({});
  });

  it('have one where there are more, and after the first', () => {
    expect(list(0, 25, 26).footer).toBeTruthy();
    expect(list(25, 0, 20).footer).toBeTruthy();
    expect(list(0, 25, 5000, true).note).toBe('5,000 or more');
  });

  const many = async () => ({ ...answers.nodes, total: 60 });

  it('go on and back, and the address knows where', async () => {
    const { address, calls } = show(<NodesPanel id="c1" />, { nodes: many }, '/?nodesFrom=25');
    expect(await screen.findByText('26–26 of 60')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Previous' }));
    await waitFor(() => expect(address()).toBe('/'));
    expect(await screen.findByText('1–1 of 60')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Previous' })).toHaveProperty('disabled', true);
    const asked = calls.filter(({ operation }) => operation === 'k8s.nodes').map(({ input }) => input);
    expect(asked).toEqual([
      { id: 'c1', limit: 25, offset: 25 },
      { id: 'c1', limit: 25, offset: 0 },
    ]);
  });

  it('an address that makes no sense is the first page', async () => {
    show(<NodesPanel id="c1" />, { nodes: many }, '/?nodesFrom=-5');
    expect(await screen.findByText('1–1 of 60')).toBeTruthy();
  });

  it('a page beyond the last says so, with the way back', async () => {
    show(<NodesPanel id="c1" />, { nodes: async () => ({ ...answers.nodes, nodes: [], total: 30 }) }, '/?nodesFrom=50');
    expect(await screen.findByText('None of 30')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Next' })).toHaveProperty('disabled', true);
    expect(screen.getByRole('button', { name: 'Previous' })).toHaveProperty('disabled', false);
  });
});

describe('words', () => {
  it.each([
    ['Running', true],
    ['Completed', true],
    ['Succeeded', true],
    ['Pending', false],
    ['CrashLoopBackOff', false],
    ['Evicted', false],
  ])('%s is well: %s', (status, well) => {
    expect(isWell({ status, phase: 'Running' })).toBe(well);
  });

  it('the phase counts where no status is told', () => {
    expect(isWell({ status: null, phase: 'Failed' })).toBe(false);
    expect(isWell({ status: null, phase: 'Succeeded' })).toBe(true);
  });

  it('a quota of a figure that is not there', () => {
    const say = (value: number) => `${value} x`;
    expect([ofQuota(null, null, say), ofQuota(null, 2, say), ofQuota(0, 2, say)]).toEqual([
      'no data',
      'no data of 2 x',
      '0 x of 2 x',
    ]);
  });
});
