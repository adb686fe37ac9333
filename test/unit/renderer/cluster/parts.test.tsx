import { ORPCError } from '@orpc/client';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { HealthHistory } from '../../../../src/contract/schemas/kubernetes/clusters.ts';
import { ClusterActions } from '../../../../src/renderer/features/cluster/ClusterActions.tsx';
import { ClusterFacts } from '../../../../src/renderer/features/cluster/ClusterFacts.tsx';
import { factsOf } from '../../../../src/renderer/features/cluster/cluster-facts.ts';
import { HealthPanel } from '../../../../src/renderer/features/cluster/HealthPanel.tsx';
import { HealthStrip } from '../../../../src/renderer/features/cluster/HealthStrip.tsx';
import { HelmPanel } from '../../../../src/renderer/features/cluster/HelmPanel.tsx';
import { QuotaCell } from '../../../../src/renderer/features/cluster/QuotaCell.tsx';
import { RightsPanel } from '../../../../src/renderer/features/cluster/RightsPanel.tsx';
import { TroublePanel } from '../../../../src/renderer/features/cluster/TroublePanel.tsx';
import { WorkloadsPanel } from '../../../../src/renderer/features/cluster/WorkloadsPanel.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { kubernetesAnswers as answers, kubeCluster } from '../../../fakes/router/kubernetes-answers.ts';

type ClusterHealth = typeof answers.health;
const NOW = Date.parse('2026-11-20T12:10:00Z');
const time = { nowMs: NOW, tz: 'UTC' };
const refuse =
  (message: string, hint: string | null = null) =>
  async () => {
    throw new ORPCError('X', { message, data: { failure: 'timeout', hint } });
  };
const k8sWith = (k8s: FakeOperations['k8s']): FakeOperations => ({ k8s: { ...k8s } });
const pod = answers.pod;

describe('what is used of a quota', () => {
  const cell = (used: number | null, limit: number | null) => {
    const { container, unmount } = render(
      <table>
        <tbody>
          <tr>
            <QuotaCell used={used} limit={limit} say={String} exact={`exactly ${used}`} />
          </tr>
        </tbody>
      </table>,
    );
    const td = container.querySelector('td');
    const fill = container.querySelector<HTMLElement>('[data-fill]');
    const found = { text: td?.textContent, title: td?.title, fill: fill?.dataset['fill'], width: fill?.style.width };
    unmount();
    return found;
  };

  it.each([
    [5, 20, { text: '5 of 20', title: 'exactly 5 25 % of its quota', fill: 'free', width: '25%' }],
    [16, 20, { text: '16 of 20', title: 'exactly 16 80 % of its quota', fill: 'near', width: '80%' }],
    [30, 20, { text: '30 of 20', title: 'exactly 30 150 % of its quota', fill: 'full', width: '100%' }],
    [0, 20, { text: '0 of 20', title: 'exactly 0 0 % of its quota', fill: 'free', width: '0%' }],
  ] as const)('%d of %d', (used, limit, expected) => {
    expect(cell(used, limit)).toEqual(expected);
  });

  it('has no bar without a quota, or without a figure; a quota of nothing divides nothing', () => {
    expect(cell(5, null)).toMatchObject({ text: '5', fill: undefined });
    expect(cell(null, 20)).toMatchObject({ text: 'no data of 20', fill: undefined });
    expect(cell(0, 0)).toMatchObject({ text: '0 of 0', fill: undefined });
  });
});

