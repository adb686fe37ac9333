import { ORPCError } from '@orpc/client';
import { act, configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../../../src/contract/schemas/events.ts';
import type { StoreStatus } from '../../../../src/contract/schemas/store.ts';
import { clusters } from '../../../fakes/client/answers.ts';
import { createFakeClient, type FakeOperations } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { awayStatus, storeStatus } from '../../../fakes/client/store-answers.ts';

// Whole pages take their time on a busy machine; what never comes still fails.
configure({ asyncUtilTimeout: 5000 });

beforeEach(() => localStorage.clear());

const recovered: StoreStatus = {
  ...storeStatus,
  state: 'recovered',
  since: '2026-11-19T09:12:00Z',
  problem: 'The file was set aside as podwatt.sqlite.damaged-2026-11-19; 2 of 1,206 windows are lost',
};

/** The app on a store whose state a test changes; `tell` is the backend's event. */
function openApp(path: string, first: StoreStatus, operations: FakeOperations = {}) {
  let status = first;
  let emit: (event: ChangeEvent) => void = () => undefined;
  async function* changes(signal: AbortSignal | undefined): AsyncGenerator<ChangeEvent, void, void> {
    yield { kind: 'hello', version: '0' };
    while (signal?.aborted !== true) {
      const next = Promise.withResolvers<ChangeEvent | null>();
      emit = next.resolve;
      signal?.addEventListener('abort', () => next.resolve(null), { once: true });
      const event = await next.promise;
      if (event === null) return;
      yield event;
    }
  }
  const client = createFakeClient({
    ...operations,
    store: { status: async () => status },
    system: { ...operations.system, changes: async (_input, options) => changes(options?.signal) },
  });
  const app = renderApp(path, client);
  const count = (operation: string) => client.calls.filter((call) => call.operation === operation).length;
  const tell = async (next: StoreStatus) => {
    status = next;
    await act(async () => emit({ kind: 'store' }));
  };
  return { ...app, count, tell };
}

describe('a store that is away', () => {
  it('is said once, with what waits, the next try and the way to the settings', async () => {
    renderApp('/clusters?tz=UTC', { store: { status: async () => awayStatus } });
    const banner = within(await screen.findByRole('region', { name: 'Storage is away' }));
    const said = banner.getByRole('status').textContent;
    expect(said).toMatch(/PostgreSQL is away since .*13:40\./);
    expect(said).toContain('db.example.com:5432 refused the connection.');
    expect(banner.getByText(/12 windows wait on this machine, the oldest from .*13:40/)).toBeTruthy();
    expect(banner.getByText(/Podwatt tries again within a minute\./)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    const link = banner.getByRole('link', { name: 'Open storage' });
    expect(link.getAttribute('href')).toBe('/settings?tz=UTC&section=storage');
  });

  it('says that collecting goes on before anything waits', async () => {
    const status = { ...awayStatus, spool: { windows: 0, oldest: null } };
    renderApp('/clusters?tz=UTC', { store: { status: async () => status } });
    expect(
      await screen.findByText(/^Collecting goes on: windows wait on this machine until it is back\./),
    ).toBeTruthy();
  });

  it('says nothing while all is well, or while nothing is known', async () => {
    renderApp('/clusters', { store: { status: async () => Promise.reject(new Error('old backend')) } });
    await screen.findByText('3 of 6');
    expect(screen.queryByRole('region', { name: /Storage/ })).toBeNull();
  });

  it('comes and goes with the events of the backend, and all is asked again then', async () => {
    const app = openApp('/clusters', storeStatus);
    await screen.findByText('3 of 6');
    await waitFor(() => expect(app.count('metrics.summary')).toBeGreaterThan(0));
    const before = app.count('metrics.summary');
    await app.tell(awayStatus);
    expect(await screen.findByRole('region', { name: 'Storage is away' })).toBeTruthy();
    expect(app.count('metrics.summary')).toBe(before);
    await app.tell(storeStatus);
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Storage is away' })).toBeNull());
    await waitFor(() => expect(app.count('metrics.summary')).toBe(before * 2));
  });

  it('is asked again for everything once it is another store', async () => {
    const app = openApp('/clusters', storeStatus);
    await screen.findByText('3 of 6');
    await waitFor(() => expect(app.count('metrics.summary')).toBeGreaterThan(0));
    const before = app.count('metrics.summary');
    await app.tell({ ...storeStatus, location: 'postgres://other.example.com:5432/podwatt (schema public)' });
    await waitFor(() => expect(app.count('metrics.summary')).toBe(before * 2));
  });

  it('asks anew what failed, and only that, while it stays the same', async () => {
    const away = () =>
      Promise.reject(new ORPCError('X', { message: 'away', data: { failure: 'store-away', hint: null } }));
    const app = openApp('/clusters?tz=UTC', awayStatus, { metrics: { summary: away } });
    await waitFor(() => expect(app.count('metrics.summary')).toBeGreaterThan(0));
    const before = app.count('metrics.summary');
    const contexts = app.count('contexts.list');
    await app.tell({ ...awayStatus, spool: { windows: 13, oldest: null } });
    expect(await screen.findByText(/13 windows wait/)).toBeTruthy();
    await waitFor(() => expect(app.count('metrics.summary')).toBe(before * 2));
    expect(app.count('contexts.list')).toBeGreaterThanOrEqual(contexts);
  });
});

describe('a store that was recovered', () => {
  it('says what was set aside until a person puts it away, and for good', async () => {
    const first = renderApp('/clusters?tz=UTC', { store: { status: async () => recovered } });
    const notice = within(await screen.findByRole('region', { name: 'Storage was recovered' }));
    expect(notice.getByText(/podwatt\.sqlite\.damaged-2026-11-19; 2 of 1,206 windows are lost\./)).toBeTruthy();
    await userEvent.click(notice.getByRole('button', { name: 'Put this notice away' }));
    expect(screen.queryByRole('region', { name: 'Storage was recovered' })).toBeNull();
    first.unmount();
    const second = renderApp('/clusters?tz=UTC', { store: { status: async () => recovered } });
    await screen.findByText('3 of 6');
    expect(screen.queryByRole('region', { name: 'Storage was recovered' })).toBeNull();
    second.unmount();
    const again = { ...recovered, since: '2026-11-20T09:12:00Z' };
    renderApp('/clusters?tz=UTC', { store: { status: async () => again } });
    expect(await screen.findByRole('region', { name: 'Storage was recovered' })).toBeTruthy();
  });
});

describe('a store that can be read only', () => {
  const readOnly: StoreStatus = { ...storeStatus, state: 'read-only', problem: 'The user may not write.', leases: [] };

  it('is a quiet sign, and nothing can be switched on', async () => {
    renderApp('/clusters', { store: { status: async () => readOnly } });
    const chip = await screen.findByRole('link', { name: 'Read-only store' });
    expect(chip.getAttribute('title')).toBe('The user may not write.');
    expect(screen.queryByRole('alert')).toBeNull();
    const card = within(await screen.findByRole('region', { name: 'prod-eu-west-1' }));
    const toggle = card.getByRole<HTMLButtonElement>('switch', { name: 'Collect prod-eu-west-1' });
    await waitFor(() => expect(toggle.disabled).toBe(true));
    expect(toggle.getAttribute('aria-checked')).toBe('false');
    expect(card.getByText('Off: the store is read-only')).toBeTruthy();
    const signedOut = within(screen.getByRole('region', { name: 'prod-ap-south-1' }));
    expect(signedOut.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});

describe('a cluster that another process collects', () => {
  it('says which one as its session tells, before any lease is known', async () => {
    const [first, ...rest] = clusters.clusters;
    const taken = {
      ...first!,
      state: 'elsewhere' as const,
      collected_by: { holder: 'team-7 (9)', until: '2099-01-01T00:00:00Z' },
    };
    renderApp('/clusters', {
      clusters: { list: async () => ({ clusters: [taken, ...rest] }) },
      store: { status: async () => ({ ...storeStatus, leases: [] }) },
    });
    const card = within(await screen.findByRole('region', { name: 'prod-eu-west-1' }));
    expect(await card.findByText('Collected by team-7 (9)')).toBeTruthy();
    expect(card.getByText('Carbon, 7 days')).toBeTruthy();
  });

  it('says which one; an own or a run-out lease says nothing', async () => {
    const runOut = { ...storeStatus.leases[1]!, cluster_id: 'c-ap', expires_at: '2020-01-01T00:00:00Z' };
    renderApp('/clusters', {
      clusters: {
        list: async () => ({ clusters: clusters.clusters.map((item) => ({ ...item, state: 'collecting' as const })) }),
      },
      store: { status: async () => ({ ...storeStatus, leases: [...storeStatus.leases, runOut] }) },
    });
    const card = async (name: string) => within(await screen.findByRole('region', { name }));
    expect(await (await card('prod-us-east-1')).findByText('Collected by podwatt-0 (17)')).toBeTruthy();
    expect((await card('prod-eu-west-1')).getByText('Collecting')).toBeTruthy();
    expect((await card('prod-ap-south-1')).getByText('Collecting')).toBeTruthy();
  });
});
