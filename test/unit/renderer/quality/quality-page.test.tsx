import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { progress } from '../../../fakes/client/answers.ts';
import { type FakeOperations, openStreamOf, streamOf } from '../../../fakes/client/client.ts';
import { auditEntry, qualityReport, scopes } from '../../../fakes/client/explain-answers.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';

const AT = '/quality?cluster=c1&tz=UTC';
const panel = async (name: string) => within(await screen.findByRole('region', { name }));
const failure = (code: string, message: string): Error =>
  Object.assign(new Error(message), { data: { failure: code, hint: 'Look at the log.' } });

describe('How sure', () => {
  it('is reached from the side bar and from the overview', async () => {
    const { address } = renderApp('/?cluster=c1&tz=UTC', sample);
    const sure = await panel('How sure');
    await userEvent.click(sure.getByRole('button', { name: 'Details' }));
    await waitFor(() => expect(address()).toBe(AT));
    expect(await screen.findByRole('heading', { level: 1, name: 'How sure' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'How sure' }).getAttribute('aria-current')).toBe('page');
  });

  it('says how the energy is known, and how wide the ranges are', async () => {
    renderApp(AT, sample);
    const head = await panel('How it is known');
    expect(await head.findByText('31 %')).toBeTruthy();
    expect(head.getByText(/computed from how busy the machines were/)).toBeTruthy();
    expect(head.getByRole('button', { name: /came about: Carbon 35\.3 kg/ }).textContent).toBe('±22 %');
    expect(head.getByText('101–137 kWh')).toBeTruthy();
    expect(head.getByText('€1,008–1,008')).toBeTruthy();
  });

  it('opens a range’s figure', async () => {
    const { address } = renderApp(AT, sample);
    await userEvent.click(await screen.findByRole('button', { name: /came about: Energy \d/ }));
    await waitFor(() => expect(address()).toBe(`${AT}&explain=energy`));
    expect(await screen.findByRole('dialog', { name: 'How this figure came about' })).toBeTruthy();
  });

  it('lists each quantity’s sources, best first', async () => {
    renderApp(AT, sample);
    const power = within(await screen.findByRole('list', { name: 'Power' }));
    expect(power.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'Kepler (RAPL)31 %',
      'Teads curve of the type68 %',
      'Generic curve by vCPU1.0 %',
    ]);
  });

  it('ranks what to improve', async () => {
    renderApp(AT, sample);
    const improve = await panel('What to improve');
    expect((await improve.findAllByRole('listitem')).map((item) => item.textContent?.slice(0, 6))).toEqual([
      'PUE of',
      'CPU mo',
      'Grid i',
      'Hardwa',
    ]);
  });

  it('sorts nodes by any column and keeps that in the address', async () => {
    const { address } = renderApp(AT, sample);
    const table = within(await screen.findByRole('table', { name: 'Sources by node' }));
    const rows = () =>
      table
        .getAllByRole('row')
        .slice(1)
        .map((row) => row.getAttribute('aria-label'));
    expect(rows()[0]).toBe('hyb-dub-01');
    await userEvent.click(table.getByRole('button', { name: 'Power' }));
    await waitFor(() => expect(rows()[0]).toBe('ip-10-0-57-9'));
    expect(address()).toContain('sort=power');
    await userEvent.click(table.getByRole('button', { name: 'Power' }));
    await waitFor(() => expect(address()).toContain('order=desc'));
    expect(table.getByRole('columnheader', { name: 'Power' }).getAttribute('aria-sort')).toBe('descending');
  });

  it('shows scopes by location and by market side by side, with notes', async () => {
    renderApp(AT, sample);
    const table = within(await screen.findByRole('table', { name: 'Emissions by scope' }));
    const cells = (name: string) =>
      within(table.getByRole('row', { name }))
        .getAllByRole('cell')
        .map((cell) => cell.textContent);
    expect(cells('Scope 3, category 1').slice(1)).toEqual(['28.0', '12.4']);
    expect(cells('Scope 3, category 3').slice(1)).toEqual(['not known', 'not known']);
    expect(cells('Scope 2').slice(1)).toEqual(['4.20', '0']);
    expect(screen.getByText('No direct factor is known for IE.')).toBeTruthy();
  });

  it('says where no contract is set', async () => {
    const none = {
      ...scopes,
      scope2_market_grams: null,
      scope3_category1_market_grams: null,
      total_market_grams: null,
    };
    renderApp(AT, { ...sample, explain: { scopes: async () => none } });
    const table = within(await screen.findByRole('table', { name: 'Emissions by scope' }));
    expect(table.getAllByText('no contract set').length).toBeGreaterThan(2);
  });

  it('fails panel by panel', async () => {
    renderApp(AT, {
      ...sample,
      explain: { scopes: async () => Promise.reject(failure('store', 'The store refused')) },
      audit: { list: async () => Promise.reject(failure('store', 'The store refused')) },
    });
    expect(await (await panel('Scopes')).findByRole('alert')).toBeTruthy();
    expect(await (await panel('Restated figures')).findByRole('button', { name: 'Try again' })).toBeTruthy();
    expect(await screen.findByText('Kepler (RAPL)', { selector: 'ol span' })).toBeTruthy();
  });

  it('says that nothing was collected, never 0 %', async () => {
    const figures = { ...qualityReport.figures, energy_joules: 0 };
    renderApp(AT, { ...sample, explain: { quality: async () => ({ ...qualityReport, figures }) } });
    expect(await screen.findByText(/^No figures for/)).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Scopes' })).toBeNull();
  });
});

