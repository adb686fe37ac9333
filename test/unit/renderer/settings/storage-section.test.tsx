import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StoreStatus } from '../../../../src/contract/schemas/store.ts';
import { StorageSection } from '../../../../src/renderer/features/settings/storage/StorageSection.tsx';
import { createFakeClient } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { awayStatus, storeStatus } from '../../../fakes/client/store-answers.ts';

configure({ asyncUtilTimeout: 5000 });
beforeEach(() => localStorage.clear());

const show = (status: Partial<StoreStatus> = {}) =>
  renderPart(
    <StorageSection />,
    { store: { status: async () => ({ ...storeStatus, ...status }) } },
    '/settings?section=storage&tz=UTC',
  );
async function region(name: string) {
  // The panel that waits for the answer has the name of the store, too.
  await screen.findByText('Server');
  return within(screen.getByRole('region', { name }));
}

describe('the store', () => {
  it('is named with its place, version, state and who chose it', async () => {
    show();
    const store = await region('Store');
    expect(store.getByRole('heading', { name: 'PostgreSQL' })).toBeTruthy();
    expect(store.getByText('postgres://db.example.com:5432/podwatt (schema public)')).toBeTruthy();
    expect(store.getByText('PostgreSQL 18.4')).toBeTruthy();
    expect(store.getByText('Connected')).toBeTruthy();
    expect(store.getByText('These settings')).toBeTruthy();
    expect(store.getByText('no window')).toBeTruthy();
  });

  it('shortens the path of a file, and keeps the whole for the pointer', async () => {
    show({ kind: 'sqlite', location: '/home/ada/.local/share/podwatt.sqlite', chosen_by: 'default' });
    const place = (await region('Store')).getByText('~/.local/share/podwatt.sqlite');
    expect(place.getAttribute('title')).toBe('/home/ada/.local/share/podwatt.sqlite');
  });

  it('says what is wrong while it can be read only', async () => {
    show({ state: 'read-only', problem: 'The user may not write', hint: 'Grant INSERT on schema public' });
    const store = await region('Store');
    expect(store.getByText('Read-only')).toBeTruthy();
    expect(store.getByText('The user may not write.')).toBeTruthy();
    expect(store.getByText('Grant INSERT on schema public.', { exact: false })).toBeTruthy();
  });

  it('says what was set aside after a recovery', async () => {
    show({ state: 'recovered', problem: 'podwatt.sqlite was set aside as podwatt.sqlite.damaged' });
    expect((await region('Store')).getByText(/set aside as podwatt\.sqlite\.damaged\./)).toBeTruthy();
  });
});

describe('size and growth', () => {
  it('are headlines, with the exact figure on hover', async () => {
    show();
    const figures = await region('Size and growth');
    expect(figures.getByText('2.89').getAttribute('title')).toBe('3,104,000,000 bytes');
    expect(figures.getByText('12.6').getAttribute('title')).toBe('12,594,224');
    expect(figures.getByText('80.4')).toBeTruthy();
    expect(figures.getByText('312,480 rows')).toBeTruthy();
    expect(figures.getByText('28.7')).toBeTruthy();
  });

  it('are words before the first day, never 0', async () => {
    show({ rows_per_day: null, bytes_per_day: null, size_bytes: null });
    const figures = await region('Size and growth');
    expect(figures.getAllByText('not known')).toHaveLength(3);
    expect(figures.getAllByText('known after a day')).toHaveLength(2);
    expect(figures.queryByText('0')).toBeNull();
  });
});

