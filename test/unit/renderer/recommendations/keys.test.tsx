import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { openItems } from '../../../fakes/client/savings-answers.ts';
import { AT, findTable, LIST, refusal, renderPage, rowNamed, titlesIn } from './page.tsx';

const press = (key: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(document.body, { key, ...more });
const [shift, nodes, cpu, memory] = openItems;
const region = (name: string) => screen.findByRole('region', { name });
const ignored = (calls: readonly { operation: string; input: unknown }[]) =>
  calls.filter(({ operation }) => operation === 'recommendations.ignoreMany').map(({ input }) => input);

beforeEach(() => localStorage.clear());

describe('J and K', () => {
  it('go down and up in the order shown, and stop at the ends', async () => {
    const { address } = renderPage(`${AT}&sort=title`);
    await findTable();
    // Sorted by name: Drain, Lower CPU, Lower memory, Run.
    expect(titlesIn()).toEqual([nodes, cpu, memory, shift].map(({ title }) => title));
    expect(await region(nodes.title)).toBeTruthy();
    for (const id of ['r-cpu', 'r-memory', 'r-shift', 'r-shift']) {
      press('j');
      await waitFor(() => expect(address()).toContain(`id=${id}`));
    }
    for (const id of ['r-memory', 'r-cpu', 'r-nodes', 'r-nodes']) {
      press('k');
      await waitFor(() => expect(address()).toContain(`id=${id}`));
    }
    expect(rowNamed(nodes.title).getAttribute('aria-current')).toBe('true');
  });

  it('go through groups as through one list', async () => {
    const { address } = renderPage(`${LIST}&group=namespace&id=r-nodes`);
    await findTable();
    press('j');
    await waitFor(() => expect(address()).toContain('id=r-cpu'));
  });

  it('skip what the filters hide', async () => {
    const { address } = renderPage(`${AT}&namespace=search`);
    await findTable();
    press('j');
    await waitFor(() => expect(address()).toContain('id=r-memory'));
    press('j');
    await waitFor(() => expect(address()).toContain('id=r-memory'));
  });

  it('bring the detail back where it was closed', async () => {
    const { address } = renderPage(`${AT}&detail=0`);
    await findTable();
    expect(screen.queryByRole('region', { name: shift.title })).toBeNull();
    press('j');
    expect(await region(nodes.title)).toBeTruthy();
    expect(address()).not.toContain('detail=0');
  });

  it('have buttons that do the same', async () => {
    const { address } = renderPage(`${AT}&id=r-nodes`);
    const panel = within(await region(nodes.title));
    fireEvent.click(panel.getByRole('button', { name: 'Next' }));
    await waitFor(() => expect(address()).toContain('id=r-cpu'));
    fireEvent.click(within(await region(cpu.title)).getByRole('button', { name: 'Previous' }));
    await waitFor(() => expect(address()).toContain('id=r-nodes'));
  });
});

describe('A, S and D', () => {
  it('A asks what was set of the chosen one', async () => {
    renderPage(`${LIST}&id=r-memory`);
    await findTable();
    press('a');
    const dialog = within(await screen.findByRole('dialog', { name: 'Mark as applied' }));
    expect(dialog.getByText(/“Lower memory request 8 → 7 GiB”/)).toBeTruthy();
  });

  it('D asks why', async () => {
    renderPage(`${LIST}&id=r-nodes`);
    await findTable();
    press('d');
    expect(await screen.findByText(/“Drain and remove 1 node” stays away/)).toBeTruthy();
  });

  it('S snoozes the chosen one for 30 days and goes on to the next', async () => {
    const { calls, address } = renderPage(`${LIST}&id=r-nodes`);
    await findTable();
    press('s');
    await waitFor(() => expect(ignored(calls)).toEqual([expect.objectContaining({ ids: ['r-nodes'] })]));
    await waitFor(() => expect(address()).toContain('id=r-cpu'));
    expect(await screen.findByText('Snoozed for 30 days: “Drain and remove 1 node”')).toBeTruthy();
  });

  it('S on the last goes back to the one before', async () => {
    const { address } = renderPage(`${LIST}&id=r-memory`);
    await findTable();
    press('s');
    await waitFor(() => expect(address()).toContain('id=r-cpu'));
  });

  it.each(['applied', 'verified', 'snoozed', 'dismissed'])('do nothing on what is %s', async (tab) => {
    const { calls } = renderPage(`${LIST}&tab=${tab}`);
    await findTable(`${tab[0]?.toUpperCase()}${tab.slice(1)}`);
    for (const key of ['a', 's', 'd']) press(key);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(ignored(calls)).toEqual([]);
  });

  it('rest while a person types, or a dialog is open', async () => {
    const { calls, address } = renderPage(`${LIST}&id=r-nodes`);
    await findTable();
    const search = screen.getByRole('searchbox', { name: 'Find a recommendation' });
    for (const key of ['s', 'j', 'd', 'a', 't']) fireEvent.keyDown(search, { key });
    expect(screen.queryByRole('dialog')).toBeNull();
    press('d');
    const reason = within(await screen.findByRole('dialog')).getByRole('textbox', { name: 'Reason' });
    for (const key of ['s', 'j']) fireEvent.keyDown(reason, { key });
    expect(ignored(calls)).toEqual([]);
    expect(address()).toContain('id=r-nodes');
  });

  it('leave the keys of the browser alone', async () => {
    const { calls } = renderPage(`${LIST}&id=r-nodes`);
    await findTable();
    press('s', { ctrlKey: true });
    press('d', { metaKey: true });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(ignored(calls)).toEqual([]);
  });

  it('a new question does not begin with the failure of the last', async () => {
    renderPage(`${LIST}&id=r-nodes`, { ignoreMany: refusal('The store refused', 'store', 'See its log.') });
    await findTable();
    press('s');
    expect(await screen.findByText('The store refused. See its log.')).toBeTruthy();
    press('d');
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.queryByRole('alert')).toBeNull();
    fireEvent.click(dialog.getByRole('button', { name: 'Dismiss' }));
    expect((await dialog.findByRole('alert')).textContent).toContain('The store refused');
  });
});

describe('T', () => {
  it('shows the evidence as its table, and again as the chart', async () => {
    renderPage(`${AT}&id=r-cpu`);
    const panel = within(await region(cpu.title));
    await panel.findByRole('img', { name: /^CPU of one pod/ });
    press('t');
    expect(await panel.findByRole('region', { name: 'CPU of one pod, table' })).toBeTruthy();
    press('t');
    expect(await panel.findByRole('img', { name: /^CPU of one pod/ })).toBeTruthy();
  });
});
