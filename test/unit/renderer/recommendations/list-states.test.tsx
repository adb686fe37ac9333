import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applied, listOf, openItems, regressed, snoozed, verified } from '../../../fakes/client/savings-answers.ts';
import { AT, cellsOf, findTable, footText, never, refusal, renderPage, rowNamed, titlesIn } from './page.tsx';

const refuse = refusal('The store refused', 'store', 'See its log.');
const NOW = Date.UTC(2026, 10, 19, 14);
const panel = (name: string) => screen.findByRole('region', { name });

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

describe('while it loads', () => {
  it('says so, with no row, no total and no count', async () => {
    renderPage(AT, { active: never, ignored: never, applied: never });
    const list = await panel('Open recommendations');
    expect(list.getAttribute('aria-busy')).toBe('true');
    expect(screen.queryByRole('table', { name: 'Open recommendations' })).toBeNull();
    // A count that is not known is left out and not written as 0.
    for (const radio of ['Open', 'Applied', 'Verified', 'Snoozed', 'Dismissed'])
      expect(screen.getByRole('radio', { name: radio }).textContent?.trim()).toBe(radio);
    expect(screen.queryByText(/Verified so far/)).toBeNull();
  });

  it('counts what is known already', async () => {
    renderPage(AT, { ignored: never });
    expect(await screen.findByRole('radio', { name: 'Open 4' })).toBeTruthy();
    expect(await screen.findByRole('radio', { name: 'Verified 2' })).toBeTruthy();
    expect(screen.getByRole('radio', { name: 'Snoozed' })).toBeTruthy();
  });
});

describe('never analysed', () => {
  it('says that it needs a day, and offers to look', async () => {
    const { calls } = renderPage(AT, { active: async () => listOf([], { analysed_at: null, savings: null }) });
    expect(await screen.findByText(/need at least a day of use/)).toBeTruthy();
    expect(screen.queryByText(/analysed/)).toBeNull();
    const list = within(await panel('Open recommendations'));
    fireEvent.click(list.getByRole('button', { name: 'Analyse now' }));
    await waitFor(() =>
      expect(calls).toContainEqual({
        operation: 'recommendations.active',
        input: { cluster: 'c1', limit: 1, refresh: true },
      }),
    );
  });

  it('can not be asked for twice at once', async () => {
    const answer = Promise.withResolvers<ReturnType<typeof listOf>>();
    renderPage(AT, {
      active: async (input) => (input?.refresh === true ? answer.promise : listOf([], { analysed_at: null })),
    });
    const list = within(await panel('Open recommendations'));
    fireEvent.click(await list.findByRole('button', { name: 'Analyse now' }));
    expect(await screen.findByRole('button', { name: 'Analysing' })).toHaveProperty('disabled', true);
    expect(list.getByRole('button', { name: 'Analyse now' })).toHaveProperty('disabled', true);
    await act(async () => answer.resolve(listOf([])));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Analysing' })).toBeNull());
  });
});

