import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listOf, openItems } from '../../../fakes/client/savings-answers.ts';
import { findTable, footText, LIST, never, renderPage, titlesIn } from './page.tsx';

const NOW = Date.UTC(2026, 10, 19, 14);
const panel = (name: string) => screen.findByRole('region', { name });

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

describe('while it loads', () => {
  it('says so, with no row, no total and no count', async () => {
    renderPage(LIST, { active: never, ignored: never, applied: never });
    const list = await panel('Open recommendations');
    expect(list.getAttribute('aria-busy')).toBe('true');
    expect(screen.queryByRole('table', { name: 'Open recommendations' })).toBeNull();
    // A count that is not known is left out and not written as 0.
    for (const radio of ['Open', 'Applied', 'Verified', 'Snoozed', 'Dismissed'])
      expect(screen.getByRole('radio', { name: radio }).textContent?.trim()).toBe(radio);
    expect(screen.queryByText(/Verified so far/)).toBeNull();
  });

  it('counts what is known already', async () => {
    renderPage(LIST, { ignored: never });
    expect(await screen.findByRole('radio', { name: 'Open 4' })).toBeTruthy();
    expect(await screen.findByRole('radio', { name: 'Verified 2' })).toBeTruthy();
    expect(screen.getByRole('radio', { name: 'Snoozed' })).toBeTruthy();
  });
});

describe('never analysed', () => {
  it('says that it needs a day, and offers to look', async () => {
    const { calls } = renderPage(LIST, { active: async () => listOf([], { analysed_at: null, savings: null }) });
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
    renderPage(LIST, {
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
    renderPage(LIST, { active: async () => listOf([]) });
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
    renderPage(`${LIST}&tab=${tab}`, { ignored: async () => listOf([]), applied: async () => listOf([]) });
    expect(await screen.findByText(words)).toBeTruthy();
    // To analyse anew would bring nothing here.
    expect(screen.getAllByRole('button', { name: 'Analyse now' })).toHaveLength(1);
  });

  it('filters are named as the reason, with how many they hide', async () => {
    renderPage(`${LIST}&tab=snoozed&q=walrus`);
    expect(await screen.findByText('The one here does not match')).toBeTruthy();
    expect(screen.getByRole('radio', { name: 'Snoozed 0' })).toBeTruthy();
  });

  it('a filter on a tab that is empty anyway does not take the blame', async () => {
    renderPage(`${LIST}&tab=snoozed&severity=high`, { ignored: async () => listOf([]) });
    expect(await screen.findByText('Nothing is snoozed')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Clear the filters' })).toBeNull();
  });

  it('what is stale is in no tab and in no count', async () => {
    renderPage(LIST, { active: async () => listOf([openItems[0], { ...openItems[2], status: 'stale' }]) });
    expect(await screen.findByRole('radio', { name: 'Open 1' })).toBeTruthy();
    expect(titlesIn()).toEqual(['Run at 11:00, not at 01:00']);
  });
});

describe('not whole', () => {
  const notice = (index: number) => ({ code: `n${index}`, message: `Part ${index} is missing.`, hint: 'Look.' });

  it('names what is missing, three at most, and counts the rest', async () => {
    renderPage(LIST, {
      active: async () => listOf(openItems, { notices: [1, 2, 3, 4, 5].map(notice) }),
    });
    expect(await screen.findByText('Part 3 is missing. Look.')).toBeTruthy();
    expect(screen.queryByText('Part 4 is missing. Look.')).toBeNull();
    expect(screen.getByText('2 more notices are in the log of Podwatt.')).toBeTruthy();
  });

  it('says how many of all are listed', async () => {
    renderPage(LIST, { active: async () => listOf(openItems, { total: 2417 }) });
    expect(await screen.findByText(/4 of 2,417 are listed: those that save most\./)).toBeTruthy();
  });

  it('is quiet where all is there', async () => {
    renderPage(LIST);
    await findTable();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByText(/are listed/)).toBeNull();
  });
});
