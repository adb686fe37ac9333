import { ORPCError } from '@orpc/client';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { kubeCluster, kubernetesAnswers } from '../../../fakes/router/kubernetes-answers.ts';

const TEXT = 'apiVersion: v1\nkind: Config\ncontexts: []\n';

async function open(k8s: FakeOperations['k8s'] = {}) {
  const page = renderApp('/clusters', {
    k8s: { preview: async () => kubernetesAnswers.preview, register: async () => kubeCluster, ...k8s },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Add kubeconfig' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Add a kubeconfig' }));
  const inputs = (operation: string) =>
    page.calls.filter((call) => call.operation === operation).map((call) => call.input);
  return { ...page, dialog, inputs };
}

const paste = (dialog: Awaited<ReturnType<typeof open>>['dialog']) =>
  fireEvent.change(dialog.getByLabelText('Kubeconfig'), { target: { value: TEXT } });

describe('adding a kubeconfig', () => {
  it('shows what was pasted at once, and registers the current context under the name of its cluster', async () => {
    const { dialog, inputs } = await open();
    expect(dialog.getByRole('button', { name: 'Look at it' })).toHaveProperty('disabled', true);
    paste(dialog);
    const chosen = await dialog.findByRole('radio', { name: /shop-admin/ });
    expect(chosen).toHaveProperty('checked', true);
    expect(inputs('k8s.preview')).toEqual([{ kubeconfig: TEXT }]);
    expect(dialog.getByLabelText('Name')).toHaveProperty('value', 'shop');
    expect(dialog.queryByText(/does more than call/)).toBeNull();
    await userEvent.click(dialog.getByRole('button', { name: 'Register' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(inputs('k8s.register')).toEqual([{ name: 'shop', kubeconfig: TEXT, context: 'shop-admin', consent: false }]);
  });

  it('takes a file that is dropped', async () => {
    const { dialog, inputs } = await open();
    const file = new File([TEXT], 'config');
    fireEvent.drop(dialog.getByLabelText('Kubeconfig'), { dataTransfer: { files: [file] } });
    await dialog.findByRole('radio', { name: /shop-admin/ });
    expect(inputs('k8s.preview')).toEqual([{ kubeconfig: TEXT }]);
  });

  it('says what a context runs and reads, and asks before it registers it', async () => {
    const { dialog, inputs } = await open();
    paste(dialog);
    await userEvent.click(await dialog.findByRole('radio', { name: /shop-sso/ }));
    expect(dialog.getByText('aws eks get-token --cluster-name shop')).toBeTruthy();
    expect(dialog.getByText('/etc/ssl/shop-ca.pem')).toBeTruthy();
    const register = dialog.getByRole('button', { name: 'Register' });
    expect(register).toHaveProperty('disabled', true);
    await userEvent.click(dialog.getByRole('checkbox', { name: /I know where/ }));
    await userEvent.click(register);
    await waitFor(() => expect(inputs('k8s.register')).toMatchObject([{ context: 'shop-sso', consent: true }]));
  });

  it('says where a server refuses that, and offers no consent', async () => {
    const { dialog } = await open({ preview: async () => ({ ...kubernetesAnswers.preview, consent: 'refused' }) });
    paste(dialog);
    await userEvent.click(await dialog.findByRole('radio', { name: /shop-sso/ }));
    expect(dialog.getByText(/PODWATT_ALLOW_KUBECONFIG_PROGRAMS/)).toBeTruthy();
    expect(dialog.queryByRole('checkbox')).toBeNull();
    expect(dialog.getByRole('button', { name: 'Register' })).toHaveProperty('disabled', true);
  });

  it('keeps the dialog with the reason where the cluster can not be reached', async () => {
    const refuse = async () => {
      const data = { failure: 'unreachable', hint: 'Is the VPN on?' };
      throw new ORPCError('SERVICE_UNAVAILABLE', { message: 'The server does not answer', data });
    };
    const { dialog } = await open({ register: refuse });
    paste(dialog);
    await dialog.findByRole('radio', { name: /shop-admin/ });
    await userEvent.click(dialog.getByRole('button', { name: 'Register' }));
    const alert = await dialog.findByRole('alert');
    expect(alert.textContent).toBe('The server does not answerIs the VPN on?');
  });
});

describe('a known cluster on its card', () => {
  const known = async (k8s: FakeOperations['k8s'] = {}) => {
    const entry = { ...kubeCluster, id: 'c-eu' };
    const page = renderApp('/clusters', {
      k8s: {
        clusters: async () => ({ clusters: [entry], total: 1, limit: 500, offset: 0 }),
        removal: async () => kubernetesAnswers.removal,
        remove: async () => undefined,
        update: async () => entry,
        ...k8s,
      },
    });
    const card = within(await screen.findByRole('region', { name: 'prod-eu-west-1' }));
    return { ...page, card };
  };
  const choose = async (item: string) => {
    await userEvent.click(await screen.findByRole('button', { name: 'More about prod-eu-west-1' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: item }));
  };

  it('says how it is and what runs in it, and leads to its page', async () => {
    const { card } = await known();
    const link = await card.findByRole('link', { name: /Degraded/ });
    expect(link.textContent).toContain('12 nodes, 9 namespaces, 31 deployments, 113 pods');
    expect(link.getAttribute('href')).toContain('/clusters/c-eu');
  });

  it('can be paused', async () => {
    const { calls } = await known();
    await choose('Pause');
    await waitFor(() =>
      expect(calls).toContainEqual({ operation: 'k8s.update', input: { id: 'c-eu', status: 'paused' } }),
    );
  });

  it('is removed only after what goes and what stays was shown', async () => {
    const { calls } = await known();
    await choose('Remove');
    const dialog = within(await screen.findByRole('dialog', { name: 'Remove shop?' }));
    expect((await dialog.findByRole('region', { name: 'Goes' })).textContent).toContain('Its results');
    expect(dialog.getByRole('region', { name: 'Stays' }).textContent).toContain('The cluster itself');
    await userEvent.click(dialog.getByRole('button', { name: 'Remove cluster' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(calls).toContainEqual({ operation: 'k8s.remove', input: { id: 'c-eu' } });
  });
});
