import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';

const AT = '/explore?cluster=c1&tz=UTC';
const names = () => screen.getAllByRole('row').flatMap((row) => row.getAttribute('aria-label') ?? []);
const cellsOf = (row: HTMLElement) => [...row.children].map((cell) => cell.textContent ?? '');

describe('Explore', () => {
  it('lists namespaces with System and Unallocated in words, and totals that their rows add up to', async () => {
    renderApp(AT, sample);
    await screen.findByRole('row', { name: 'search' });
    expect(names()).toEqual([
      'Unallocated',
      'search',
      'ml-inference',
      'data-pipeline',
      'payments',
      'System',
      'observability',
      'checkout',
      'catalog',
      'kube-system',
    ]);
    const rows = screen.getAllByRole('row');
    const amounts = rows.slice(1, -1).map((row) => Number(cellsOf(row)[1]));
    const total = Number(cellsOf(rows.at(-1)!)[1]);
    expect(amounts.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 0);
    expect(cellsOf(rows.at(-1)!)[0]).toBe('All');
  });

  it('drills down to pods by Enter and comes up by Alt ↑, all in the address', async () => {
    const { address } = renderApp(AT, sample);
    const row = await screen.findByRole('row', { name: 'search' });
    row.focus();
    fireEvent.keyDown(row, { key: 'Enter' });
    await waitFor(() => expect(address()).toBe(`${AT}&namespace=search`));
    const workload = await screen.findByRole('row', { name: 'query-api' });
    fireEvent.keyDown(workload, { key: 'Enter' });
    await waitFor(() => expect(address()).toBe(`${AT}&namespace=search&workload=Deployment/query-api`));
    expect(await screen.findByRole('row', { name: 'query-api-2' })).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('query-api');
    fireEvent.keyDown(document.body, { key: 'ArrowUp', altKey: true });
    await waitFor(() => expect(address()).toBe(`${AT}&namespace=search`));
  });

  it('never shows rows of the level that was left as rows of the new one', async () => {
    const metrics = sample.metrics!;
    const slow = {
      ...sample,
      metrics: {
        ...metrics,
        breakdown: async (input: Parameters<NonNullable<typeof metrics.breakdown>>[0]) =>
          input?.namespace === undefined ? metrics.breakdown!(input) : new Promise<never>(() => undefined),
      },
    };
    renderApp(AT, slow);
    await userEvent.click(await screen.findByRole('row', { name: 'search' }));
    const panel = await screen.findByRole('region', { name: 'Workloads' });
    expect(panel.getAttribute('aria-busy')).toBe('true');
    expect(within(panel).queryByRole('row', { name: 'search' })).toBeNull();
  });

  it('walks rows by arrow keys', async () => {
    renderApp(AT, sample);
    const row = await screen.findByRole('row', { name: 'search' });
    row.focus();
    fireEvent.keyDown(row, { key: 'ArrowDown' });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('ml-inference');
  });

  it('says how much the level is, of the whole too', async () => {
    renderApp(`${AT}&namespace=search`, sample);
    expect(await screen.findByText(/^Between 3\.38 and 4\.83$/)).toBeTruthy();
    expect(await screen.findByText('17 % of the whole')).toBeTruthy();
  });

  it('sorts by a header, keeps it in the address, and turns round on a second click', async () => {
    const { address, calls } = renderApp(AT, sample);
    await userEvent.click(await screen.findByRole('button', { name: 'Namespace' }));
    await waitFor(() => expect(address()).toContain('sort=name'));
    await waitFor(() => expect(names()[0]).toBe('System'));
    await userEvent.click(screen.getByRole('button', { name: 'Namespace' }));
    await waitFor(() => expect(address()).toContain('order=desc'));
    expect(
      calls.some(
        (call) =>
          call.operation === 'metrics.breakdown' && JSON.stringify(call.input).includes('"sort":"name","order":"desc"'),
      ),
    ).toBe(true);
    expect(screen.getByRole('columnheader', { name: 'Namespace' }).getAttribute('aria-sort')).toBe('descending');
  });

  it('searches after a pause and explains an empty answer by name', async () => {
    const { address } = renderApp(AT, sample);
    await userEvent.type(await screen.findByRole('searchbox', { name: 'Find a namespace' }), 'serch');
    expect(await screen.findByText("Nothing called 'serch' here")).toBeTruthy();
    expect(address()).toContain('search=serch');
  });

  it('follows the metric in amounts, order and header', async () => {
    renderApp(`${AT}&metric=cost`, sample);
    const row = await screen.findByRole('row', { name: 'search' });
    expect(cellsOf(row)[1]).toBe('101');
    expect(screen.getByRole('button', { name: 'kg CO₂e' })).toBeTruthy();
  });

  it('takes columns away and gives them back; the address holds the choice', async () => {
    const { address } = renderApp(AT, sample);
    await screen.findByRole('row', { name: 'search' });
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Share' }));
    await waitFor(() => expect(screen.queryByRole('columnheader', { name: 'Share' })).toBeNull());
    expect(address()).toContain('columns=kind,range,change');
    await userEvent.click(screen.getByRole('button', { name: 'Reset' }));
    await waitFor(() => expect(address()).not.toContain('columns'));
  });

  it('loads further rows on request and keeps the total of all', async () => {
    const metrics = sample.metrics!;
    const paged = {
      ...sample,
      metrics: {
        ...metrics,
        breakdown: async (input: Parameters<NonNullable<typeof metrics.breakdown>>[0]) =>
          metrics.breakdown!({ ...input, limit: 4 }),
      },
    };
    renderApp(AT, paged);
    await screen.findByRole('row', { name: 'search' });
    expect(names()).toHaveLength(4);
    await userEvent.click(screen.getByRole('button', { name: 'Show more, 4 of 10 shown' }));
    await waitFor(() => expect(names()).toHaveLength(8));
    expect(new Set(names()).size).toBe(8);
    expect(cellsOf(screen.getAllByRole('row').at(-1)!)[1]).toBe('23.4');
  });

  it('names rows of machines by their node, and removes a filter by its cross', async () => {
    const { address } = renderApp(`${AT}&node=hyb-dub-01&group=pod`, sample);
    expect(await screen.findByRole('row', { name: 'Unallocated on hyb-dub-01' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Remove the filter Node is hyb-dub-01' }));
    await waitFor(() => expect(address()).toBe(AT));
  });

  it('copies the call that answers the same', async () => {
    const user = userEvent.setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    renderApp(`${AT}&namespace=search`, sample);
    await screen.findByRole('row', { name: 'query-api' });
    await user.click(screen.getByRole('button', { name: 'Copy as API call' }));
    expect(await screen.findByText('Copied')).toBeTruthy();
    expect(write.mock.calls[0]?.[0]).toMatch(/\/api\/v1\/breakdown\?.*namespace=search.*by=workload/);
  });

  it('drills from a series of the chart', async () => {
    const { address } = renderApp(AT, sample);
    const surface = await screen.findByRole('button', { name: /read by keys/ });
    fireEvent.keyDown(surface, { key: 'ArrowRight' });
    fireEvent.keyDown(surface, { key: 'ArrowDown' });
    fireEvent.keyDown(surface, { key: 'Enter' });
    await waitFor(() => expect(address()).toBe(`${AT}&namespace=search`));
  });

  it('keeps a failure inside its panel', async () => {
    renderApp(AT, {
      ...sample,
      metrics: { ...sample.metrics, breakdown: async () => Promise.reject(new Error('boom')) },
    });
    const panel = within(await screen.findByRole('region', { name: 'Namespaces' }));
    expect(await panel.findByRole('alert')).toBeTruthy();
    expect(await screen.findByRole('img', { name: /Carbon by namespace/ })).toBeTruthy();
  });
});
