import { ORPCError } from '@orpc/client';
import { act, configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeClient, type FakeOperations } from '../../fakes/client/client.ts';
import { renderApp } from '../../fakes/client/render-app.tsx';
import { sample } from './figures/sample-client.ts';

// Whole pages take their time on a busy machine; what never comes still fails.
configure({ asyncUtilTimeout: 5000 });
const NOW = Date.UTC(2026, 10, 19, 14);
const MINUTES = 7;

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

const MESSAGE = 'Prometheus refused the query';
const HINT = 'Allow the service account to read it.';
const refuse = () =>
  Promise.reject(new ORPCError('X', { message: MESSAGE, data: { failure: 'forbidden', hint: HINT } }));

/** An operation that a page asks, and the panels that live on its answer. `page`: words above all panels. */
interface Case {
  readonly path: string;
  readonly source: string;
  /** Where there never was an answer. */
  readonly never: readonly string[];
  /** Where the last good answer stays; the same panels where left out. */
  readonly stale?: readonly string[];
}
const PAGE = 'page';

const CASES: readonly Case[] = [
  { path: '/', source: 'metrics.summary', never: ['Figures', 'How sure'], stale: [PAGE, 'How sure'] },
  { path: '/', source: 'metrics.timeseries', never: ['Carbon by namespace'] },
  { path: '/', source: 'metrics.breakdown', never: ['Top workloads', 'Nodes'] },
  { path: '/', source: 'recommendations.top', never: ['What can be cut'] },
  { path: '/', source: 'score.get', never: ['Sustainability score'] },
  { path: '/recommendations', source: 'recommendations.active', never: ['Open recommendations'] },
  { path: '/recommendations', source: 'recommendations.applied', never: ['Verified lately'] },
  { path: '/recommendations?tab=snoozed', source: 'recommendations.ignored', never: ['Snoozed recommendations'] },
  { path: '/recommendations', source: 'recommendations.detail', never: ['Run at 11:00, not at 01:00'] },
  { path: '/reports', source: 'reports.summary', never: ['Rows'] },
  { path: '/reports', source: 'recommendations.savings', never: ['Savings, promised and measured'] },
  { path: '/explore', source: 'metrics.breakdown', never: ['Namespaces'] },
  { path: '/explore', source: 'metrics.timeseries', never: ['Carbon by namespace'] },
  { path: '/nodes', source: 'metrics.breakdown', never: ['Nodes'], stale: [PAGE, 'Who uses it'] },
  { path: '/nodes', source: 'metrics.summary', never: ['Nodes'], stale: [PAGE] },
  { path: '/nodes', source: 'metrics.timeseries', never: ['Power over time'] },
  { path: '/nodes', source: 'nodes.detail', never: ['Power curve'] },
  { path: '/clusters', source: 'clusters.list', never: [PAGE] },
  { path: '/clusters', source: 'contexts.list', never: [PAGE] },
  { path: '/grid', source: 'grid.zones', never: ['Zones'], stale: [PAGE] },
  { path: '/grid', source: 'grid.history', never: ['Intensity over time', 'Clean hours', 'Hours of the day'] },
  {
    path: '/quality',
    source: 'explain.quality',
    never: ['How it is known', 'Where it comes from', 'What to improve', 'Nodes'],
  },
  { path: '/quality', source: 'explain.scopes', never: ['Scopes'] },
  { path: '/quality', source: 'metrics.summary', never: ['What was collected'] },
  { path: '/quality', source: 'audit.list', never: ['Restated figures'] },
  { path: '/settings?section=sources', source: 'sources.settings', never: ['Sources', 'For all sources'] },
  { path: '/settings?section=factors', source: 'sources.method', never: ['Method of a cluster'] },
  { path: '/settings?section=factors', source: 'settings.get', never: ['Grid, for all clusters'] },
  { path: '/settings?section=storage', source: 'store.status', never: ['Store'] },
  { path: '/settings?section=retention', source: 'store.status', never: ['Five levels'] },
  { path: '/settings?section=recommendations', source: 'recommendations.thresholds', never: ['Thresholds'] },
  { path: '/settings?section=tokens', source: 'tokens.list', never: ['API tokens'] },
];

