import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReportSummary } from '../../../../src/contract/schemas/reports.ts';
import { useSearchState } from '../../../../src/renderer/app/view/use-search-state.ts';
import { ReportPanel } from '../../../../src/renderer/features/reports/ReportPanel.tsx';
import { ReportSearch } from '../../../../src/renderer/features/reports/report-search.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { reportSummary } from '../../../fakes/client/savings-answers.ts';
import { sample } from '../figures/sample-client.ts';
import { never, refusal } from '../recommendations/page.tsx';

const NOW = Date.UTC(2026, 10, 19, 14);
const AT = '/reports?cluster=c1&tz=UTC';
type Summary = NonNullable<NonNullable<FakeOperations['reports']>['summary']>;
const of = (part: Partial<ReportSummary>) => async () => ({ ...reportSummary, ...part });
const refuse = refusal('The store refused', 'store', 'See its log.');

function Host() {
  const [search, setSearch] = useSearchState(ReportSearch);
  return <ReportPanel search={search} onSearch={setSearch} />;
}
async function start(path = AT, summary: Summary = of({})) {
  const view = renderPart(<Host />, { ...sample, reports: { summary } }, path);
  const panel = await screen.findByRole('region', { name: 'Rows' });
  const asked = () => view.calls.filter(({ operation }) => operation === 'reports.summary').map(({ input }) => input);
  return { ...view, panel, inside: within(panel), asked };
}
const totals = () => screen.getByRole('region', { name: 'Totals' }).textContent;
const isOff = (name: string) => screen.getByRole('button', { name }).hasAttribute('disabled');

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

describe('what is asked', () => {
  it.each([
    ['', { group_by: 'namespace', granularity: 'daily', aggregate: true, last: '7d' }],
    ['&group=pod&every=hourly&last=24h', { group_by: 'pod', granularity: 'hourly', last: '24h' }],
    ['&aggregate=0&last=48h', { aggregate: false, last: '48h' }],
    [
      '&namespace=search&workload=Deployment/a&pod=p&node=n&team=t',
      { namespace: 'search', workload: 'Deployment/a', pod: 'p', node: 'n', team: 't' },
    ],
    [
      '&start=2026-11-01T00:00:00Z&end=2026-11-03T00:00:00Z',
      { start: '2026-11-01T00:00:00Z', end: '2026-11-03T00:00:00Z' },
    ],
  ])('%s', async (search, part) => {
    const { asked } = await start(`${AT}${search}`);
    await waitFor(() => expect(asked()).toHaveLength(1));
    expect(asked()[0]).toMatchObject({ cluster: 'c1', tz: 'UTC', ...part });
  });

  it('what can not be read is as if left out', async () => {
    const { asked } = await start(`${AT}&group=node&every=never&aggregate=1`);
    await waitFor(() => expect(asked()).toHaveLength(1));
    expect(asked()[0]).toEqual({
      cluster: 'c1',
      tz: 'UTC',
      last: '7d',
      group_by: 'namespace',
      granularity: 'daily',
      aggregate: true,
    });
  });
});

describe('the note', () => {
  it.each([
    [1204, 'the first 2 of 1,204, in full precision in the file', 'First rows'],
    [2, 'in full precision in the file', 'Rows'],
  ])('of %i rows', async (row_count, words, name) => {
    const { inside } = await start(AT, of({ row_count }));
    expect(await inside.findByText(words)).toBeTruthy();
    expect(inside.getByRole('table', { name })).toBeTruthy();
  });

  it('says nothing of rows that there are not', async () => {
    const { inside, panel } = await start(AT, of({ row_count: 0, preview: [] }));
    await inside.findByText(/No figures|no figures/i);
    expect(panel.textContent).not.toContain('precision');
  });
});

describe('the shape', () => {
  it('is added up or row by row; by row there is nothing to group', async () => {
    const { address, asked } = await start(`${AT}&last=24h`);
    expect(screen.getByRole('combobox', { name: 'One row for each' })).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'Row by row' }));
    await waitFor(() => expect(address()).toContain('aggregate=0'));
    expect(screen.queryByRole('combobox', { name: 'One row for each' })).toBeNull();
    expect(screen.queryByRole('combobox', { name: 'and each' })).toBeNull();
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ aggregate: false }));
    fireEvent.click(screen.getByRole('radio', { name: 'Added up' }));
    await waitFor(() => expect(address()).not.toContain('aggregate'));
  });

  it.each([
    ['&last=2d', true],
    ['&last=48h', true],
    ['&last=3d', false],
    ['&start=2026-11-01T00:00:00Z&end=2026-11-03T00:00:00Z', true],
    ['&start=2026-11-01T00:00:00Z&end=2026-11-03T01:00:00Z', false],
  ])('row by row with %s: %s', async (range, isAsked) => {
    const { asked } = await start(`${AT}&aggregate=0${range}`);
    if (isAsked) await waitFor(() => expect(asked()).toHaveLength(1));
    else {
      expect(await screen.findByText('Row by row goes up to 48 hours')).toBeTruthy();
      expect(asked()).toEqual([]);
      expect(isOff('CSV')).toBe(true);
      expect(totals()).toBe('Rowsno dataCarbonno dataEnergyno databefore PUECostno data');
    }
  });
});

