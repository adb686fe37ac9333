import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';

const AT = '/nodes?cluster=c1&tz=UTC';
const nodeButton = (name: string) => screen.findByRole('button', { name: new RegExp(`${name}.*dynamic`) });

describe('Nodes', () => {
  it('opens with the node that used most, in list and detail', async () => {
    renderApp(AT, sample);
    expect(await screen.findByRole('heading', { level: 1, name: 'ip-10-0-12-84' })).toBeTruthy();
    expect((await nodeButton('ip-10-0-12-84')).getAttribute('aria-current')).toBe('true');
    const figures = within(screen.getByRole('region', { name: 'Figures' }));
    expect(figures.getByText('80.2')).toBeTruthy();
    expect(await figures.findByText('of 8 cores, 74 % reserved')).toBeTruthy();
    expect(await figures.findByText(/^8\.00 W, €/)).toBeTruthy();
  });

  it('follows a click and keeps the node in the address', async () => {
    const { address } = renderApp(AT, sample);
    await userEvent.click(await nodeButton('hyb-dub-02'));
    await waitFor(() => expect(address()).toBe(`${AT}&node=hyb-dub-02`));
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('hyb-dub-02');
  });

  it('walks the list by arrow keys across sections', async () => {
    renderApp(AT, sample);
    const last = await nodeButton('ip-10-0-31-17');
    last.focus();
    fireEvent.keyDown(last, { key: 'ArrowDown' });
    expect(document.activeElement?.textContent).toContain('hyb-dub-02');
    fireEvent.keyDown(document.activeElement!, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(last);
  });

  it('finds nodes by type and says when none fits', async () => {
    renderApp(AT, sample);
    await nodeButton('hyb-dub-01');
    const search = screen.getByRole('searchbox', { name: 'Find a node' });
    await userEvent.type(search, 'm7g');
    expect(screen.queryByRole('button', { name: /hyb-dub-01/ })).toBeNull();
    await userEvent.type(search, 'x');
    expect(screen.getByText("No node's name, type or zone holds 'm7gx'.")).toBeTruthy();
  });

  it('draws power over time in parts, with the gap, and the curve with its latest window', async () => {
    renderApp(AT, sample);
    const power = await screen.findByRole('img', {
      name: /^Power over time mean per hour; mean 80\.2 W;.*no data for 5 h/,
    });
    expect(power.querySelectorAll('[data-series]')).toHaveLength(4);
    expect(await screen.findByRole('img', { name: /^Power against CPU utilisation/ })).toBeTruthy();
  });

  it('lists who uses it, down to unallocated; the lines add up to the node', async () => {
    renderApp(AT, sample);
    const table = await screen.findByRole('table', { name: 'Power of ip-10-0-12-84 by pod' });
    const watts = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => Number(row.children[2]?.textContent));
    expect(watts.slice(0, -1).reduce((sum, value) => sum + value, 0)).toBeCloseTo(watts.at(-1)!, 0);
    expect(within(table).getByText('System')).toBeTruthy();
  });

  it('says that a named node is not in the range', async () => {
    renderApp(`${AT}&node=gone`, sample);
    expect(await screen.findByText(/This node used no energy in this range/)).toBeTruthy();
    expect(await nodeButton('hyb-dub-01')).toBeTruthy();
  });

  it('keeps the list when the detail fails', async () => {
    renderApp(AT, { ...sample, nodes: { ...sample.nodes, detail: async () => Promise.reject(new Error('boom')) } });
    const curve = within(await screen.findByRole('region', { name: 'Power curve' }));
    expect(await curve.findByRole('alert')).toBeTruthy();
    expect(await nodeButton('hyb-dub-01')).toBeTruthy();
  });
});
