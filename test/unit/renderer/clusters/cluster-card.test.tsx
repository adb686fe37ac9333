import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClusterItem, ContextItem } from '../../../../src/contract/schemas/contexts.ts';
import type { Summary } from '../../../../src/contract/schemas/metrics.ts';
import { ClusterCard } from '../../../../src/renderer/features/clusters/ClusterCard.tsx';
import { clusters, contexts, summary } from '../../../fakes/client/answers.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const baseContext = contexts.contexts[0] as ContextItem;
const baseCluster = clusters.clusters[0] as ClusterItem;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-19T13:58:00Z'), toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Shown {
  context?: Partial<ContextItem> | null;
  cluster?: Partial<ClusterItem> | null;
  answer?: { summary: Summary | null; error: unknown } | null;
  operations?: FakeOperations;
}

async function show({ context = {}, cluster = {}, answer, operations = {} }: Shown) {
  const card = {
    key: 'card',
    name: 'prod',
    context: context === null ? null : { ...baseContext, ...context },
    cluster: cluster === null ? null : { ...baseCluster, ...cluster },
  };
  const given = answer === undefined ? { summary: summary('c-eu'), error: null } : answer;
  const known = given === null ? null : { updatedAtMs: Date.now(), onRetry: () => undefined, ...given };
  const part = renderPart(<ClusterCard card={card} answer={known} />, operations, '/?tz=UTC');
  const region = await screen.findByRole('region', { name: 'prod' });
  const status = region.querySelector('[data-status]')?.getAttribute('data-status');
  return { ...part, region, status, card: within(region) };
}