describe('missing rights', () => {
  const missing: ClusterHealth['notices'] = [
    {
      code: 'sync-forbidden-list-nodes',
      severity: 'warning',
      message: 'You may not list nodes. Nodes, their state and their size are unknown.',
      hint: null,
      verb: 'list',
      resource: 'nodes',
      api_group: '',
    },
    {
      code: 'sync-forbidden-watch-jobs',
      severity: 'info',
      message: 'You may not watch jobs. They are listed once a minute in place of it.',
      hint: null,
      verb: 'watch',
      resource: 'jobs',
      api_group: 'batch',
    },
  ];
  const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n';
  const show = (health: Partial<ClusterHealth>) =>
    renderPart(<RightsPanel id="c1" />, k8sWith({ health: async () => ({ ...answers.health, ...health }) }));

  it('are said with verb, resource and what is lost; the role can be copied', async () => {
    const user = userEvent.setup();
    show({ notices: missing, missing_role: role });
    const panel = within(await screen.findByRole('region', { name: 'Missing rights' }));
    const items = within(panel.getByRole('list', { name: 'Missing rights' })).getAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'listnodesYou may not list nodes. Nodes, their state and their size are unknown.',
      'watchjobs.batchYou may not watch jobs. They are listed once a minute in place of it.',
    ]);
    expect(panel.getByText(/kind: ClusterRole/)).toBeTruthy();
    await user.click(panel.getByRole('button', { name: 'Copy the role' }));
    expect(await navigator.clipboard.readText()).toBe(role);
    expect(await panel.findByText('Copied')).toBeTruthy();
  });

  it('are no panel where nothing is missing, and where nothing is known', async () => {
    const { calls } = show({ notices: [], missing_role: null });
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(screen.queryByRole('region')).toBeNull();
    renderPart(<RightsPanel id="c1" />, k8sWith({ health: refuse('It took too long') }));
    expect(screen.queryByRole('region')).toBeNull();
  });
});

describe('health over time', () => {
  const history: HealthHistory = {
    period: { start: '2026-11-10T12:00:00Z', end: '2026-11-20T12:00:00Z' },
    changes: [
      { at: '2026-11-18T12:00:00Z', health_status: 'healthy', reasons: [] },
      {
        at: '2026-11-17T12:00:00Z',
        health_status: 'critical',
        reasons: [{ code: 'unreachable', message: 'Its API server has not answered for 7 minutes.', objects: [] }],
      },
      { at: '2026-11-12T12:00:00Z', health_status: 'healthy', reasons: [] },
    ],
  };

  it('is a strip whose parts are as long as they lasted', () => {
    const { container } = render(<HealthStrip history={history} tz="UTC" />);
    const parts = [...container.querySelectorAll<HTMLElement>('[title]')];
    expect(parts.map(({ style }) => Number(style.flexGrow))).toEqual([0.2, 0.5, 0.1, 0.2]);
    expect(parts.map(({ title }) => title)).toEqual([
      'Nothing kept from 10 Nov 12:00',
      'Healthy from 12 Nov 12:00',
      'Critical from 17 Nov 12:00\nIts API server has not answered for 7 minutes.',
      'Healthy from 18 Nov 12:00',
    ]);
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'Health from 10 Nov to now, healthy for 88 % of the time that is known, 1 time of trouble',
    );
  });

  it('claims no share of what is hardly known', () => {
    const fresh = { ...history, changes: [{ ...history.changes[1]!, at: '2026-11-20T11:59:00Z' }] };
    render(<HealthStrip history={fresh} tz="UTC" />);
    expect(screen.getByRole('img').getAttribute('aria-label')).toContain('little is known of it');
    expect(screen.queryByText(/of the time$/)).toBeNull();
  });

  const panel = (k8s: FakeOperations['k8s']) =>
    renderPart(
      <HealthPanel id="c1" {...time} />,
      k8sWith({ health: async () => answers.health, healthHistory: async () => history, ...k8s }),
    );

  it('lists the newest changes with their reasons, and asks once for each answer', async () => {
    const { calls } = panel({});
    const changes = within(await screen.findByRole('list', { name: 'Changes of health' })).getAllByRole('listitem');
    expect(changes.map(({ textContent }) => textContent)).toEqual([
      'Healthy18 Nov 12:00',
      'Critical17 Nov 12:00Its API server has not answered for 7 minutes.',
      'Healthy12 Nov 12:00',
    ]);
    expect(calls.map(({ operation }) => operation).sort()).toEqual(['k8s.health', 'k8s.healthHistory']);
  });

  it('names a few objects of a reason and counts the rest', async () => {
    const objects = Array.from({ length: 9 }, (_, index) => `node-${index + 1}`);
    const reasons = [{ code: 'node-not-ready', message: '9 nodes are not ready.', objects }];
    panel({ health: async () => ({ ...answers.health, reasons }) });
    expect(await screen.findByText(/node-6 and 3 more$/)).toBeTruthy();
    expect(screen.queryByText(/node-7,/)).toBeNull();
  });

  it('says that nothing is wrong where it was not always so', async () => {
    panel({ health: async () => ({ ...answers.health, health_status: 'healthy', reasons: [] }) });
    expect(await screen.findByText('Nothing is wrong with it.')).toBeTruthy();
  });

  it('keeps the reasons where the history can not be read', async () => {
    panel({ healthHistory: refuse('It took too long') });
    expect(await screen.findByText('1 of 12 nodes is not ready')).toBeTruthy();
    expect(await screen.findByText('Its history could not be read: It took too long.')).toBeTruthy();
  });

  it('says why there is none, with a way to ask again', async () => {
    let isBroken = true;
    panel({ health: async () => (isBroken ? refuse('It took too long')() : answers.health) });
    expect(await screen.findByText('It took too long')).toBeTruthy();
    isBroken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('1 of 12 nodes is not ready')).toBeTruthy();
  });
});

