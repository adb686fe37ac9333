import { ORPCError } from '@orpc/client';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
// Loaded before the first test, which would otherwise wait for it.
import '../../../../src/renderer/features/clusters/ClustersPage.tsx';
import type { ClusterSettings } from '../../../../src/contract/schemas/contexts.ts';
import { checkSteps } from '../../../fakes/client/answers.ts';
import { streamOf } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';

// Whole pages take their time on a busy machine; what never comes still fails.
configure({ asyncUtilTimeout: 5000 });

const card = (name: string) => screen.findByRole('region', { name });
const settings: ClusterSettings = {
  context: 'prod-eu-west-1',
  prometheus_url: null,
  prometheus_auth: 'none',
  prometheus_username: null,
  has_prometheus_secret: false,
  has_certificate_authority: false,
  extra_matchers: null,
  tenant_header: null,
  pue: null,
  zone: null,
  price_cpu_core_hour: null,
  price_memory_gb_hour: null,
  currency: null,
};

async function openMenu(name: string, item: string) {
  await userEvent.click(await screen.findByRole('button', { name: `More about ${name}` }));
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
}

describe('Clusters page', () => {
  it('shows figures with their range, change and sources', async () => {
    renderApp('/clusters');
    const prod = within(await card('prod-eu-west-1'));
    expect(await prod.findByText('28.9–42.6')).toBeTruthy();
    expect(prod.getByText('Carbon, 7 days')).toBeTruthy();
    expect(prod.getByText('€1,006')).toBeTruthy();
    expect(prod.getAllByText('−9.5 %').length).toBeGreaterThan(0);
    expect(within(prod.getByRole('list', { name: 'Sources' })).getByText(/Grid/).textContent).toBe('Grid, partly');
  });

  it('asks for the range of the address', async () => {
    const { calls } = renderApp('/clusters?last=30d&tz=Europe/Paris');
    expect((await screen.findAllByText('Carbon, 30 days')).length).toBeGreaterThan(0);
    expect(calls).toContainEqual({
      operation: 'metrics.summary',
      input: { last: '30d', tz: 'Europe/Paris', cluster: 'c-eu' },
    });
  });

  it('says why a cluster or a context has no figures, and the way on', async () => {
    renderApp('/clusters');
    const signedOut = within(await card('prod-ap-south-1'));
    expect(signedOut.getByText('Sign-in has run out')).toBeTruthy();
    expect(signedOut.getByText(/Sign in again with your provider/)).toBeTruthy();
    expect(signedOut.getByRole('button', { name: 'Try again' })).toBeTruthy();
    const broken = within(await card('half-written'));
    expect(broken.getByText(/names the user "bob"/)).toBeTruthy();
    expect(broken.queryByRole('switch')).toBeNull();
    expect(within(await card('kind-local')).getByText('Never collected')).toBeTruthy();
    expect(screen.getByText(/line 7 is indented twice/)).toBeTruthy();
  });

  it('fails alone where one cluster has no answer', async () => {
    const failed = new ORPCError('SERVICE_UNAVAILABLE', {
      message: 'The store is locked',
      data: { failure: 'store', hint: null },
    });
    renderApp('/clusters', {
      metrics: {
        summary: async (input) => {
          if (input?.cluster === 'c-us') throw failed;
          return (await import('../../../fakes/client/answers.ts')).summary(input?.cluster);
        },
      },
    });
    expect(await within(await card('prod-us-east-1')).findByText(/^The store is locked\./)).toBeTruthy();
    expect(await within(await card('prod-eu-west-1')).findByText('28.9–42.6')).toBeTruthy();
  });

  it('switches a context on, and shows in its card what failed', async () => {
    const inputs: unknown[] = [];
    renderApp('/clusters', {
      contexts: {
        setCollecting: async (input) => {
          inputs.push(input);
          throw new ORPCError('SERVICE_UNAVAILABLE', {
            message: '10.40.0.10:6443 did not answer in 10 s.',
            data: { failure: 'unreachable', hint: 'Often a VPN that is not connected.' },
          });
        },
      },
    });
    await userEvent.click(await screen.findByRole('switch', { name: 'Collect kind-local' }));
    const kind = within(await card('kind-local'));
    expect((await kind.findByRole('alert')).textContent).toBe(
      '10.40.0.10:6443 did not answer in 10 s.Often a VPN that is not connected.',
    );
    expect(inputs).toEqual([{ context: 'kind-local', collecting: true }]);
    expect(kind.getByRole('switch').getAttribute('aria-checked')).toBe('false');
  });

  it('puts clusters side by side on one scale, with their sum', async () => {
    renderApp('/clusters');
    const table = within(await screen.findByRole('table', { name: 'All collecting clusters' }));
    const rows = table.getAllByRole('row').map((row) => row.textContent);
    expect(rows[1]).toMatch(/^prod-us-east-1279.*41\.8/);
    expect(rows[2]).toMatch(/^prod-eu-west-1235.*35\.2.*163 of 168 hours$/);
    expect(rows[3]).toMatch(/^2 clusters77\.063\.1–93\.2−9\.5 %257/);
    expect(table.getByRole('img', { name: '41.8 kg CO₂e, between 34.3 and 50.6' })).toBeTruthy();
  });

  it('opens the overview of a cluster and keeps the range', async () => {
    const { address } = renderApp('/clusters?last=30d');
    await openMenu('prod-us-east-1', 'Open the overview');
    await waitFor(() => expect(address()).toBe('/?last=30d&cluster=c-us'));
  });

  it('finds contexts, and says so where there is none', async () => {
    renderApp('/clusters');
    await card('kind-local');
    const find = screen.getByRole('searchbox', { name: 'Find a context' });
    await userEvent.type(find, 'kind');
    await waitFor(() => expect(screen.queryByRole('region', { name: 'prod-eu-west-1' })).toBeNull());
    await userEvent.type(find, 'ness');
    expect(await screen.findByText('No context is called “kindness”')).toBeTruthy();
  });

  it('checks what can be read', async () => {
    renderApp('/clusters', { contexts: { check: async () => streamOf(...checkSteps) } });
    await openMenu('prod-eu-west-1', 'Check what can be read');
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('6 of 6 found')).toBeTruthy();
    expect(dialog.getByText('118 ms')).toBeTruthy();
  });

  it('saves settings, and refuses what can not be saved', async () => {
    const saved: unknown[] = [];
    renderApp('/clusters', {
      contexts: {
        settings: async () => settings,
        updateSettings: async (input) => {
          saved.push(input);
          return settings;
        },
      },
    });
    await openMenu('prod-eu-west-1', 'Settings of this cluster');
    const pue = await screen.findByLabelText('PUE');
    await userEvent.type(pue, '0.5');
    expect((screen.getByRole('button', { name: 'Save' }) as HTMLButtonElement).disabled).toBe(true);
    expect(screen.getByText('A number from 1 to 5, for example 1.2')).toBeTruthy();
    await userEvent.clear(pue);
    await userEvent.type(pue, '1.3');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(saved).toEqual([{ context: 'prod-eu-west-1', pue: 1.3 }]);
  });

  it('shows a failure of the whole page with a way to try again', async () => {
    renderApp('/clusters', {
      contexts: {
        list: async () => {
          throw new ORPCError('INTERNAL_SERVER_ERROR', {
            message: 'The list is broken',
            data: { failure: 'store', hint: null },
          });
        },
      },
    });
    expect(await screen.findByText('The list is broken')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});