describe('filters', () => {
  it('each has a name, its value, and a way off', async () => {
    const { address } = await start(`${AT}&namespace=search&team=blue`);
    expect(screen.getByText('Namespace is')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Remove the filter Namespace is search' }));
    await waitFor(() => expect(address()).not.toContain('namespace'));
    expect(address()).toContain('team=blue');
  });

  it('all set: none can be added', async () => {
    await start(`${AT}&namespace=a&workload=Deployment/b&pod=c&node=d&team=e`);
    expect(screen.queryByRole('button', { name: 'Add filter' })).toBeNull();
  });

  it('the name is kept without the blanks around it', async () => {
    const { address } = await start();
    fireEvent.click(screen.getByRole('button', { name: 'Add filter' }));
    const field = await screen.findByRole('textbox', { name: 'Namespace is' });
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    expect(screen.getByText('A name')).toBeTruthy();
    fireEvent.change(field, { target: { value: '  search ' } });
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    await waitFor(() => expect(address()).toContain('namespace=search'));
    expect(screen.queryByRole('textbox', { name: /is$/ })).toBeNull();
  });

  it('that leave nothing are all cleared at once, and the shape stays', async () => {
    const { address } = await start(`${AT}&namespace=serch&node=n&every=weekly`, of({ row_count: 0, preview: [] }));
    expect(await screen.findByText('No row matches')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Clear the filters' }));
    await waitFor(() => expect(address()).not.toMatch(/namespace|node/));
    expect(address()).toContain('every=weekly');
  });

  it('no rows without a filter are no fault of one', async () => {
    const { inside } = await start(AT, of({ row_count: 0, preview: [] }));
    await waitFor(() => expect(inside.queryByRole('table')).toBeNull());
    expect(screen.queryByText('No row matches')).toBeNull();
    expect(isOff('CSV')).toBe(true);
    expect(isOff('JSON')).toBe(true);
  });
});

describe('what can be taken along', () => {
  it.each([
    ['', 'podwatt report --last 7d --cluster c1 --group-by namespace --granularity daily'],
    [
      '&group=workload&every=weekly&team=Ada%27s+team&last=30d',
      "podwatt report --last 30d --cluster c1 --team 'Ada'\\''s team' --group-by workload --granularity weekly",
    ],
    [
      '&aggregate=0&last=24h&pod=a-1',
      'podwatt export --last 24h --cluster c1 --pod a-1 --group-by namespace --granularity daily --no-aggregate',
    ],
  ])('call and command are those of the page: %s', async (search, command) => {
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (words: string) => void copied.push(words) },
    });
    const { asked, inside } = await start(`${AT}${search}`);
    await inside.findByRole('table');
    fireEvent.click(screen.getByRole('button', { name: 'Copy as command' }));
    fireEvent.click(screen.getByRole('button', { name: 'Copy as API call' }));
    await waitFor(() => expect(copied).toHaveLength(2));
    expect(copied[0]).toBe(command);
    const url = new URL(copied[1]?.slice('curl '.length).replaceAll("'", '') ?? '');
    const sent = Object.fromEntries(
      Object.entries(asked()[0] as Record<string, unknown>).map(([key, value]) => [key, String(value)]),
    );
    // The quote of a name is escaped in an address, so the shell sees none.
    expect(Object.fromEntries(url.searchParams)).toEqual({ ...sent, format: 'csv' });
  });

  it('nothing while it loads, and no total', async () => {
    const { panel } = await start(AT, never);
    expect(panel.getAttribute('aria-busy')).toBe('true');
    expect(isOff('CSV')).toBe(true);
    expect(totals()).not.toMatch(/\d|no data/);
  });
});

describe('failed', () => {
  it('never an answer: why, no total, nothing to save', async () => {
    const { inside } = await start(AT, refuse);
    expect((await inside.findByRole('alert')).textContent).toContain('The store refusedSee its log.');
    expect(totals()).toBe('Rowsno dataCarbonno dataEnergyno databefore PUECostno data');
    expect(isOff('CSV')).toBe(true);
  });

  it('tried again, it comes', async () => {
    let works = false;
    const { inside } = await start(AT, async () => (works ? reportSummary : refuse()));
    await inside.findByRole('alert');
    works = true;
    fireEvent.click(inside.getByRole('button', { name: 'Try again' }));
    expect(await inside.findByRole('table')).toBeTruthy();
    expect(totals()).toContain('€1,008');
  });

  it('another shape is another question: the rows of the last are not shown as its own', async () => {
    const { inside } = await start(AT, async (input) => (input.aggregate === false ? refuse() : reportSummary));
    await inside.findByRole('table');
    fireEvent.click(screen.getByRole('radio', { name: 'Row by row' }));
    await act(async () => undefined);
    await waitFor(() => expect(inside.queryByRole('table')).toBeNull());
    expect(totals()).not.toContain('1,008');
  });
});
