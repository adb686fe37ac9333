import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BrokenPage } from '../../../../src/renderer/app/Broken.tsx';
import { summary } from '../../../fakes/client/answers.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';

afterEach(() => vi.restoreAllMocks());

const range = () => screen.findByRole('button', { name: /^Range:/ });

describe('back and forward', () => {
  it('return to the range and cluster that were looked at', async () => {
    const { router, address } = renderApp('/clusters?last=7d');
    await userEvent.click(await range());
    await userEvent.click(await screen.findByRole('button', { name: 'Last 30 days' }));
    await waitFor(() => expect(address()).toBe('/clusters?last=30d'));
    await userEvent.click(await screen.findByRole('button', { name: 'Cluster: all clusters' }));
    await userEvent.click(await screen.findByRole('option', { name: /prod-us-east-1/ }));
    await waitFor(() => expect(address()).toBe('/clusters?last=30d&cluster=c-us'));
    act(() => router.history.back());
    await waitFor(() => expect(address()).toBe('/clusters?last=30d'));
    expect(await screen.findByRole('button', { name: 'Cluster: all clusters' })).toBeTruthy();
    act(() => router.history.back());
    await waitFor(() => expect(address()).toBe('/clusters?last=7d'));
    expect((await range()).getAttribute('aria-label')).toBe('Range: Last 7 days');
    act(() => router.history.go(2));
    await waitFor(() => expect(address()).toBe('/clusters?last=30d&cluster=c-us'));
    expect(await screen.findByRole('button', { name: 'Cluster: prod-us-east-1' })).toBeTruthy();
  });

  it('ask again for the range that is shown then', async () => {
    const { router, calls } = renderApp('/clusters?last=24h&tz=UTC');
    await waitFor(() => expect(calls.some((call) => call.operation === 'metrics.summary')).toBe(true));
    const asked = () =>
      calls.filter((call) => call.operation === 'metrics.summary').map((call) => (call.input as { last: string }).last);
    await userEvent.click(await range());
    await userEvent.click(await screen.findByRole('button', { name: 'Last 30 days' }));
    await waitFor(() => expect(asked()).toContain('30d'));
    act(() => router.history.back());
    expect((await screen.findAllByText('Carbon, 24 hours')).length).toBeGreaterThan(0);
  });
});

describe('an address', () => {
  it('that leads nowhere leads to the overview', async () => {
    const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined);
    renderApp('/reports/2019');
    await userEvent.click(await screen.findByRole('button', { name: 'Go to the overview' }));
    expect(assign).toHaveBeenCalledWith('/');
  });

  it('with parts that can not be read still opens', async () => {
    renderApp('/clusters?last=forever&compare=maybe&start=yesterday&metric=love');
    expect((await range()).getAttribute('aria-label')).toBe('Range: Last 7 days');
    expect((await screen.findByRole('checkbox', { name: 'Compare' })).getAttribute('aria-checked')).toBe('true');
  });
});

describe('a page that cannot be drawn', () => {
  it('leaves the frame alone and says whose fault it is', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    renderApp('/clusters', {
      // An answer that the contract forbids: drawing it throws.
      metrics: { summary: async () => ({ ...summary('c-eu'), currency: 7 }) as never },
      contexts: { list: async () => ({ files: null, contexts: null }) as never },
    });
    const alert = within(await screen.findByRole('alert'));
    expect(alert.getByText('This page could not be drawn')).toBeTruthy();
    expect(alert.getByText(/The fault is in Podwatt/)).toBeTruthy();
  });

  it('is drawn again on demand', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    let broken = true;
    const Page = () => {
      if (broken) throw new Error('token=abc');
      return <p>drawn</p>;
    };
    const router = createRouter({
      routeTree: createRootRoute({ component: Page }),
      history: createMemoryHistory({ initialEntries: ['/'] }),
      defaultErrorComponent: BrokenPage,
    });
    render(
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>,
    );
    const again = await screen.findByRole('button', { name: 'Try again' });
    expect(document.body.textContent).not.toContain('token');
    broken = false;
    await userEvent.click(again);
    expect(await screen.findByText('drawn')).toBeTruthy();
  });
});