describe('contents', () => {
  it('are a table with one unit and a sum', async () => {
    show();
    const table = within(await screen.findByRole('table', { name: 'Contents of the store' }));
    expect(table.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual([
      'Table',
      'Rows',
      'GiB',
      'Oldest',
      'Newest',
    ]);
    const first = within(table.getByRole('row', { name: /combined_metrics/ }));
    expect(first.getAllByRole('cell').map((cell) => cell.textContent)).toEqual([
      'combined_metrics',
      '9,412,380',
      '2.26',
      '20 Oct 2026',
      '19 Nov 2026',
    ]);
    expect(within(table.getByRole('row', { name: /leases/ })).getAllByText('none')).toHaveLength(2);
    expect(table.getByRole('row', { name: /^All/ }).textContent).toContain('12,594,224');
  });

  it('claim no size where the store can tell none', async () => {
    show({ tables: (storeStatus.tables ?? []).map((table) => ({ ...table, size_bytes: null })) });
    const table = within(await screen.findByRole('table', { name: 'Contents of the store' }));
    expect(table.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual([
      'Table',
      'Rows',
      'Oldest',
      'Newest',
    ]);
    expect(within(table.getByRole('row', { name: /combined_metrics/ })).getAllByRole('cell')).toHaveLength(4);
  });

  it('say so where one table alone has no size', async () => {
    show({
      tables: (storeStatus.tables ?? []).map((table, index) => (index === 1 ? { ...table, size_bytes: null } : table)),
    });
    const row = await screen.findByRole('row', { name: /rollup_pod_hour/ });
    expect(within(row).getByText('no data')).toBeTruthy();
  });

  it('of an Elasticsearch are index families', async () => {
    show({ kind: 'elasticsearch' });
    expect(await screen.findByRole('columnheader', { name: 'Index family' })).toBeTruthy();
    expect(screen.getByText('8 index families')).toBeTruthy();
  });

  it('leave out what is empty until a person asks for it', async () => {
    const empty = { table: 'savings_ledger', rows: 0, size_bytes: 8192, oldest: null, newest: null };
    show({ tables: [...(storeStatus.tables ?? []), empty] });
    expect(await screen.findByText('9 tables')).toBeTruthy();
    expect(screen.queryByRole('row', { name: /savings_ledger/ })).toBeNull();
    const more = screen.getByRole('button', { name: 'Show 1 empty' });
    expect(more.getAttribute('aria-expanded')).toBe('false');
    await userEvent.click(more);
    expect(screen.getByRole('row', { name: /savings_ledger/ })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Hide 1 empty' }));
    expect(screen.queryByRole('row', { name: /savings_ledger/ })).toBeNull();
  });

  it('say that there is nothing yet', async () => {
    show({ tables: [] });
    expect(await screen.findByText(/Nothing is kept yet/)).toBeTruthy();
  });
});

describe('who collects', () => {
  it('marks this process among those that share the store', async () => {
    show();
    const table = within(await screen.findByRole('table', { name: 'Who collects' }));
    const own = within(table.getByRole('row', { name: /prod-eu-west-1/ }));
    expect(own.getByText('this process')).toBeTruthy();
    const other = within(table.getByRole('row', { name: /prod-us-east-1/ }));
    expect(other.getByText('podwatt-0 (17)')).toBeTruthy();
    expect(other.queryByText('this process')).toBeNull();
    expect(other.getByText('14:00, renewed while it runs')).toBeTruthy();
  });

  it('says that a lease has run out, and names a cluster by its id where it has no name', async () => {
    const lease = { ...storeStatus.leases[1]!, cluster_name: null, expires_at: '2020-01-01T00:00:00Z' };
    show({ leases: [lease] });
    expect(await screen.findByText('run out, another process may take over')).toBeTruthy();
    expect(screen.getByText('c-us')).toBeTruthy();
  });

  it('says that nobody does', async () => {
    show({ leases: [] });
    expect(await screen.findByText('No process collects a cluster into this store now.')).toBeTruthy();
  });
});

describe('states of the page', () => {
  it('waits without a jump, and fails with a way on', async () => {
    const view = renderPart(<StorageSection />, { store: { status: () => new Promise(() => undefined) } });
    expect((await screen.findByRole('region', { name: 'Store' })).getAttribute('aria-busy')).toBe('true');
    view.unmount();
    let tries = 0;
    renderPart(<StorageSection />, {
      store: {
        status: async () => {
          tries += 1;
          if (tries === 1) throw new Error('no');
          return storeStatus;
        },
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Connected')).toBeTruthy();
  });

  it('knows nothing of a store that was away from the start, and says what waits', async () => {
    show(awayStatus);
    const store = await region('Store');
    expect(store.getByText(/^Away since .*13:40$/)).toBeTruthy();
    expect(store.getByText('Next try')).toBeTruthy();
    expect(store.getByText('within a minute')).toBeTruthy();
    expect((await region('Size and growth')).getAllByText('not known')).toHaveLength(4);
    expect(screen.getByText(/Its tables are listed as soon as it answers/)).toBeTruthy();
    expect(screen.getByRole('heading', { name: '12 windows wait on this machine' })).toBeTruthy();
    expect(screen.getByText(/Each process goes on with the clusters it had/)).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('keeps the last known contents with their age once the store goes away', async () => {
    let status: StoreStatus = storeStatus;
    const client = createFakeClient({ store: { status: async () => status } });
    renderApp('/settings?section=storage&tz=UTC', client);
    expect(await screen.findByText('12.6')).toBeTruthy();
    status = awayStatus;
    // Everything is asked again after the backend was gone.
    client.connection.set({ status: 'down', reason: null });
    await screen.findByRole('alertdialog');
    client.connection.set({ status: 'up' });
    expect(await screen.findByRole('region', { name: 'Storage is away' })).toBeTruthy();
    await waitFor(() => expect(screen.getAllByText(/as of .*13:39/).length).toBe(3));
    expect(screen.getByText('12.6')).toBeTruthy();
    expect(screen.getByRole('row', { name: /combined_metrics/ })).toBeTruthy();
  });
});

describe('a store that the command line chose', () => {
  it('can not be changed here; the page says where', async () => {
    show({ chosen_by: 'command' });
    const panel = await region('Use another store');
    expect(panel.getByText('The store is chosen where Podwatt is started.')).toBeTruthy();
    expect(panel.getByText('PODWATT_STORE')).toBeTruthy();
    expect(panel.getByText('--store')).toBeTruthy();
    expect(panel.queryByRole('textbox')).toBeNull();
    expect(panel.queryByRole('button', { name: 'Test connection' })).toBeNull();
  });
});
