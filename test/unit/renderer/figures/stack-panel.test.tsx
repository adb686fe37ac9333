import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from './sample-client.ts';
import { withMetrics } from './twins.ts';

const AT = '/?cluster=c1&tz=UTC';
const NAME = 'Carbon by namespace';
const region = () => screen.findByRole('region', { name: NAME });
const timeseries = sample.metrics!.timeseries!;

describe('a chart panel in its four states', () => {
  it('waits in its own frame, with title and actions in place', async () => {
    renderApp(AT, withMetrics({ timeseries: () => new Promise<never>(() => undefined) }));
    const panel = await region();
    expect(panel.getAttribute('aria-busy')).toBe('true');
    expect(within(panel).getByRole('status', { name: `Loading ${NAME}` })).toBeTruthy();
    expect(within(panel).getByRole('radio', { name: 'Energy' })).toBeTruthy();
    expect(within(panel).queryByRole('img')).toBeNull();
  });

  it('says what failed, and shows the chart after another try', async () => {
    let fails = true;
    renderApp(
      AT,
      withMetrics({
        timeseries: async (input, options) => {
          if (fails && input?.group_by === 'namespace') throw new Error('boom');
          return timeseries(input, options);
        },
      }),
    );
    const panel = within(await region());
    expect((await panel.findByRole('alert')).textContent).toContain('The answer could not be read');
    fails = false;
    await userEvent.click(panel.getByRole('button', { name: 'Try again' }));
    expect(await panel.findByRole('img', { name: /^Carbon by namespace/ })).toBeTruthy();
    expect(panel.queryByRole('alert')).toBeNull();
  });

  it('keeps the last good figures with their age when they could not be renewed', async () => {
    let asked = 0;
    let see = (): void => undefined;
    const isSeen = new Promise<void>((done) => {
      see = done;
    });
    const told: FakeOperations = {
      ...withMetrics({
        timeseries: async (input, options) => {
          if (input?.group_by === 'namespace') asked += 1;
          if (input?.group_by === 'namespace' && asked > 1) throw new Error('boom');
          return timeseries(input, options);
        },
      }),
      system: { changes: async () => greetings(isSeen) },
    };
    renderApp(AT, told);
    const panel = within(await region());
    await panel.findByRole('img', { name: /^Carbon by namespace/ });
    see();
    expect(await panel.findByText(/The answer could not be read\. Shown are the figures of .*\./)).toBeTruthy();
    expect(panel.getByRole('img', { name: /^Carbon by namespace/ })).toBeTruthy();
    expect(panel.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('says that nothing was collected, with a way to where figures are', async () => {
    const empty = withMetrics({
      timeseries: async (input, options) => ({ ...(await timeseries(input, options)), timeseries: [] }),
    });
    renderApp(`${AT}&last=24h`, empty);
    const panel = within(await region());
    expect(await panel.findByText(/^No figures for /)).toBeTruthy();
    expect(panel.getByRole('button', { name: 'Show the last 7 days' })).toBeTruthy();
    expect(panel.queryByText('0')).toBeNull();
  });
});

/** The stream of changes that begins again once `isSeen` is kept: the page then asks for all figures anew. */
async function* greetings(isSeen: Promise<void>) {
  yield { kind: 'hello' as const, version: '1' };
  await isSeen;
  yield { kind: 'hello' as const, version: '1' };
}

describe('the period before', () => {
  it('is named with its distance and drawn', async () => {
    renderApp(AT, sample);
    const panel = within(await region());
    expect(await panel.findByText('7 days before')).toBeTruthy();
    expect(panel.getByRole('img').querySelector('[data-ghost]')).not.toBeNull();
  });

  it.each([
    ['nothing', 0],
    ['an hour', 1],
    ['two days', 48],
  ])('has no label, no line and no column where %s of it was collected', async (_, hours) => {
    const little = withMetrics({
      timeseries: async (input, options) => {
        const answer = await timeseries(input, options);
        if (input?.group_by !== undefined) return answer;
        const from = Date.parse(answer.period.end) - Number(hours) * 3.6e6;
        const isKnown = (timestamp: string) => Date.parse(timestamp) >= from;
        return {
          ...answer,
          timeseries: answer.timeseries.filter((point) => isKnown(point.timestamp)),
          buckets: answer.buckets.map((bucket) =>
            isKnown(bucket.timestamp) ? bucket : { ...bucket, covered_seconds: 0 },
          ),
        };
      },
    });
    const { calls } = renderApp(AT, little);
    const panel = within(await region());
    await panel.findByRole('img', { name: /^Carbon by namespace/ });
    const isAsked = () =>
      calls.some(
        ({ operation, input }) => operation === 'metrics.timeseries' && !Object.hasOwn(input as object, 'group_by'),
      );
    await waitFor(() => expect(isAsked()).toBe(true));
    await screen.findByRole('row', { name: 'reranker in ml-inference' });
    expect(panel.queryByText('7 days before')).toBeNull();
    expect(panel.getByRole('img').querySelector('[data-ghost]')).toBeNull();
    fireEvent.keyDown(panel.getByRole('button', { name: /read by keys/ }), { key: 'T' });
    expect(await panel.findByRole('columnheader', { name: 'Unallocated' })).toBeTruthy();
    expect(panel.queryByRole('columnheader', { name: /before/ })).toBeNull();
  });
});

describe('table and legend of a panel', () => {
  it('turns into a table and back by T, wherever the focus is', async () => {
    renderApp(AT, sample);
    const panel = within(await region());
    const surface = await panel.findByRole('button', { name: /read by keys/ });
    fireEvent.keyDown(surface, { key: 'T' });
    expect(await panel.findByRole('table')).toBeTruthy();
    expect(panel.getByRole('button', { name: 'Show as chart' })).toBeTruthy();
    fireEvent.keyDown(document.body, { key: 't' });
    expect(await panel.findByRole('img')).toBeTruthy();
  });

  it('zooms from a window of the table, and the header offers the way back', async () => {
    const { address } = renderApp(AT, sample);
    const panel = within(await region());
    await panel.findByRole('img');
    await userEvent.click(panel.getByRole('button', { name: 'Show as table' }));
    const [first] = await panel.findAllByRole('button', { name: /^Thu 12 Nov/ });
    await userEvent.click(first!);
    await waitFor(() => expect(address()).toContain('start=2026-11-12T13:00:00Z&end=2026-11-12T15:00:00Z'));
  });

  it('shows all again on a second click, and forgets a series that the next data has not', async () => {
    renderApp(AT, sample);
    const panel = within(await region());
    const button = await panel.findByRole('button', { name: 'payments' });
    const opacity = (key: string) =>
      panel.getByRole('img').querySelector(`[data-series="${key}"]`)?.getAttribute('opacity');
    await userEvent.click(button);
    expect(opacity('search')).toBe('0.18');
    expect(button.getAttribute('aria-pressed')).toBe('true');
    await userEvent.click(button);
    expect(opacity('search')).toBe('1');
  });
});
