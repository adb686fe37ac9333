import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { BreakdownItem } from '../../../../src/contract/schemas/metrics.ts';
import { rowTarget } from '../../../../src/renderer/features/explore/row-target.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';

const AT = '/explore?cluster=c1&tz=UTC';
const explainOf = (address: string): string => decodeURIComponent(/explain=([^&]*)/.exec(address)?.[1] ?? '');
const item = (more: Partial<BreakdownItem>) => ({
  key: 'k',
  label: 'k',
  cluster_id: 'c1',
  namespace: null,
  node: null,
  row_kind: 'pod' as const,
  ...more,
});

describe('what explains a row', () => {
  it('is the row’s own filter within the level', () => {
    expect(rowTarget(item({ namespace: 'shop' }), 'namespace', {})).toEqual({ cluster: 'c1', namespace: 'shop' });
    expect(rowTarget(item({ namespace: 'shop', key: 'shop/Deployment/cart' }), 'workload', { node: 'n1' })).toEqual({
      cluster: 'c1',
      node: 'n1',
      namespace: 'shop',
      workload: 'Deployment/cart',
    });
    expect(rowTarget(item({ namespace: 'shop', key: 'c1/shop/cart-0', node: 'n2' }), 'pod', {})).toEqual({
      cluster: 'c1',
      namespace: 'shop',
      pod: 'cart-0',
      node: 'n2',
    });
    expect(rowTarget(item({ node: 'n2' }), 'node', { namespace: 'shop' })).toEqual({
      cluster: 'c1',
      namespace: 'shop',
      node: 'n2',
    });
  });

  it('of a row of machines among workloads is its namespace', () => {
    const spare = item({ namespace: '__unallocated__', row_kind: 'unallocated', key: '__unallocated__' });
    expect(rowTarget(spare, 'workload', {})).toEqual({ cluster: 'c1', namespace: '__unallocated__' });
  });

  it('is nothing where no filter says it, and of all clusters where the row is of several', () => {
    expect(rowTarget(item({ key: '' }), 'team', {})).toBeNull();
    expect(rowTarget(item({ key: 'red', cluster_id: null }), 'team', {})).toEqual({ team: 'red' });
  });
});

describe('explaining in Explore', () => {
  it('opens from the amount of a row, while the row itself still goes one level down', async () => {
    const { address } = renderApp(AT, sample);
    await userEvent.click(await screen.findByRole('button', { name: /came about: Carbon of search,/ }));
    await waitFor(() => expect(explainOf(address())).toBe('carbon,cluster:c1,namespace:search'));
    expect(address()).not.toContain('namespace=search');
    expect(await screen.findByRole('dialog', { name: 'How this figure came about' })).toBeTruthy();
  });

  it('takes the metric of the column, and the filter of the page for the total', async () => {
    const { address } = renderApp(`${AT}&namespace=search`, sample);
    await userEvent.click(
      await screen.findByRole('button', { name: 'How this figure came about: Energy of query-api' }),
    );
    await waitFor(() =>
      expect(explainOf(address())).toBe('energy,cluster:c1,namespace:search,workload:Deployment/query-api'),
    );
    await userEvent.click(screen.getByRole('button', { name: /came about: Carbon of search,/ }));
    await waitFor(() => expect(explainOf(address())).toBe('carbon,namespace:search'));
  });

  it('opens from a pod, below which there is no further level', async () => {
    const { address } = renderApp(`${AT}&namespace=search&workload=Deployment/query-api`, sample);
    await userEvent.click(await screen.findByRole('row', { name: 'query-api-0' }));
    await waitFor(() =>
      expect(explainOf(address())).toMatch(/^carbon,cluster:c1,namespace:search,workload:.*pod:query-api-0,node:/),
    );
  });

  it('opens one column of the chart by E, and the picked series in it', async () => {
    const { address } = renderApp(AT, sample);
    const chart = await screen.findByRole('button', { name: /read by keys/ });
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    fireEvent.keyDown(chart, { key: 'e' });
    await waitFor(() =>
      expect(explainOf(address())).toMatch(/^carbon,start:2026-11-12T13:00:00Z,end:2026-11-12T15:00:00Z$/),
    );
    fireEvent.keyDown(chart, { key: 'ArrowDown' });
    fireEvent.keyDown(chart, { key: 'e' });
    await waitFor(() => expect(explainOf(address())).toMatch(/^carbon,namespace:[a-z-]+,start:2026-11-12T13/));
  });

  it('opens a column from the chart’s table', async () => {
    const { address } = renderApp(AT, sample);
    await screen.findByRole('button', { name: /read by keys/ });
    fireEvent.keyDown(document.body, { key: 't' });
    const table = within(await screen.findByRole('region', { name: /, table$/ }));
    await userEvent.click(table.getAllByRole('button', { name: /came about: Carbon, / })[0]!);
    await waitFor(() => expect(explainOf(address())).toContain('start:2026-11-12T13:00:00Z'));
  });
});

describe('spare capacity', () => {
  const spreads = (calls: readonly { operation: string; input: unknown }[]) =>
    calls
      .filter((call) => call.operation === 'metrics.breakdown')
      .map((call) => (call.input as { spread?: string }).spread);

  it('is shown apart unless the address says otherwise, and a choice goes to address and question', async () => {
    const { address, calls } = renderApp(AT, sample);
    await screen.findByRole('row', { name: 'search' });
    expect(spreads(calls).every((spread) => spread === undefined)).toBe(true);
    expect(screen.getByRole('combobox', { name: 'Spare capacity' }).textContent).toContain('apart');
    expect(screen.getByText('Carbon includes the idle power that each workload reserves')).toBeTruthy();
    expect(address()).not.toContain('spread');
  });

  it('by reservation or evenly is asked for as such, and said below the rows', async () => {
    const { calls } = renderApp(`${AT}&spread=even`, sample);
    expect(await screen.findByText(/in equal parts/)).toBeTruthy();
    await screen.findByRole('row', { name: 'search' });
    expect(spreads(calls)).toContain('even');
  });

  it('that the address can’t mean is shown apart', async () => {
    const { calls } = renderApp(`${AT}&spread=everywhere`, sample);
    await screen.findByRole('row', { name: 'search' });
    expect(spreads(calls).every((spread) => spread === undefined)).toBe(true);
  });

  it('is told of in the explanation of a row, which is without its part', async () => {
    renderApp(`${AT}&spread=reservation&explain=carbon,namespace:search`, sample);
    expect(await screen.findByText(/the page adds its part of the spare capacity/)).toBeTruthy();
  });
});
