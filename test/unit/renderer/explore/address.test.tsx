import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { BreakdownItem } from '../../../../src/contract/schemas/metrics.ts';
import { BreakdownInput } from '../../../../src/contract/schemas/metrics.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';
import { withMetrics } from '../figures/twins.ts';

const AT = '/explore?cluster=c1&tz=UTC';
const names = () => screen.getAllByRole('row').flatMap((row) => row.getAttribute('aria-label') ?? []);
const cells = (row: HTMLElement) => [...row.children].map((cell) => cell.textContent ?? '');
const heads = () => screen.getAllByRole('columnheader').map((head) => head.textContent);
const amounts = () =>
  screen
    .getAllByRole('row')
    .slice(1, -1)
    .map((row) => Number(cells(row)[1]));

describe('path of Explore', () => {
  it('names each step, and a click on one goes back to it', async () => {
    const { address } = renderApp(`${AT}&namespace=search&workload=Deployment/query-api`, sample);
    const path = within(await screen.findByRole('navigation', { name: /breadcrumb|path/i }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('query-api');
    await userEvent.click(path.getByRole('button', { name: 'search' }));
    await waitFor(() => expect(address()).toBe(`${AT}&namespace=search`));
    await userEvent.click(await screen.findByRole('button', { name: 'All namespaces' }));
    await waitFor(() => expect(address()).toBe(AT));
  });

  it('goes up one step by Alt ↑ until the top, and stays there', async () => {
    const { address } = renderApp(`${AT}&namespace=search&workload=Deployment/query-api`, sample);
    await screen.findByRole('row', { name: 'query-api-0' });
    const up = () => fireEvent.keyDown(document.body, { key: 'ArrowUp', altKey: true });
    up();
    await waitFor(() => expect(address()).toBe(`${AT}&namespace=search`));
    up();
    await waitFor(() => expect(address()).toBe(AT));
    up();
    await screen.findByRole('row', { name: 'search' });
    expect(address()).toBe(AT);
  });

  it('opens System as its nodes, in words', async () => {
    const { address } = renderApp(AT, sample);
    await userEvent.click(await screen.findByRole('row', { name: 'System' }));
    await waitFor(() => expect(address()).toBe(`${AT}&namespace=__system__`));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('System');
    expect(await screen.findByRole('row', { name: 'ip-10-0-12-84' })).toBeTruthy();
  });

  it('forgets the search of the level that it leaves', async () => {
    const { address } = renderApp(`${AT}&search=sea`, sample);
    await userEvent.click(await screen.findByRole('row', { name: 'search' }));
    await waitFor(() => expect(address()).toBe(`${AT}&namespace=search`));
    expect((screen.getByRole('searchbox') as HTMLInputElement).value).toBe('');
  });
});

describe('order of the rows', () => {
  it('is what the answer says: the page sorts nothing again', async () => {
    const shuffled = withMetrics({
      breakdown: async (input, options) => {
        const answer = await sample.metrics!.breakdown!(input, options);
        return { ...answer, items: answer.items.toSorted((a, b) => (a.key < b.key ? 1 : -1)) };
      },
    });
    renderApp(AT, shuffled);
    await screen.findByRole('row', { name: 'search' });
    const named = names().filter((name) => name !== 'System' && name !== 'Unallocated');
    expect(named).toEqual(named.toSorted((a, b) => (a < b ? 1 : -1)));
  });

  it('turns round both ways in the address', async () => {
    const { address } = renderApp(AT, sample);
    await screen.findByRole('row', { name: 'search' });
    const down = amounts();
    expect(down).toEqual(down.toSorted((a, b) => b - a));
    await userEvent.click(screen.getByRole('button', { name: 'kg CO₂e' }));
    await waitFor(() => expect(address()).toContain('sort=co2e&order=asc'));
    await waitFor(() => expect(amounts()).toEqual(down.toReversed()));
    expect(screen.getByRole('columnheader', { name: 'kg CO₂e' }).getAttribute('aria-sort')).toBe('ascending');
    await userEvent.click(screen.getByRole('button', { name: 'kg CO₂e' }));
    await waitFor(() => expect(address()).toContain('order=desc'));
    await waitFor(() => expect(amounts()).toEqual(down));
  });

  it('is kept when the page is opened by its address', async () => {
    const { calls } = renderApp(`${AT}&sort=cpu&order=asc`, sample);
    await screen.findByRole('row', { name: 'search' });
    const asked = calls.find(({ operation }) => operation === 'metrics.breakdown')?.input;
    expect(asked).toMatchObject({ sort: 'cpu', order: 'asc', by: 'namespace', cluster: 'c1' });
    expect(screen.getByRole('columnheader', { name: /CPU/ }).getAttribute('aria-sort')).toBe('ascending');
  });
});

describe('columns', () => {
  it('come back from the address in its order', async () => {
    renderApp(`${AT}&columns=pods,energy,share`, sample);
    await screen.findByRole('row', { name: 'search' });
    expect(heads()).toEqual(['Namespace', 'kg CO₂e', 'Pods', 'kWh', 'Share']);
  });

  it('are the usual ones where the address means none that exist', async () => {
    renderApp(`${AT}&columns=nonsense`, sample);
    await screen.findByRole('row', { name: 'search' });
    expect(heads()).toContain('Share');
  });

  it('may be none: name and metric stay', async () => {
    renderApp(`${AT}&columns=none`, sample);
    await screen.findByRole('row', { name: 'search' });
    expect(heads()).toEqual(['Namespace', 'kg CO₂e']);
  });

  it('move by Alt ↑, and the address follows', async () => {
    const { address } = renderApp(`${AT}&columns=pods,energy,share`, sample);
    await screen.findByRole('row', { name: 'search' });
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    fireEvent.keyDown(await screen.findByRole('checkbox', { name: 'Share' }), { key: 'ArrowUp', altKey: true });
    await waitFor(() => expect(address()).toContain('columns=pods,share,energy'));
  });

  it('are found by a part of their name', async () => {
    renderApp(AT, sample);
    await screen.findByRole('row', { name: 'search' });
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await userEvent.type(await screen.findByRole('searchbox', { name: 'Find a column' }), 'emb');
    expect(screen.getAllByRole('checkbox', { name: /Embodied|Share|Pods/ })).toHaveLength(1);
  });
});

describe('many rows', () => {
  /** 250 namespaces that weigh 250 g down to 1 g each. */
  const many = withMetrics({
    breakdown: async (input, options) => {
      const answer = await sample.metrics!.breakdown!({ ...input, offset: 0 }, options);
      const [first] = answer.items.filter((item) => item.row_kind === 'pod');
      const all = Array.from({ length: 250 }, (_, index): BreakdownItem => {
        const key = `ns-${String(index).padStart(3, '0')}`;
        return { ...first!, key, label: key, namespace: key, co2e_grams: 250 - index, embodied_co2e_grams: 0 };
      });
      const offset = Number(input?.offset ?? 0);
      return { ...answer, items: all.slice(offset, offset + Number(input?.limit ?? 100)), total_items: all.length };
    },
  });

  it('come a hundred at a time until all are there, each once', async () => {
    renderApp(AT, many);
    await screen.findByRole('row', { name: 'ns-000' });
    expect(names()).toHaveLength(100);
    await userEvent.click(screen.getByRole('button', { name: 'Show more, 100 of 250 shown' }));
    await waitFor(() => expect(names()).toHaveLength(200));
    await userEvent.click(screen.getByRole('button', { name: 'Show more, 200 of 250 shown' }));
    await waitFor(() => expect(names()).toHaveLength(250));
    expect(new Set(names()).size).toBe(250);
    expect(names().at(-1)).toBe('ns-249');
    expect(screen.queryByRole('button', { name: /Show more/ })).toBeNull();
  });
});

describe('copy as API call', () => {
  it.each([
    ['', 'search'],
    ['&group=workload&sort=name', 'query-api'],
    ['&namespace=search&search=que', 'query-api'],
    ['&node=hyb-dub-01&group=pod&sort=energy&order=asc', 'Unallocated on hyb-dub-01'],
  ])('%s gives an address that answers the same rows', async (more, row) => {
    const user = userEvent.setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    const { calls } = renderApp(`${AT}${more}`, sample);
    await screen.findByRole('row', { name: row });
    const shown = amounts();
    await user.click(screen.getByRole('button', { name: 'Copy as API call' }));
    const url = new URL(/'(.*)'/.exec(String(write.mock.calls[0]?.[0]))?.[1] ?? '');
    expect(url.pathname).toBe('/api/v1/breakdown');
    const query = Object.fromEntries(url.searchParams);
    const asked = BreakdownInput.parse({
      ...query,
      limit: Number(query['limit']),
      compare: query['compare'] === 'true',
    });
    const answer = await sample.metrics!.breakdown!(asked);
    expect(answer.items).toHaveLength(shown.length);
    const shownCall = calls.find(({ operation }) => operation === 'metrics.breakdown')?.input;
    const same = await sample.metrics!.breakdown!(
      shownCall as Parameters<NonNullable<typeof sample.metrics>['breakdown'] & object>[0],
    );
    expect(answer.items.map((item) => item.key)).toEqual(same.items.map((item) => item.key));
    write.mockRestore();
  });
});
