import { ORPCError } from '@orpc/client';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
// Loaded before the first test, which would otherwise wait for it.
import '../../../../src/renderer/features/cluster/ClusterPage.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { kubernetesAnswers as answers, kubeCluster } from '../../../fakes/router/kubernetes-answers.ts';

// Whole pages take their time on a busy machine; what never comes still fails.
configure({ asyncUtilTimeout: 5000 });

const k8s = {
  cluster: async () => kubeCluster,
  health: async () => answers.health,
  healthHistory: async () => answers.healthHistory,
  troubledPods: async () => answers.troubledPods,
  workloads: async () => answers.workloads,
  namespaces: async () => answers.namespaces,
  nodes: async () => answers.nodes,
  releases: async () => answers.releases,
  sync: async () => answers.sync,
  update: async () => answers.update,
  removal: async () => answers.removal,
  remove: async () => undefined,
} satisfies FakeOperations['k8s'];

const show = (more: FakeOperations['k8s'] = {}, path = '/clusters/c1') => renderApp(path, { k8s: { ...k8s, ...more } });
const panel = async (name: string) => within(await screen.findByRole('region', { name }));

describe('the page of a cluster', () => {
  it('says what it is, how it is and why', async () => {
    show();
    expect(await screen.findByRole('heading', { level: 1, name: 'shop' })).toBeTruthy();
    expect(screen.getByText('EKS v1.36.2, eu-west-1, production, registered by its kubeconfig')).toBeTruthy();
    expect(screen.getByText(/^€1,23/)).toBeTruthy();
    const health = await panel('Health');
    const reasons = within(await health.findByRole('list', { name: 'Reasons' }));
    expect(reasons.getByText('1 of 12 nodes is not ready')).toBeTruthy();
    expect(reasons.getByText('node-1')).toBeTruthy();
    expect(within(health.getByRole('list', { name: 'Changes of health' })).getByText('Degraded')).toBeTruthy();
  });

  it('lists pods in trouble, workloads, namespaces with quotas, nodes and releases', async () => {
    show();
    const trouble = within(await (await panel('Pods in trouble')).findByRole('table'));
    expect(trouble.getByText('CrashLoopBackOff')).toBeTruthy();
    expect(trouble.getByText('17')).toBeTruthy();
    const workloads = within(await (await panel('Workloads')).findByRole('table'));
    expect(workloads.getByText('2 of 3')).toBeTruthy();
    const namespaces = within(await (await panel('Namespaces')).findByRole('table'));
    expect(namespaces.getByText('14 of 20')).toBeTruthy();
    expect(namespaces.getByText('payments')).toBeTruthy();
    const nodes = within(await (await panel('Nodes')).findByRole('table'));
    expect(nodes.getByText('KubeletNotReady')).toBeTruthy();
    const releases = await panel('Helm releases');
    await userEvent.click(await releases.findByRole('row', { name: 'Values of cart' }));
    const values = within(await screen.findByRole('dialog', { name: 'Values of cart' }));
    expect(values.getByText(/password: "\*\*\*"/)).toBeTruthy();
  });

  it('draws nothing that is missing as a zero', async () => {
    const unknown = { total_nodes: null, total_pods: null, estimated_monthly_cost: null, last_sync_at: null };
    const namespace = { ...answers.namespaces.namespaces[0]!, cpu_usage_cores: null, cpu_limit: null };
    show({
      cluster: async () => ({ ...kubeCluster, ...unknown, health_status: 'unknown' }),
      namespaces: async () => ({ ...answers.namespaces, namespaces: [namespace] }),
    });
    expect(await screen.findAllByText('not known yet')).toHaveLength(3);
    expect(screen.getByText('never')).toBeTruthy();
    expect(await screen.findByText('no data')).toBeTruthy();
  });

  it('says so where nothing is wrong, and where nothing was read yet', async () => {
    const none = { total: 0, limit: 25, offset: 0 };
    show({
      health: async () => ({ ...answers.health, health_status: 'healthy', reasons: [] }),
      healthHistory: async () => ({ ...answers.healthHistory, changes: [] }),
      troubledPods: async () => ({ pods: [], total: 0, limit: 50 }),
      workloads: async () => ({ workloads: [], ...none, total_is_lower_bound: false }),
      releases: async () => ({ releases: [], ...none }),
    });
    expect(await screen.findByText('No pod is in trouble')).toBeTruthy();
    expect(await screen.findByText('No workload was read yet')).toBeTruthy();
    expect(await screen.findByText('No Helm release was found')).toBeTruthy();
    expect((await panel('Health')).getByText('Healthy')).toBeTruthy();
  });

  it('a panel that fails says why, and leaves the others', async () => {
    show({
      nodes: async () => {
        throw new ORPCError('SERVICE_UNAVAILABLE', {
          message: 'It took too long',
          data: { failure: 'timeout', hint: null },
        });
      },
    });
    expect(await (await panel('Nodes')).findByText('It took too long')).toBeTruthy();
    expect((await panel('Nodes')).queryByText('0')).toBeNull();
    expect(await (await panel('Workloads')).findByText('cart')).toBeTruthy();
  });

  it('a cluster that is not there is said, with the way back', async () => {
    const page = show({
      cluster: async () => {
        const data = { failure: 'not-found', hint: null };
        throw new ORPCError('NOT_FOUND', { message: 'There is no cluster with the id "c1"', data });
      },
    });
    expect(await screen.findByText('There is no cluster with the id "c1"')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Clusters' }));
    await waitFor(() => expect(page.address()).toMatch(/^\/clusters(\?|$)/));
  });

  it('goes through long lists by pages, which the address keeps', async () => {
    const page = show({ workloads: async () => ({ ...answers.workloads, total: 60 }) });
    const workloads = await panel('Workloads');
    expect(await workloads.findByText('1–1 of 60')).toBeTruthy();
    await userEvent.click(workloads.getByRole('button', { name: 'Next' }));
    await waitFor(() => expect(page.address()).toContain('workloads=25'));
    expect(page.calls).toContainEqual({ operation: 'k8s.workloads', input: { id: 'c1', limit: 25, offset: 25 } });
  });
});

describe('what can be done', () => {
  it('a sync now, and a pause', async () => {
    const { calls } = show();
    await userEvent.click(await screen.findByRole('button', { name: 'Sync now' }));
    expect(await screen.findByText('The sync of "shop" has begun')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await waitFor(() =>
      expect(calls).toContainEqual({ operation: 'k8s.update', input: { id: 'c1', status: 'paused' } }),
    );
  });

  it('what can not be read anew after a sync stays, and is said to be old', async () => {
    let isBroken = false;
    const failed = new ORPCError('X', { message: 'It took too long', data: { failure: 'timeout', hint: null } });
    show({
      troubledPods: async () => {
        if (isBroken) throw failed;
        return answers.troubledPods;
      },
    });
    const trouble = await panel('Pods in trouble');
    expect(await trouble.findByText('CrashLoopBackOff')).toBeTruthy();
    isBroken = true;
    await userEvent.click(screen.getByRole('button', { name: 'Sync now' }));
    expect(await trouble.findByText(/^These are the last good figures/)).toBeTruthy();
    expect(trouble.getByText('CrashLoopBackOff')).toBeTruthy();
  });

  it('a paused one is resumed, and can not be synced', async () => {
    show({ cluster: async () => ({ ...kubeCluster, status: 'paused' }) });
    expect(await screen.findByRole('button', { name: 'Resume' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Sync now' })).toHaveProperty('disabled', true);
    expect(screen.getByText(/Paused: nothing is read of it/)).toBeTruthy();
  });

  it('removing it leads back to the clusters', async () => {
    const page = show();
    await userEvent.click(await screen.findByRole('button', { name: 'Remove' }));
    await screen.findByRole('region', { name: 'Goes' });
    await userEvent.click(screen.getByRole('button', { name: 'Remove cluster' }));
    await waitFor(() => expect(page.address()).toMatch(/^\/clusters(\?|$)/));
    expect(page.calls).toContainEqual({ operation: 'k8s.remove', input: { id: 'c1' } });
  });
});
