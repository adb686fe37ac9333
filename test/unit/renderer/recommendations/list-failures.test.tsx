import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applied, listOf, openItems, regressed, snoozed, verified } from '../../../fakes/client/savings-answers.ts';
import { AT, cellsOf, findTable, footText, LIST, never, refusal, renderPage, rowNamed, titlesIn } from './page.tsx';

const refuse = refusal('The store refused', 'store', 'See its log.');
const NOW = Date.UTC(2026, 10, 19, 14);
const panel = (name: string) => screen.findByRole('region', { name });

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

describe('failed', () => {
  it('without an answer: why, and no figure at all', async () => {
    renderPage(LIST, { active: refuse, detail: refuse });
    const list = within(await panel('Open recommendations'));
    expect((await list.findByRole('alert')).textContent).toContain('The store refused');
    expect(list.queryByRole('table')).toBeNull();
    expect(screen.getByRole('radio', { name: 'Open' }).textContent?.trim()).toBe('Open');
    expect(screen.queryByText(/from the last/)).toBeNull();
  });

  it('only the part that failed: the other tabs keep theirs', async () => {
    renderPage(LIST, { active: refuse });
    expect(await screen.findByRole('radio', { name: 'Applied 1' })).toBeTruthy();
    expect(await screen.findByRole('table', { name: 'Verified lately' })).toBeTruthy();
  });

  it('keeps the currency of the list that is there', async () => {
    renderPage(`${AT}&tab=applied`, {
      active: refuse,
      applied: async () => listOf([applied, verified], { currency: 'USD' }),
    });
    const table = await findTable('Applied');
    expect(table.getByRole('columnheader', { name: '$ a year' })).toBeTruthy();
    expect(screen.getByTitle(/Measured before and after/).textContent).toBe('Verified so far: −6.1 kg, −$219 a year');
    const side = within(await panel(applied.title));
    expect((await side.findByText('Cost a year')).parentElement?.textContent).toContain('$0–420');
  });

  it('later: the last rows stay with their age, and it is tried again', async () => {
    let works = true;
    const { calls } = renderPage(LIST, { active: async () => (works ? listOf(openItems) : refuse()) });
    await findTable();
    works = false;
    vi.setSystemTime(NOW + 7 * 60_000);
    fireEvent.keyDown(document.body, { key: 's' });
    expect(await screen.findByText(/The store refused. Shown are the figures of/)).toBeTruthy();
    await act(async () => void vi.advanceTimersByTime(30_000));
    expect(screen.getByText('The store refused. Shown are the figures of 7 min ago.')).toBeTruthy();
    expect(titlesIn()).toHaveLength(4);
    expect(screen.getByRole('radio', { name: 'Open 4' })).toBeTruthy();
    works = true;
    const before = calls.length;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText(/Shown are the figures/)).toBeNull());
    expect(calls.slice(before).map(({ operation }) => operation)).toEqual(['recommendations.active']);
  });

  it('with the store away: quietly, because the banner says why', async () => {
    const away = refusal('The store can’t be reached', 'store-away');
    renderPage(LIST, { active: away, detail: away });
    const list = within(await panel('Open recommendations'));
    expect(await list.findByText('No figures while the store is away')).toBeTruthy();
    expect(list.queryByRole('alert')).toBeNull();
  });

  it('of the joint saving leaves the total out and says why', async () => {
    renderPage(`${LIST}&namespace=search`, {
      active: async (input) => (input?.namespace === undefined ? listOf(openItems) : refuse()),
    });
    await findTable();
    expect(await screen.findByText(/The total of these could not be read\./)).toBeTruthy();
    expect(footText()).toBe('2 open');
    expect(screen.queryByText(/not for a search/)).toBeNull();
  });

  it('while the joint saving comes, nothing is said that is not so', async () => {
    renderPage(`${LIST}&namespace=search`, {
      active: async (input) => (input?.namespace === undefined ? listOf(openItems) : never()),
    });
    await findTable();
    expect(footText()).toBe('2 open');
    expect(screen.queryByText(/A total is known|could not be read/)).toBeNull();
  });
});

describe('what was not measured', () => {
  const undone = {
    ...regressed,
    id: 'r-undone',
    title: 'Undone before',
    verification: { ...(applied.verification as NonNullable<typeof applied.verification>) },
  };

  it('has no figure in the tab, not a 0', async () => {
    renderPage(`${LIST}&tab=verified`, { applied: async () => listOf([undone, verified]) });
    await findTable('Verified');
    expect(cellsOf(rowNamed('Undone before')).at(-1)).toBe('undone');
    expect(cellsOf(rowNamed(verified.title)).at(-1)).toBe('−6.1in range');
  });

  it('adds nothing to what is verified so far', async () => {
    renderPage(LIST, { applied: async () => listOf([undone, applied]) });
    await findTable();
    expect(screen.queryByText(/Verified so far/)).toBeNull();
  });

  it('has words of its own on the other tabs too', async () => {
    renderPage(`${LIST}&tab=snoozed`, {
      ignored: async () => listOf([snoozed, { ...snoozed, id: 'r-2', title: 'No day', ignored_until: null }]),
    });
    await findTable('Snoozed');
    expect(titlesIn('Snoozed')).toEqual([snoozed.title]);
  });
});