describe('nothing to show', () => {
  it('nothing left says so with the age of the analysis', async () => {
    renderPage(AT, { active: async () => listOf([]) });
    expect(await screen.findByText('Nothing left to cut')).toBeTruthy();
    expect(screen.getByText('analysed 3 min ago')).toBeTruthy();
    expect(footText()).toBe('');
  });

  it.each([
    ['applied', 'Nothing was applied yet'],
    ['verified', 'Nothing is verified yet'],
    ['snoozed', 'Nothing is snoozed'],
    ['dismissed', 'Nothing is dismissed'],
  ])('the tab %s has its own words', async (tab, words) => {
    renderPage(`${AT}&tab=${tab}`, { ignored: async () => listOf([]), applied: async () => listOf([]) });
    expect(await screen.findByText(words)).toBeTruthy();
    // To analyse anew would bring nothing here.
    expect(screen.getAllByRole('button', { name: 'Analyse now' })).toHaveLength(1);
  });

  it('filters are named as the reason, with how many they hide', async () => {
    renderPage(`${AT}&tab=snoozed&q=walrus`);
    expect(await screen.findByText('The one here does not match')).toBeTruthy();
    expect(screen.getByRole('radio', { name: 'Snoozed 0' })).toBeTruthy();
  });

  it('a filter on a tab that is empty anyway does not take the blame', async () => {
    renderPage(`${AT}&tab=snoozed&severity=high`, { ignored: async () => listOf([]) });
    expect(await screen.findByText('Nothing is snoozed')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Clear the filters' })).toBeNull();
  });

  it('what is stale is in no tab and in no count', async () => {
    renderPage(AT, { active: async () => listOf([openItems[0], { ...openItems[2], status: 'stale' }]) });
    expect(await screen.findByRole('radio', { name: 'Open 1' })).toBeTruthy();
    expect(titlesIn()).toEqual(['Run at 11:00, not at 01:00']);
  });
});

describe('not whole', () => {
  const notice = (index: number) => ({ code: `n${index}`, message: `Part ${index} is missing.`, hint: 'Look.' });

  it('names what is missing, three at most, and counts the rest', async () => {
    renderPage(AT, {
      active: async () => listOf(openItems, { notices: [1, 2, 3, 4, 5].map(notice) }),
    });
    expect(await screen.findByText('Part 3 is missing. Look.')).toBeTruthy();
    expect(screen.queryByText('Part 4 is missing. Look.')).toBeNull();
    expect(screen.getByText('2 more notices are in the log of Podwatt.')).toBeTruthy();
  });

  it('says how many of all are listed', async () => {
    renderPage(AT, { active: async () => listOf(openItems, { total: 2417 }) });
    expect(await screen.findByText(/4 of 2,417 are listed: those that save most\./)).toBeTruthy();
  });

  it('is quiet where all is there', async () => {
    renderPage();
    await findTable();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByText(/are listed/)).toBeNull();
  });
});

describe('failed', () => {
  it('without an answer: why, and no figure at all', async () => {
    renderPage(AT, { active: refuse, detail: refuse });
    const list = within(await panel('Open recommendations'));
    expect((await list.findByRole('alert')).textContent).toContain('The store refused');
    expect(list.queryByRole('table')).toBeNull();
    expect(screen.getByRole('radio', { name: 'Open' }).textContent?.trim()).toBe('Open');
    expect(screen.queryByText(/from the last/)).toBeNull();
  });

  it('only the part that failed: the other tabs keep theirs', async () => {
    renderPage(AT, { active: refuse });
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
    const { calls } = renderPage(AT, { active: async () => (works ? listOf(openItems) : refuse()) });
    await findTable();
    works = false;
    vi.setSystemTime(NOW + 7 * 60_000);
    fireEvent.click(screen.getByRole('button', { name: /^Snooze/ }));
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
    renderPage(AT, { active: away, detail: away });
    const list = within(await panel('Open recommendations'));
    expect(await list.findByText('No figures while the store is away')).toBeTruthy();
    expect(list.queryByRole('alert')).toBeNull();
  });

  it('of the joint saving leaves the total out and says why', async () => {
    renderPage(`${AT}&namespace=search`, {
      active: async (input) => (input?.namespace === undefined ? listOf(openItems) : refuse()),
    });
    await findTable();
    expect(await screen.findByText(/The total of these could not be read\./)).toBeTruthy();
    expect(footText()).toBe('2 open');
    expect(screen.queryByText(/not for a search/)).toBeNull();
  });

  it('while the joint saving comes, nothing is said that is not so', async () => {
    renderPage(`${AT}&namespace=search`, {
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
    renderPage(`${AT}&tab=verified`, { applied: async () => listOf([undone, verified]) });
    await findTable('Verified');
    expect(cellsOf(rowNamed('Undone before')).at(-1)).toBe('undone');
    expect(cellsOf(rowNamed(verified.title)).at(-1)).toBe('−6.1in range');
  });

  it('adds nothing to what is verified so far', async () => {
    renderPage(AT, { applied: async () => listOf([undone, applied]) });
    await findTable();
    expect(screen.queryByText(/Verified so far/)).toBeNull();
  });

  it('has words of its own on the other tabs too', async () => {
    renderPage(`${AT}&tab=snoozed`, {
      ignored: async () => listOf([snoozed, { ...snoozed, id: 'r-2', title: 'No day', ignored_until: null }]),
    });
    await findTable('Snoozed');
    expect(titlesIn('Snoozed')).toEqual([snoozed.title]);
  });
});
