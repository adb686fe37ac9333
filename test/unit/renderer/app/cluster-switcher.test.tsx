import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { ClusterItem } from '../../../../src/contract/schemas/contexts.ts';
import { ClusterSwitcher, placeOf } from '../../../../src/renderer/app/frame/ClusterSwitcher.tsx';
import { clusters } from '../../../fakes/client/answers.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const [eu, us, ap] = clusters.clusters as [ClusterItem, ClusterItem, ClusterItem];
const answering = (...items: ClusterItem[]) => ({ clusters: { list: async () => ({ clusters: items }) } });

async function open(path: string, operations = answering(eu, us, ap)) {
  const part = renderPart(<ClusterSwitcher />, operations, path);
  await userEvent.click(await screen.findByRole('button', { name: /^Cluster: / }));
  const find = await screen.findByPlaceholderText('Find a cluster');
  return { ...part, find, names: () => screen.getAllByRole('option').map((option) => option.textContent) };
}

describe('ClusterSwitcher', () => {
  it('lists every cluster with its place and state, and the way to manage them', async () => {
    const { names } = await open('/?cluster=c-us');
    await waitFor(() =>
      expect(names()).toEqual([
        'All clusters',
        'prod-eu-west-1AWS, eu-west-1Collecting',
        'prod-us-east-1AWS, us-east-1Collecting',
        'prod-ap-south-1AWS, ap-south-1Signed out',
        'Manage clusters',
      ]),
    );
    const chosen = screen.getByRole('option', { name: /prod-us-east-1/ });
    expect(within(chosen).getByLabelText('chosen')).toBeTruthy();
    expect(screen.getAllByLabelText('chosen')).toHaveLength(1);
  });

  it('begins in its search, and finds by part of a name', async () => {
    const { find, names } = await open('/');
    expect(document.activeElement).toBe(find);
    await userEvent.type(find, 'SOUTH');
    expect(names()[0]).toMatch(/^prod-ap-south-1/);
    await userEvent.type(find, 'pole');
    expect(await screen.findByText('No cluster has such a name.')).toBeTruthy();
  });

  it('is driven by arrows and Enter', async () => {
    const { address } = await open('/?last=30d');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await waitFor(() => expect(address()).toBe('/?last=30d&cluster=c-us'));
    expect(screen.queryByPlaceholderText('Find a cluster')).toBeNull();
  });

  it('goes back to its button with Esc and changes nothing', async () => {
    const { address } = await open('/?cluster=c-eu');
    await userEvent.keyboard('{ArrowDown}{Escape}');
    expect(address()).toBe('/?cluster=c-eu');
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cluster: prod-eu-west-1' })),
    );
  });

  it('leaves behind what belongs to the cluster before', async () => {
    const { address } = await open('/?cluster=c-eu&namespace=shop&workload=Deployment/cart&node=n1&metric=cost');
    await userEvent.click(screen.getByRole('option', { name: /prod-us-east-1/ }));
    await waitFor(() => expect(address()).toBe('/?cluster=c-us&metric=cost'));
  });

  it('goes back to all', async () => {
    const { address } = await open('/?cluster=c-eu');
    await userEvent.click(screen.getByRole('option', { name: 'All clusters' }));
    await waitFor(() => expect(address()).toBe('/'));
    expect(screen.getByRole('button', { name: 'Cluster: all clusters' }).textContent).toContain('3 collecting');
  });

  it('offers no "all" where there is only one', async () => {
    const { names } = await open('/', answering(eu));
    await waitFor(() => expect(names()).toHaveLength(2));
    expect(screen.queryByRole('option', { name: 'All clusters' })).toBeNull();
  });

  it('does not call a cluster that is gone "all clusters", nor by the name of another', async () => {
    const { address } = await open('/?cluster=c-old', answering(eu));
    expect(screen.getByRole('button', { name: 'Cluster: unknown cluster', hidden: true }).textContent).toContain(
      'not on this computer',
    );
    await userEvent.click(screen.getByRole('option', { name: 'All clusters' }));
    await waitFor(() => expect(address()).toBe('/'));
  });

  it.each([
    ['broken', [eu, ap]],
    ['attention', [eu, { ...us, state: 'no-data' }]],
    ['healthy', [eu, { ...us, state: 'paused', collecting: false }]],
    [
      'off',
      [
        { ...eu, state: 'paused', collecting: false },
        { ...us, state: 'paused', collecting: false },
      ],
    ],
  ] as [string, ClusterItem[]][])('shows the worst state of all: %s', async (status, items) => {
    renderPart(<ClusterSwitcher />, answering(...items));
    const button = await screen.findByRole('button', { name: 'Cluster: all clusters' });
    await waitFor(() => expect(button.querySelector('[data-status]')?.getAttribute('data-status')).toBe(status));
  });
});

describe('placeOf', () => {
  it.each([
    [{ provider: 'gcp', region: 'europe-west9' }, 'Google Cloud, europe-west9'],
    [{ provider: 'on_prem', region: null }, 'own hardware'],
    [{ provider: 'hetzner', region: 'fsn1' }, 'hetzner, fsn1'],
    [{ provider: null, region: null }, ''],
  ])('%o is %j', (cluster, text) => {
    expect(placeOf(cluster)).toBe(text);
  });
});
