import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { clusters } from '../../../fakes/client/answers.ts';
import { createFakeClient } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';

beforeEach(() => {
  localStorage.clear();
  document.documentElement.dataset.theme = 'light';
});

describe('frame', () => {
  it('shows the pages, marks the current one, and counts what is collected', async () => {
    renderApp('/clusters');
    const current = await screen.findByRole('link', { name: /Clusters/ });
    expect(current.getAttribute('aria-current')).toBe('page');
    expect(screen.getByRole('link', { name: 'Overview' }).getAttribute('aria-current')).toBeNull();
    expect(await screen.findByText('3 of 6')).toBeTruthy();
  });

  it('takes the range and the cluster along in links, and leaves the rest', async () => {
    renderApp('/clusters?cluster=c-eu&last=30d&node=n1');
    const link = await screen.findByRole('link', { name: 'Explore' });
    expect(link.getAttribute('href')).toBe('/explore?cluster=c-eu&last=30d');
  });

  it('says how many sources work, and which do not', async () => {
    renderApp('/clusters');
    await userEvent.click(await screen.findByRole('button', { name: /4 of 5 sources working/ }));
    const list = await screen.findByRole('dialog', { name: 'Sources' });
    expect(within(list).getByText('Yearly value of Ireland')).toBeTruthy();
    expect(within(list).getByText('partly working')).toBeTruthy();
  });

  it('says that an address leads nowhere', async () => {
    renderApp('/nowhere');
    expect(await screen.findByText('There is no such page')).toBeTruthy();
  });
});

describe('cluster switcher', () => {
  it('writes the chosen cluster into the address', async () => {
    const { address } = renderApp('/clusters?node=n1&last=30d');
    await userEvent.click(await screen.findByRole('button', { name: 'Cluster: all clusters' }));
    await userEvent.type(await screen.findByPlaceholderText('Find a cluster'), 'us-east');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe('/clusters?last=30d&cluster=c-us'));
    expect(await screen.findByRole('button', { name: 'Cluster: prod-us-east-1' })).toBeTruthy();
  });

  it('opens with its key', async () => {
    renderApp('/clusters');
    await screen.findByRole('button', { name: 'Cluster: all clusters' });
    await userEvent.keyboard('{Control>}{Shift>}k{/Shift}{/Control}');
    expect(await screen.findByPlaceholderText('Find a cluster')).toBeTruthy();
  });

  it('names the one cluster where there is only one', async () => {
    const one = { clusters: clusters.clusters.slice(0, 1) };
    renderApp('/clusters', { clusters: { list: async () => one } });
    expect(await screen.findByRole('button', { name: 'Cluster: prod-eu-west-1' })).toBeTruthy();
  });
});

describe('range picker', () => {
  it('writes a preset into the address', async () => {
    const { address } = renderApp('/clusters?start=2026-11-01T00:00:00Z&end=2026-11-02T00:00:00Z');
    await userEvent.click(await screen.findByRole('button', { name: /^Range:/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Last 30 days' }));
    await waitFor(() => expect(address()).toBe('/clusters?last=30d'));
  });

  it('opens with R and moves by its length with the brackets', async () => {
    const { address } = renderApp('/clusters?start=2026-10-08T00:00:00Z&end=2026-10-09T00:00:00Z&tz=UTC');
    await screen.findByRole('button', { name: 'Range: 8 Oct' });
    await userEvent.keyboard('[[');
    await waitFor(() => expect(address()).toContain('start=2026-10-07T00:00:00Z&end=2026-10-08T00:00:00Z'));
    await userEvent.keyboard(']');
    await waitFor(() => expect(address()).toContain('start=2026-10-08T00:00:00Z'));
    await userEvent.keyboard('r');
    expect(await screen.findByRole('button', { name: 'Show this range' })).toBeTruthy();
  });

  it('takes two moments on the clocks of the zone', async () => {
    const { address } = renderApp('/clusters?start=2026-10-08T00:00:00Z&end=2026-10-09T00:00:00Z&tz=Europe/Paris');
    await userEvent.click(await screen.findByRole('button', { name: /^Range:/ }));
    const from: HTMLInputElement = await screen.findByLabelText('From');
    expect(from.value).toBe('2026-10-08T02:00');
    await userEvent.clear(from);
    await userEvent.type(from, '2026-10-07T08:00');
    await userEvent.click(screen.getByRole('button', { name: 'Show this range' }));
    await waitFor(() => expect(address()).toContain('start=2026-10-07T06:00:00Z&end=2026-10-09T00:00:00Z'));
  });

  it('refuses an end before the start, in words', async () => {
    const { address } = renderApp('/clusters?start=2026-10-08T00:00:00Z&end=2026-10-09T00:00:00Z&tz=UTC');
    await userEvent.click(await screen.findByRole('button', { name: /^Range:/ }));
    const to = await screen.findByLabelText('To');
    await userEvent.clear(to);
    await userEvent.type(to, '2026-10-01T00:00');
    await userEvent.click(screen.getByRole('button', { name: 'Show this range' }));
    expect(await screen.findByText('The end has to be after the start.')).toBeTruthy();
    expect(to.getAttribute('aria-invalid')).toBe('true');
    expect(address()).toContain('end=2026-10-09');
  });

  it('keeps compare and zone in the address', async () => {
    const { address } = renderApp('/clusters?tz=Europe/Paris');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Compare' }));
    await waitFor(() => expect(address()).toContain('compare=0'));
    await userEvent.click(screen.getByRole('button', { name: 'Time zone: Europe/Paris' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'UTC' }));
    await waitFor(() => expect(address()).toContain('tz=UTC'));
  });
});

describe('theme', () => {
  it('is written on the root element and kept', async () => {
    renderApp('/clusters');
    await userEvent.click(await screen.findByRole('button', { name: 'Theme' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Dark/ }));
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(localStorage.getItem('podwatt:theme')).toBe('dark');
  });
});

describe('connection', () => {
  it('says what is safe when the backend is gone, and goes on when it is back', async () => {
    const client = createFakeClient();
    renderApp('/clusters?tz=UTC', client);
    await screen.findByText('3 of 6');
    const before = client.calls.length;
    client.connection.set({ status: 'down', reason: 'exit code 134, out of memory' });
    const alert = await screen.findByRole('alertdialog', { name: 'Podwatt does not answer' });
    expect(within(alert).getByText(/the last whole window ended at 13:55/)).toBeTruthy();
    expect(within(alert).getByText('exit code 134, out of memory')).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Try again'));
    client.connection.set({ status: 'up' });
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    await waitFor(() => expect(client.calls.slice(before).map((call) => call.operation)).toContain('clusters.list'));
  });

  it('can be put away to look at what is stored', async () => {
    const client = createFakeClient({}, { status: 'down', reason: null });
    renderApp('/clusters', client);
    await userEvent.click(await screen.findByRole('button', { name: 'View without collecting' }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(await screen.findByText('Collector stopped')).toBeTruthy();
  });

  it('asks for the printed address when the browser is not signed in', async () => {
    renderApp('/clusters', createFakeClient({}, { status: 'signed-out' }));
    expect(await screen.findByRole('alertdialog', { name: 'This browser is not signed in' })).toBeTruthy();
  });
});