describe('a card in each state of its cluster', () => {
  it('collecting: figures, sources, and when the next run is', async () => {
    const { card, status } = await show({});
    expect(status).toBe('healthy');
    expect(card.getByText('28.9–42.6')).toBeTruthy();
    expect(card.getByText('3 min ago, next 14:00')).toBeTruthy();
    expect(card.getByRole('switch', { name: 'Collect prod' }).getAttribute('aria-checked')).toBe('true');
    expect(card.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('reading history: figures fill in', async () => {
    const { card, status } = await show({ cluster: { state: 'reading-history' } });
    expect(status).toBe('healthy');
    expect(card.getByText('reading history')).toBeTruthy();
    expect(card.getByText('28.9–42.6')).toBeTruthy();
  });

  it('paused: the figures stay, with their end', async () => {
    const { card, status } = await show({
      context: { collecting: false },
      cluster: { state: 'paused', collecting: false, next_run_at: null },
    });
    expect(status).toBe('off');
    expect(card.getByText('until 3 min ago')).toBeTruthy();
    expect(card.getByText('Not collecting')).toBeTruthy();
    expect(card.getByText('28.9–42.6')).toBeTruthy();
  });

  it.each([
    ['signed-out', 'Sign-in has run out', 'the gap is filled after sign-in'],
    ['unreachable', 'Cannot be reached from here', 'Often a VPN'],
    ['failing', 'The last reading failed', 'Figures up to then are kept'],
  ] as const)('%s: why, what is kept, and a way on', async (state, title, words) => {
    const { card, status, calls } = await show({
      cluster: { state, last_error: null },
      operations: { contexts: { setCollecting: async () => ({ cluster_id: 'c-eu', collecting: true }) } },
    });
    expect(status).toBe('broken');
    expect(card.getByText(title)).toBeTruthy();
    expect(card.getByText(new RegExp(words))).toBeTruthy();
    await userEvent.click(card.getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(calls).toContainEqual({
        operation: 'contexts.setCollecting',
        input: { context: 'prod-eu-west-1', collecting: true },
      }),
    );
  });

  it('in trouble: says what failed in its own words, in place of the usual ones', async () => {
    const { card } = await show({
      cluster: { state: 'failing', last_error: { message: 'Prometheus answered 422.', hint: 'Too many series.' } },
    });
    expect(card.getByText('Prometheus answered 422. Too many series.')).toBeTruthy();
    expect(card.queryByText(/Figures up to then/)).toBeNull();
  });

  it('no data: waits for its first window', async () => {
    const { card, status } = await show({ cluster: { state: 'no-data', last_window_end: null } });
    expect(status).toBe('attention');
    expect(card.getByText('No figures yet')).toBeTruthy();
  });
});

describe('a card without a cluster', () => {
  it('never collected: says what the switch does, and settings can be made before', async () => {
    const { card, status } = await show({ context: { collecting: false }, cluster: null, answer: null });
    expect(status).toBe('off');
    expect(card.getByText('Never collected')).toBeTruthy();
    expect(card.getByText(/it never writes to a cluster/)).toBeTruthy();
    await userEvent.click(card.getByRole('button', { name: 'More about prod' }));
    expect((await screen.findAllByRole('menuitem')).map((item) => item.textContent)).toEqual([
      'Check what can be read',
      'Settings of this cluster',
    ]);
  });

  it('switched on but never reached: shows why, and does not promise figures', async () => {
    const { card, status } = await show({
      context: { last_error: { message: 'The API server did not answer in 10 s.', hint: 'Is the VPN on?' } },
      cluster: null,
      answer: null,
    });
    expect(status).toBe('broken');
    expect(card.getByText('The API server did not answer in 10 s. Is the VPN on?')).toBeTruthy();
    expect(card.queryByText('No figures yet')).toBeNull();
    expect(card.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('broken in its file: has no switch and no menu', async () => {
    const problem = { message: 'It names the user "bob".', hint: null };
    const { card } = await show({ context: { problem }, cluster: null, answer: null });
    expect(card.getByText('It names the user "bob".')).toBeTruthy();
    expect(card.queryByRole('switch')).toBeNull();
    expect(card.queryByRole('button')).toBeNull();
    expect(card.getByText('Cannot be used as it is')).toBeTruthy();
  });

  it('the sample: is marked, and has nothing to check', async () => {
    const { card } = await show({
      context: { is_sample: true, file: null, collecting: false },
      cluster: null,
      answer: null,
    });
    expect(card.getByText('Sample')).toBeTruthy();
    await userEvent.click(card.getByRole('button', { name: 'More about prod' }));
    expect(await screen.findByRole('menuitem', { name: 'Settings of this cluster' })).toBeTruthy();
    expect(screen.queryByRole('menuitem', { name: 'Check what can be read' })).toBeNull();
  });
});

describe('a card without a context', () => {
  it('keeps its figures and says that nothing leads to it', async () => {
    const { card, address } = await show({ context: null, cluster: { collecting: false, state: 'paused' } });
    expect(card.getByText(/no context leads to it now/)).toBeTruthy();
    expect(card.getByText('28.9–42.6')).toBeTruthy();
    expect(card.queryByRole('switch')).toBeNull();
    await userEvent.click(card.getByRole('button', { name: 'More about prod' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Open the overview' }));
    await waitFor(() => expect(address()).toBe('/?tz=UTC&cluster=c-eu'));
  });
});

describe('figures of a card', () => {
  it('are on their way', async () => {
    const { card } = await show({ answer: null });
    expect(card.getByRole('status', { name: 'Loading the figures of prod-eu-west-1' })).toBeTruthy();
  });

  it('fail in words, with the switch still there', async () => {
    const { card } = await show({ answer: { summary: null, error: new Error('x') } });
    expect(card.getByText(/^The answer could not be read\. Try again/)).toBeTruthy();
    expect(card.getByRole('switch')).toBeTruthy();
  });

  it('name each source by how it stands, and leave out what is off', async () => {
    const { card } = await show({
      cluster: {
        sources: [
          { name: 'kubernetes', state: 'ok', detail: 'v1.33' },
          { name: 'usage', state: 'failed', detail: 'No answer' },
          { name: 'grid', state: 'partial', detail: 'Yearly value' },
          { name: 'energy', state: 'off', detail: '' },
        ],
      },
    });
    const items = within(card.getByRole('list', { name: 'Sources' })).getAllByRole('listitem');
    expect(items.map((item) => item.textContent)).toEqual(['Kubernetes API', 'Usage failed', 'Grid intensity, partly']);
    expect(items.map((item) => item.title)).toEqual(['v1.33', 'No answer', 'Yearly value']);
  });

  it('show no change where there is nothing before', async () => {
    const { card } = await show({ answer: { summary: { ...summary('c-eu'), previous: null }, error: null } });
    expect(card.queryByText(/%/)).toBeNull();
  });
});

describe('the switch of a card', () => {
  it('stands where it was put while the answer is on its way, and cannot be pressed twice', async () => {
    const answer = Promise.withResolvers<{ cluster_id: string; collecting: boolean }>();
    const { card, calls } = await show({ operations: { contexts: { setCollecting: () => answer.promise } } });
    const control: HTMLButtonElement = card.getByRole('switch');
    await userEvent.click(control);
    await waitFor(() => expect(control.getAttribute('aria-checked')).toBe('false'));
    expect(control.disabled).toBe(true);
    await userEvent.click(control, { pointerEventsCheck: 0 });
    answer.resolve({ cluster_id: 'c-eu', collecting: false });
    await waitFor(() => expect(control.disabled).toBe(false));
    expect(calls.filter((call) => call.operation === 'contexts.setCollecting')).toEqual([
      { operation: 'contexts.setCollecting', input: { context: 'prod-eu-west-1', collecting: false } },
    ]);
  });
});