describe('what was collected', () => {
  it('lists the gaps of the range', async () => {
    renderApp(AT, sample);
    const collected = await panel('What was collected');
    expect(await collected.findByText('163 of 168 hours')).toBeTruthy();
    expect(within(collected.getByRole('list', { name: 'Gaps' })).getAllByText(/left out of the totals/)).toHaveLength(
      1,
    );
  });

  it('fills them from what still holds them, and says what came of it', async () => {
    const windows = { whole: 3, partial: 1, no_data: 1, already_there: 0 };
    const { calls } = renderApp(
      AT,
      filling(() => streamOf(...ofCollect(windows))),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Fill the gaps' }));
    expect(await screen.findByText('4 windows were filled. 1 are nowhere any more.')).toBeTruthy();
    expect(calls.find((call) => call.operation === 'contexts.collect')?.input).toMatchObject({
      context: 'prod-eu-west-1',
      last: expect.stringMatching(/^\d+h$/),
    });
    expect(calls.filter((call) => call.operation === 'explain.quality').length).toBeGreaterThan(1);
  });

  it('shows how far it is, and stops', async () => {
    const [first] = ofCollect({ whole: 0, partial: 0, no_data: 0, already_there: 0 });
    renderApp(
      AT,
      filling((signal) => openStreamOf(signal, first!)),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Fill the gaps' }));
    expect(await screen.findByText('109 of 168 windows')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(await screen.findByRole('button', { name: 'Fill the gaps' })).toBeTruthy();
  });

  it('says why it could not', async () => {
    renderApp(
      AT,
      filling(() => Promise.reject(failure('unreachable', 'Prometheus does not answer'))),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Fill the gaps' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Prometheus does not answer');
  });
});

describe('restated figures', () => {
  it('tells when, why, and from what to what', async () => {
    renderApp(AT, sample);
    const table = within(await screen.findByRole('table', { name: 'Restated figures' }));
    const cells = table.getAllByRole('row')[1]!;
    expect(cells.textContent).toContain('19 Nov 09:12');
    expect(cells.textContent).toContain('PUEPUE of eu-west-1 set to 1.15 (was 1.20)');
    expect(cells.textContent).toContain('88.0 kg → 84.9 kg');
    expect(cells.textContent).toContain('−3.5 %');
  });

  it('has words for none, and recomputes all the same', async () => {
    renderApp(AT, { ...sample, audit: { list: async () => ({ entries: [] }) } });
    expect(await screen.findByText('Nothing was restated')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Recompute…' }));
    expect(await screen.findByRole('dialog', { name: 'Recompute past figures' })).toBeTruthy();
  });

  it('recomputes a stretch, and shows what changed', async () => {
    const { calls } = renderApp(AT, sample);
    await userEvent.click(await screen.findByRole('button', { name: 'Recompute…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Recompute past figures' }));
    await userEvent.clear(dialog.getByLabelText('From'));
    await userEvent.type(dialog.getByLabelText('From'), '2025-11-01T00:00');
    await userEvent.clear(dialog.getByLabelText('To'));
    await userEvent.type(dialog.getByLabelText('To'), '2025-11-08T00:00');
    await userEvent.click(dialog.getByRole('button', { name: 'Recompute' }));
    expect(await dialog.findByText(/150 of 163 windows changed/)).toBeTruthy();
    expect(calls.find((call) => call.operation === 'audit.recompute')?.input).toEqual({
      start: '2025-11-01T00:00:00Z',
      end: '2025-11-08T00:00:00Z',
      cluster: 'c1',
    });
    await waitFor(() => expect(calls.filter((call) => call.operation === 'audit.list').length).toBeGreaterThan(1));
    await userEvent.click(dialog.getAllByRole('button', { name: 'Close' })[0]!);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('shows progress while it runs, and refuses a range that is none', async () => {
    renderApp(AT, {
      ...sample,
      audit: {
        list: async () => ({ entries: [auditEntry] }),
        recompute: async (_input, options) =>
          openStreamOf(options?.signal, { kind: 'progress' as const, cluster: 'c1', done: 3, total: 9 }),
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Recompute…' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.clear(dialog.getByLabelText('From'));
    await userEvent.click(dialog.getByRole('button', { name: 'Recompute' }));
    expect(await dialog.findByText('Both ends need a date and a time.')).toBeTruthy();
    await userEvent.type(dialog.getByLabelText('From'), '2020-01-01T00:00');
    await userEvent.click(dialog.getByRole('button', { name: 'Recompute' }));
    expect(await dialog.findByText('3 of 9 windows')).toBeTruthy();
    expect(dialog.getByRole('button', { name: 'Stop' })).toBeTruthy();
  });
});

type Collect = NonNullable<NonNullable<FakeOperations['contexts']>['collect']>;
type CollectItems = Awaited<ReturnType<Collect>>;

/** The sample with a reading of its gaps. */
function filling(answer: (signal: AbortSignal | undefined) => CollectItems | Promise<CollectItems>): FakeOperations {
  return { ...sample, contexts: { collect: async (_input, options) => answer(options?.signal) } };
}

function ofCollect(windows: { whole: number; partial: number; no_data: number; already_there: number }) {
  return [
    { kind: 'progress' as const, progress },
    {
      kind: 'result' as const,
      result: {
        cluster_id: 'c1',
        cluster_name: 'prod-eu-west-1',
        period: qualityReport.period,
        windows,
        rows: 10,
        sources: [],
        notices: [],
        totals: { energy_joules: 1, co2e_grams: 1, embodied_co2e_grams: 1, total_cost: 1 },
      },
    },
  ];
}