describe('pods of a workload', () => {
  const show = (k8s: FakeOperations['k8s']) =>
    renderPart(
      <WorkloadsPanel id="c1" {...time} />,
      k8sWith({ workloads: async () => answers.workloads, deploymentPods: async () => answers.deploymentPods, ...k8s }),
    );
  const open = async () => {
    const row = await screen.findByRole('row', { name: 'Pods of cart' });
    row.focus();
    await userEvent.keyboard('{Enter}');
    return within(await screen.findByRole('dialog', { name: 'Pods of cart' }));
  };

  it('open with Enter on its row, and are asked for only then', async () => {
    const { calls } = show({});
    await screen.findByRole('row', { name: 'Pods of cart' });
    expect(calls.some(({ operation }) => operation === 'k8s.deploymentPods')).toBe(false);
    const dialog = await open();
    const row = (await dialog.findByText('cart-7d9f-x2x')).closest('tr');
    expect(row?.textContent).toBe('cart-7d9f-x2xnode-1CrashLoopBackOff1740.10 cores, 95.4 MiB10 min ago');
    expect(calls).toContainEqual({ operation: 'k8s.deploymentPods', input: { id: 'w1', limit: 100 } });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('say what was not asked for and where none runs; colour is for what is wrong', async () => {
    const waiting = { ...pod, id: 'p2', name: 'cart-2', node_name: null, status: 'Pending', cpu_request: null };
    const fine = { ...pod, id: 'p3', name: 'cart-3', status: 'Running', cpu_request: 0, memory_request: null };
    show({
      deploymentPods: async () => ({
        pods: [{ ...waiting, memory_request: 0 }, fine],
        total: 7,
        limit: 100,
        offset: 0,
      }),
    });
    const dialog = await open();
    expect((await dialog.findByText('cart-2')).closest('tr')?.textContent).toContain('on no node');
    expect(dialog.getAllByText('nothing')).toHaveLength(2);
    expect(dialog.getByText('Pending').className).toContain('text-bad');
    expect(dialog.getByText('Running').className).not.toContain('text-bad');
    expect(dialog.getByText('2 of 7 are shown.')).toBeTruthy();
  });

  it('say so where none is kept, and why they can not be read', async () => {
    show({ deploymentPods: async () => ({ pods: [], total: 0, limit: 100, offset: 0 }) });
    expect(await (await open()).findByText(/^No pod of it is kept/)).toBeTruthy();
  });

  it('fail alone', async () => {
    show({ deploymentPods: refuse('The store is locked') });
    const dialog = await open();
    expect(await dialog.findByText('The store is locked')).toBeTruthy();
    expect(dialog.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('rows are gone through with the arrows', async () => {
    const [first] = answers.workloads.workloads;
    const second = { ...first!, id: 'w2', name: 'zeta' };
    show({ workloads: async () => ({ ...answers.workloads, workloads: [first!, second], total: 2 }) });
    (await screen.findByRole('row', { name: 'Pods of cart' })).focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Pods of zeta');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Pods of cart');
  });

  it('say where there are more than can be counted', async () => {
    show({ workloads: async () => ({ ...answers.workloads, total: 900, total_is_lower_bound: true }) });
    expect(await screen.findByText('1–1 of 900 or more')).toBeTruthy();
  });
});

describe('pods in trouble', () => {
  it('what runs now is not painted as broken', async () => {
    const killed = { ...pod, namespace: 'shop', status: 'Running', oom_kills: 2 };
    const pods = [{ ...pod, id: 'p9', namespace: 'shop' }, killed];
    renderPart(
      <TroublePanel id="c1" {...time} />,
      k8sWith({ troubledPods: async () => ({ pods, total: 2, limit: 50 }) }),
    );
    expect((await screen.findByText('CrashLoopBackOff')).className).toContain('text-bad');
    expect(screen.getByText('Running').className).not.toContain('text-bad');
  });
});

describe('Helm releases', () => {
  const release = answers.releases.releases[0]!;
  const show = (...releases: (typeof release)[]) =>
    renderPart(
      <HelmPanel id="c1" {...time} />,
      k8sWith({ releases: async () => ({ releases, total: releases.length, limit: 25, offset: 0 }) }),
    );

  it('have a colour by their status, and its word', async () => {
    show(
      { ...release, id: 'a', name: 'one', status: 'deployed' },
      { ...release, id: 'b', name: 'two', status: 'failed' },
      { ...release, id: 'c', name: 'three', status: 'pending-upgrade' },
      { ...release, id: 'd', name: 'four', status: 'superseded', last_deployed_at: null, app_version: null },
    );
    const tone = async (word: string) => (await screen.findByText(word)).className.match(/bg-(\S+)/)?.[1];
    expect([
      await tone('deployed'),
      await tone('failed'),
      await tone('pending-upgrade'),
      await tone('superseded'),
    ]).toEqual(['good-soft', 'bad-soft', 'warn-soft', 'surface-2']);
  });

  it('say so where no value was set', async () => {
    show({ ...release, values_yaml: '  \n' });
    await userEvent.click(await screen.findByRole('row', { name: 'Values of cart' }));
    expect(await screen.findByText(/^Nothing was set/)).toBeTruthy();
  });
});

describe('what can be done with a cluster', () => {
  const show = (k8s: FakeOperations['k8s'], cluster = kubeCluster) =>
    renderPart(<ClusterActions cluster={cluster} onRemoved={() => undefined} />, k8sWith(k8s));

  it('a sync that is refused says why and what to do', async () => {
    show({ sync: refuse('Nothing collects this cluster', 'Switch its collection on first.') });
    await userEvent.click(await screen.findByRole('button', { name: 'Sync now' }));
    expect(await screen.findByText('Nothing collects this cluster. Switch its collection on first.')).toBeTruthy();
  });

  it('a pause that fails leaves the button as it was, and says why', async () => {
    show({ update: refuse('The store is read-only') });
    await userEvent.click(await screen.findByRole('button', { name: 'Pause' }));
    expect((await screen.findByRole('status')).textContent).toMatch(/^The store is read-only/);
    expect(screen.getByRole('button', { name: 'Pause' })).toHaveProperty('disabled', false);
  });

  it('a removal that is refused keeps the window with the reason; Esc keeps the cluster', async () => {
    const { calls } = show({ removal: async () => answers.removal, remove: refuse('Another process has the cluster') });
    await userEvent.click(await screen.findByRole('button', { name: 'Remove' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Remove cluster' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Another process has the cluster');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(calls.filter(({ operation }) => operation === 'k8s.remove')).toHaveLength(1);
  });

  it('nothing is removed before it is known what goes', async () => {
    show({ removal: refuse('It took too long') });
    await userEvent.click(await screen.findByRole('button', { name: 'Remove' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It took too long');
    expect(screen.getByRole('button', { name: 'Remove cluster' })).toHaveProperty('disabled', true);
  });
});

describe('facts of a cluster', () => {
  it.each([
    [{}, 'EKS v1.36.2, eu-west-1, production, registered by its kubeconfig'],
    [{ provider: 'k3s', region: null, environment: null }, 'k3s v1.36.2, registered by its kubeconfig'],
    [{ provider: 'vanilla', origin: 'context' }, 'Kubernetes v1.36.2, eu-west-1, production, from context shop-admin'],
    [{ provider: null, cluster_version: null, region: null, environment: null }, 'registered by its kubeconfig'],
  ] as const)('%j', (part, words) => {
    expect(factsOf({ ...kubeCluster, ...part })).toBe(words);
  });

  it('say the last error, and that a paused one is not read', () => {
    const paused = { ...kubeCluster, status: 'paused', last_error: 'The token has run out' } as const;
    render(<ClusterFacts cluster={paused} {...time} />);
    expect(screen.getByRole('alert').textContent).toBe('The token has run out');
    expect(screen.getByText(/^Paused: nothing is read of it/)).toBeTruthy();
    expect(screen.getByText('Degraded').querySelector('[data-status="off"]')).not.toBeNull();
    expect(screen.getByTitle('1,234.5 EUR').textContent).toMatch(/^€1,23/);
  });
});