const withZone = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}tz=UTC`;

/** A client of which one operation can be taken away. */
function clientOf(source: string, isAway: boolean) {
  const [group = '', operation = ''] = source.split('.');
  const whole = createFakeClient(sample);
  const state = { isAway };
  const answer = (input: unknown, options: unknown): unknown => {
    if (state.isAway) return refuse();
    const call: unknown = Reflect.get(Reflect.get(whole.client, group), operation);
    return typeof call === 'function' ? call(input, options) : undefined;
  };
  const own: object = Reflect.get(sample, group) ?? {};
  const client = createFakeClient({ ...sample, [group]: { ...own, [operation]: answer } } as FakeOperations);
  const asked = (): number => client.calls.filter((call) => call.operation === source).length;
  return { client, state, asked };
}

/** The panel of this name; the words above all panels stand in the page itself, outside of any. */
async function panelOf(name: string, words: RegExp): Promise<HTMLElement> {
  if (name !== PAGE) {
    return waitFor(() => {
      const region = screen.getByRole('region', { name });
      expect(within(region).getAllByText(words).length).toBeGreaterThan(0);
      return region;
    });
  }
  const found = await screen.findAllByText(words);
  const own = found.find((each) => each.closest('section') === null)?.parentElement;
  if (own == null) throw new Error(`Nothing outside of a panel says ${words}`);
  return own;
}

/** The words, and a button that asks the source again. */
async function expectWords(name: string, words: RegExp, asked: () => number): Promise<void> {
  const panel = within(await panelOf(name, words));
  const before = asked();
  await userEvent.click(panel.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(asked()).toBeGreaterThan(before));
}

describe.each(CASES)('$path without $source', ({ path, source, never, stale = never }) => {
  it(`says so in ${never.join(', ')} where there never was an answer, and claims no figure`, async () => {
    const { client, state, asked } = clientOf(source, true);
    renderApp(withZone(path), client);
    for (const name of never) await expectWords(name, new RegExp(`^${MESSAGE}`), asked);
    for (const name of never) {
      const panel = await panelOf(name, new RegExp(`^${MESSAGE}`));
      expect(panel.textContent).toContain(HINT);
      expect(within(panel).queryByText(/^0(\.0+)?( |$)/)).toBeNull();
    }
    // It comes back by itself once the source answers.
    state.isAway = false;
    const [first = PAGE] = never;
    const panel = await panelOf(first, new RegExp(`^${MESSAGE}`));
    await userEvent.click(within(panel).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(panel.isConnected && panel.textContent?.includes(MESSAGE)).toBe(false));
  });

  it(`keeps the last good figures in ${stale.join(', ')}, with their age`, async () => {
    const { client, state, asked } = clientOf(source, false);
    renderApp(withZone(path), client);
    await waitFor(() => expect(asked()).toBeGreaterThan(0));
    await waitFor(() => expect(document.querySelector('[aria-busy="true"]')).toBeNull());
    state.isAway = true;
    act(() => void vi.advanceTimersByTime(MINUTES * 60_000));
    act(() => client.connection.set({ status: 'down', reason: null }));
    act(() => client.connection.set({ status: 'up' }));
    const words = new RegExp(`^${MESSAGE}\\. Shown are the figures of ${MINUTES} min ago\\.$`);
    for (const name of stale) await expectWords(name, words, asked);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('what does not take a panel away', () => {
  const notice = (words: RegExp) => screen.findByText(words);

  it('nodes without their inventory are listed, and nothing untrue is said of them', async () => {
    const { client, asked } = clientOf('nodes.list', true);
    renderApp('/nodes?tz=UTC', client);
    expect(await notice(/Types and places of nodes are not known\.$/)).toBeTruthy();
    expect(await screen.findByRole('button', { name: /ip-10-0-12-84.*dynamic/ })).toBeTruthy();
    expect(screen.queryByText(/no longer in the inventory/)).toBeNull();
    const before = asked();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(asked()).toBe(before + 1));
  });

  it('the card of a cluster says why it has no figures, or how old they are', async () => {
    const { client, state, asked } = clientOf('metrics.summary', true);
    renderApp('/clusters?tz=UTC', client);
    expect(await notice(new RegExp(`^${MESSAGE}\\. ${HINT}$`))).toBeTruthy();
    state.isAway = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect((await screen.findAllByTitle(/ g CO₂e$/)).length).toBeGreaterThan(0);
    expect(screen.queryByText(new RegExp(MESSAGE))).toBeNull();
    state.isAway = true;
    act(() => void vi.advanceTimersByTime(MINUTES * 60_000));
    act(() => client.connection.set({ status: 'down', reason: null }));
    act(() => client.connection.set({ status: 'up' }));
    expect(await notice(new RegExp(`^${MESSAGE}\\. Shown are the figures of ${MINUTES} min ago\\.$`))).toBeTruthy();
    expect(screen.getAllByTitle(/ g CO₂e$/).length).toBeGreaterThan(0);
    const before = asked();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(asked()).toBe(before + 1));
  });
});
