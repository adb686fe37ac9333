import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';
import { NODE_ITEMS } from '../figures/sample-data.ts';
import { withMetrics } from '../figures/twins.ts';

const AT = '/nodes?cluster=c1&tz=UTC';
const LINE = /: [\d.]+ W, dynamic/;
const shown = async () =>
  (await screen.findAllByRole('button', { name: LINE })).map(
    (button) => button.getAttribute('aria-label')?.split(':')[0],
  );
const list = async () => {
  await screen.findAllByRole('button', { name: LINE });
  return within(screen.getByRole('region', { name: 'Nodes' }));
};
const sections = async () => (await list()).getAllByRole('heading', { level: 2 }).map((head) => head.textContent);

describe('list of nodes', () => {
  it('has each node once, those with most power first in each section', async () => {
    renderApp(AT, sample);
    const names = await shown();
    expect(names.toSorted()).toEqual(NODE_ITEMS.map((node) => node.name).toSorted());
    const watts = (await list())
      .getAllByRole('button', { name: /: [\d.]+ W, dynamic/ })
      .map((button) => Number(/: ([\d.]+) W/.exec(button.getAttribute('aria-label') ?? '')?.[1]));
    const firsts = [watts[0] ?? 0, watts[1] ?? 0, watts[2] ?? 0];
    expect(firsts).toEqual(firsts.toSorted((a, b) => b - a));
  });

  it('is grouped by type, by zone where the address says so', async () => {
    const byType = renderApp(AT, sample);
    await shown();
    expect(await sections()).toEqual(['m6i.2xlarge', 'Xeon D, hybrid', 'm7g.xlarge']);
    byType.unmount();
    renderApp(`${AT}&by=zone`, sample);
    await shown();
    expect(await sections()).toContain('dub-1');
  });

  it('finds by a part of name, type or zone, in any case', async () => {
    renderApp(AT, sample);
    await shown();
    const search = screen.getByRole('searchbox', { name: 'Find a node' });
    await userEvent.type(search, 'HYB-dub');
    expect(await shown()).toEqual(['hyb-dub-02', 'hyb-dub-01']);
    await userEvent.clear(search);
    await userEvent.type(search, 'eu-west-1c');
    expect(await shown()).toContain('ip-10-0-57-9');
    expect(await shown()).not.toContain('ip-10-0-12-84');
  });

  it('keeps the chosen node while the search hides it', async () => {
    renderApp(`${AT}&node=hyb-dub-01`, sample);
    await shown();
    await userEvent.type(screen.getByRole('searchbox', { name: 'Find a node' }), 'ip-10');
    expect(await shown()).not.toContain('hyb-dub-01');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('hyb-dub-01');
  });
});

describe('a node in detail', () => {
  it('is asked for by its name and cluster only', async () => {
    const { calls } = renderApp(`${AT}&node=hyb-dub-02`, sample);
    await screen.findByRole('table', { name: 'Power of hyb-dub-02 by pod' });
    const asked = calls.filter(({ input }) => (input as { node?: string } | undefined)?.node !== undefined);
    expect(asked.map(({ operation }) => operation).toSorted()).toEqual([
      'metrics.breakdown',
      'metrics.timeseries',
      'nodes.detail',
    ]);
    for (const { input } of asked) expect(input).toMatchObject({ node: 'hyb-dub-02', cluster: 'c1', last: '7d' });
  });

  it.each(['ip-10-0-12-84', 'hyb-dub-01', 'hyb-dub-02'])(
    '%s: who uses it adds up to the node and its list line',
    async (name) => {
      renderApp(`${AT}&node=${name}`, sample);
      const table = await screen.findByRole('table', { name: `Power of ${name} by pod` });
      const rows = within(table).getAllByRole('row').slice(1);
      const watts = rows.map((row) => Number(row.children[2]?.textContent));
      const total = watts.at(-1) ?? 0;
      expect(watts.slice(0, -1).reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 0);
      const line = await screen.findByRole('button', { name: new RegExp(`^${name}: `) });
      expect(Number(/: ([\d.]+) W/.exec(line.getAttribute('aria-label') ?? '')?.[1])).toBeCloseTo(total, 1);
      const idle = rows.map((row) => Number(row.children[3]?.textContent || 0));
      expect(idle.slice(0, -1).reduce((sum, value) => sum + value, 0)).toBeCloseTo(idle.at(-1) ?? 0, 0);
    },
  );

  it('turns its power into a table with the same parts, that add up to the total', async () => {
    renderApp(AT, sample);
    const panel = within(await screen.findByRole('region', { name: 'Power over time' }));
    await panel.findByRole('img', { name: /^Power over time/ });
    fireEvent.keyDown(document.body, { key: 't' });
    const heads = (await panel.findAllByRole('columnheader')).map((head) => head.textContent);
    expect(heads).toEqual(['Window', 'Total, W', 'Between', 'Dynamic', 'Idle, reserved', 'System', 'Unallocated']);
    const [, first] = panel.getAllByRole('row');
    const numbers = [...(first?.children ?? [])].map((cell) => Number(cell.textContent));
    expect(numbers.slice(3).reduce((sum, value) => sum + value, 0)).toBeCloseTo(numbers[1] ?? 0, 0);
    expect(panel.getAllByText('no data')).toHaveLength(5);
  });

  it('leads to its pods in Explore', async () => {
    const { address } = renderApp(`${AT}&node=hyb-dub-01`, sample);
    const users = within(await screen.findByRole('region', { name: 'Who uses it' }));
    await userEvent.click(await users.findByRole('button', { name: /Open in Explore/ }));
    await waitFor(() => expect(address()).toBe('/explore?cluster=c1&tz=UTC&node=hyb-dub-01&group=pod'));
  });

  it('goes back to the list without a node in the address', async () => {
    const { address } = renderApp(`${AT}&node=hyb-dub-01`, sample);
    await shown();
    await userEvent.click(screen.getByRole('button', { name: 'Nodes' }));
    await waitFor(() => expect(address()).toBe(AT));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('ip-10-0-12-84');
  });
});

describe('Nodes without figures', () => {
  it('says so in place of list and detail', async () => {
    const empty = async (...args: Parameters<NonNullable<NonNullable<typeof sample.metrics>['breakdown']>>) => ({
      ...(await sample.metrics!.breakdown!(...args)),
      items: [],
    });
    renderApp(`${AT}&last=24h`, withMetrics({ breakdown: empty }));
    expect(await screen.findByText(/^No figures for /)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Show the last 7 days' })).toBeTruthy();
    expect(screen.queryByRole('searchbox', { name: 'Find a node' })).toBeNull();
  });

  it('says what failed, with a way to try again', async () => {
    let fails = true;
    renderApp(
      AT,
      withMetrics({
        breakdown: async (input, options) => {
          if (fails) throw new Error('boom');
          return sample.metrics!.breakdown!(input, options);
        },
      }),
    );
    const panel = within(await screen.findByRole('region', { name: 'Nodes' }));
    await panel.findByRole('alert');
    fails = false;
    await userEvent.click(panel.getByRole('button', { name: 'Try again' }));
    expect(await shown()).toContain('hyb-dub-01');
  });

  it('names a node that the inventory no longer holds', async () => {
    renderApp(`${AT}&node=hyb-dub-01`, {
      ...sample,
      nodes: { ...sample.nodes, list: async () => ({ nodes: [], period: { start: '', end: '' } }) },
    });
    expect(await screen.findByText('no longer in the inventory')).toBeTruthy();
    expect(await sections()).toEqual(['Type not known']);
  });
});
