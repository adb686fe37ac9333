import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { twins } from './twins.ts';

const EXPLORE = '/explore?cluster=c1&tz=UTC';
const swatchOf = (row: HTMLElement) =>
  [...row.querySelectorAll('span')].find((each) => each.style.background !== '')?.style.background;

/** Heights of the columns of a row's trend. */
const trendOf = async (row: HTMLElement) =>
  (await within(row).findByRole('img', { name: /^Trend of ledger-api/ })).querySelector('path')?.getAttribute('d');

async function ledgerRows(): Promise<HTMLElement[]> {
  await screen.findAllByRole('row', { name: /^ledger-api/ });
  return screen.getAllByRole('row', { name: /^ledger-api/ });
}

describe('two workloads of one name in two namespaces', () => {
  it('are two rows of Explore, each with its namespace and its own trend', async () => {
    renderApp(`${EXPLORE}&group=workload`, twins);
    const rows = await ledgerRows();
    expect(rows.map((row) => /search|payments/.exec(row.textContent ?? '')?.[0])).toEqual(['search', 'payments']);
    const [search, payments] = rows;
    expect(await trendOf(search!)).not.toBe(await trendOf(payments!));
    expect(screen.getAllByRole('row', { name: 'ledger-api' })).toHaveLength(2);
  });

  it('open each its own namespace', async () => {
    for (const [place, namespace] of [
      [0, 'search'],
      [1, 'payments'],
    ] as const) {
      const { address, unmount } = renderApp(`${EXPLORE}&group=workload`, twins);
      await userEvent.click((await ledgerRows())[place]!);
      await waitFor(() => expect(address()).toBe(`${EXPLORE}&namespace=${namespace}&workload=Deployment/ledger-api`));
      unmount();
    }
  });

  it('have the colour of their layer, which the legend names with the namespace', async () => {
    renderApp(`${EXPLORE}&group=workload&node=ip-10-0-31-17`, twins);
    const chart = await screen.findByRole('img', { name: /^Carbon by workload/ });
    const rows = await ledgerRows();
    for (const row of rows) {
      const namespace = /search|payments/.exec(row.textContent ?? '')?.[0];
      const layer = chart.querySelector(`[data-series="${namespace}/Deployment/ledger-api"]`)?.getAttribute('fill');
      expect(swatchOf(row)).toBe(layer ?? 'var(--series-other)');
      if (layer === undefined) continue;
      expect(screen.getByRole('button', { name: /^ledger-api/ }).textContent).toContain('ledger-api');
    }
    expect(rows.length).toBeGreaterThan(0);
  });

  it('are drilled into from the chart with the namespace of the layer', async () => {
    const { address } = renderApp(`${EXPLORE}&group=workload`, twins);
    const surface = await screen.findByRole('button', { name: /read by keys/ });
    const keys = [...screen.getByRole('img', { name: /^Carbon by workload/ }).querySelectorAll('[data-series]')].map(
      (each) => each.getAttribute('data-series'),
    );
    expect(keys[0]).toMatch(/^[a-z-]+\/[A-Z]\w+\/[a-z-]+$/);
    fireEvent.keyDown(surface, { key: 'Home' });
    fireEvent.keyDown(surface, { key: 'ArrowDown' });
    fireEvent.keyDown(surface, { key: 'Enter' });
    await waitFor(() => expect(address()).toMatch(/&namespace=[a-z-]+&workload=[A-Z]\w+\/[a-z-]+$/));
  });

  it('stand apart in the list of the Overview and open there too', async () => {
    Object.defineProperty(window, 'innerHeight', { value: 1080, configurable: true });
    const { address } = renderApp('/?cluster=c1&tz=UTC', twins);
    const row = await screen.findByRole('row', { name: 'ledger-api in search' });
    expect(await trendOf(row)).toBeTruthy();
    await userEvent.click(row);
    await waitFor(() =>
      expect(address()).toBe('/explore?cluster=c1&tz=UTC&namespace=search&workload=Deployment/ledger-api'),
    );
  });
});
