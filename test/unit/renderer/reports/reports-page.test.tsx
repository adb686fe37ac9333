import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startText } from '../../../../src/renderer/features/reports/PreviewTable.tsx';
import { reportCommand } from '../../../../src/renderer/features/reports/report-command.ts';
import { filterProblem, reportRequest } from '../../../../src/renderer/features/reports/report-search.ts';
import { type FakeOperations, streamOf } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { savingsReport, reportSummary as summary } from '../../../fakes/client/savings-answers.ts';
import { sample } from '../figures/sample-client.ts';

const AT = '/reports?cluster=c1&tz=UTC';
const refuse = () =>
  Promise.reject(new ORPCError('X', { message: 'The store refused', data: { failure: 'store', hint: null } }));
const answers: FakeOperations = { ...sample, reports: { summary: async () => summary } };
const withReports = (reports: NonNullable<FakeOperations['reports']>): FakeOperations => ({
  ...answers,
  reports: { ...answers.reports, ...reports },
});
const savings = (part: NonNullable<FakeOperations['recommendations']>): FakeOperations => ({
  ...answers,
  recommendations: part,
});

beforeEach(() => localStorage.clear());
afterEach(() => vi.restoreAllMocks());

describe('the request', () => {
  it('has range, filters and shape of the address', () => {
    expect(reportRequest({ tz: 'UTC', last: '7d' }, { namespace: 'shop', every: 'weekly' })).toEqual({
      tz: 'UTC',
      last: '7d',
      namespace: 'shop',
      group_by: 'namespace',
      granularity: 'weekly',
      aggregate: true,
    });
  });

  it('is a command to paste, with quotes where a shell needs them', () => {
    const request = reportRequest(
      { tz: 'Europe/Paris', last: '30d', cluster: 'c1' },
      { group: 'workload', team: "Ada's team" },
    );
    expect(reportCommand(request)).toBe(
      `podwatt report --last 30d --tz Europe/Paris --cluster c1 --team 'Ada'\\''s team' --group-by workload --granularity daily`,
    );
    expect(reportCommand(reportRequest({ tz: 'UTC', start: '2026-11-12T00:00:00Z', end: 'x' }, {}), 'csv')).toContain(
      '--start 2026-11-12T00:00:00Z --end x --group-by namespace --granularity daily --format csv',
    );
  });

  it('takes a workload with its kind', () => {
    expect(filterProblem('workload', 'cart')).toContain('Kind/name');
    expect(filterProblem('workload', 'Deployment/cart')).toBeNull();
    expect(filterProblem('namespace', ' ')).toBe('A name');
  });
});

describe('the rows', () => {
  it('come with totals, one unit a column, and words for our own rows', async () => {
    renderApp(AT, answers);
    const table = within(await screen.findByRole('table', { name: 'First rows' }));
    const rows = table.getAllByRole('row').map((each) => within(each).queryAllByRole('cell'));
    expect(rows[1]?.map((cell) => cell.textContent)).toEqual([
      'Thu 12 Nov',
      'search',
      '1.00',
      '1.20',
      '1.24',
      '0.90–1.70',
      '0.20',
      '€12.50',
    ]);
    expect(rows[2]?.[1]?.textContent).toBe('Unallocated');
    const totals = screen.getByRole('region', { name: 'Totals' }).textContent;
    expect(totals).toContain('1,204');
    expect(totals).toContain('35.2kg CO₂e');
    expect(totals).toContain('6.20 kg of it embodied');
    expect(totals).toContain('116kWh');
    expect(totals).toContain('€1,008');
  });

  it('are shaped by group and length, in the address', async () => {
    const { address, calls } = renderApp(AT, answers);
    await userEvent.click(await screen.findByRole('combobox', { name: 'and each' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Month' }));
    await waitFor(() => expect(address()).toContain('every=monthly'));
    await userEvent.click(screen.getByRole('combobox', { name: 'One row for each' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Pod' }));
    await waitFor(() =>
      expect(calls).toContainEqual({
        operation: 'reports.summary',
        input: expect.objectContaining({ group_by: 'pod', granularity: 'monthly', aggregate: true, cluster: 'c1' }),
      }),
    );
    expect(await screen.findByRole('columnheader', { name: 'Pod' })).toBeTruthy();
  });

  it('are filtered; a wrong filter is explained', async () => {
    const { address } = renderApp(AT, answers);
    await userEvent.click(await screen.findByRole('button', { name: 'Add filter' }));
    await userEvent.click(await screen.findByRole('combobox', { name: 'Field' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Workload' }));
    const field = screen.getByRole('textbox', { name: 'Workload is' });
    await userEvent.type(field, 'cart{Enter}');
    expect(screen.getByText(/Kind\/name, for example/)).toBeTruthy();
    await userEvent.clear(field);
    await userEvent.type(field, 'Deployment/cart{Enter}');
    await waitFor(() => expect(address()).toContain('workload=Deployment/cart'));
    await userEvent.click(screen.getByRole('button', { name: 'Remove the filter Workload is Deployment/cart' }));
    await waitFor(() => expect(address()).not.toContain('workload'));
  });

  it('row by row goes up to 48 hours', async () => {
    const { address, calls } = renderApp(`${AT}&aggregate=0`, answers);
    expect(await screen.findByText('Row by row goes up to 48 hours')).toBeTruthy();
    expect(calls.some(({ operation }) => operation === 'reports.summary')).toBe(false);
    expect(screen.getByRole('button', { name: 'CSV' }).hasAttribute('disabled')).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: 'Show the last 24 hours' }));
    await waitFor(() => expect(address()).toContain('last=24h'));
    expect(await screen.findByRole('table', { name: 'First rows' })).toBeTruthy();
  });

  it('that match nothing say so', async () => {
    const { address } = renderApp(
      `${AT}&namespace=serch`,
      withReports({ summary: async () => ({ ...summary, row_count: 0, preview: [] }) }),
    );
    expect(await screen.findByText('No row matches')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Clear the filters' }));
    await waitFor(() => expect(address()).not.toContain('namespace'));
  });

  it('that can not be read say why', async () => {
    renderApp(AT, withReports({ summary: refuse }));
    expect(
      (await within(await screen.findByRole('region', { name: 'Rows' })).findByRole('alert')).textContent,
    ).toContain('The store refused');
  });

  it('begin on a day, week, month or year', () => {
    const at = '2026-11-12T00:00:00Z';
    expect(
      (['hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const).map((every) => startText(at, every, 'UTC')),
    ).toEqual(['12 Nov 00:00', 'Thu 12 Nov', 'week of 12 Nov', 'Nov 2026', '2026']);
    expect(startText('2026-W46', 'weekly', 'UTC')).toBe('2026-W46');
  });
});

describe('taking it along', () => {
  it('as a file in full', async () => {
    const saved: string[] = [];
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    const { calls } = renderApp(
      `${AT}&namespace=shop`,
      withReports({
        export: async () =>
          streamOf(
            { kind: 'file' as const, file_name: 'podwatt-shop.json', content_type: 'application/json' },
            { kind: 'text' as const, text: '[]' },
          ),
      }),
    );
    await screen.findByRole('table', { name: 'First rows' });
    await userEvent.click(screen.getByRole('button', { name: 'JSON' }));
    await waitFor(() => expect(saved).toEqual(['podwatt-shop.json']));
    expect(calls).toContainEqual({
      operation: 'reports.export',
      input: expect.objectContaining({ namespace: 'shop', format: 'json', aggregate: true }),
    });
  });

  it('says why a file could not be written, and stops when asked', async () => {
    renderApp(AT, withReports({ export: refuse }));
    await screen.findByRole('table', { name: 'First rows' });
    await userEvent.click(screen.getByRole('button', { name: 'CSV' }));
    expect((await screen.findByRole('alert')).textContent).toBe('The store refused');
  });

  it('as a call and as a command', async () => {
    const user = userEvent.setup();
    renderApp(AT, answers);
    await screen.findByRole('table', { name: 'First rows' });
    await user.click(screen.getByRole('button', { name: 'Copy as command' }));
    expect(await navigator.clipboard.readText()).toBe(
      'podwatt report --last 7d --cluster c1 --group-by namespace --granularity daily',
    );
    await user.click(screen.getByRole('button', { name: 'Copy as API call' }));
    expect(await navigator.clipboard.readText()).toContain('/api/v1/report/export?');
  });
});

describe('savings', () => {
  it('promised against measured, by day and by type', async () => {
    const { address } = renderApp(AT, answers);
    const panel = within(await screen.findByRole('region', { name: 'Savings, promised and measured' }));
    expect(await panel.findByRole('img', { name: /promised 4.00 kg, measured 2.10 kg on 2 of 4 days/ })).toBeTruthy();
    expect(panel.getByText(/1 day is not measured yet/)).toBeTruthy();
    const rows = within(panel.getByRole('table', { name: 'Savings by type' })).getAllByRole('row');
    expect(rows.map((each) => each.textContent)).toEqual([
      'TypeAppliedPromised, kg CO₂eMeasured, kgPromised costMeasured cost',
      'CPU request too large24.002.10€8.00€5.00',
      'All24.002.10€8.00€5.00',
    ]);
    await userEvent.click(panel.getByRole('radio', { name: 'Cost' }));
    expect(await panel.findByRole('img', { name: /^Cost saved a day.*promised €8.00/ })).toBeTruthy();
    expect(address()).toContain('savings=cost');
    await userEvent.click(panel.getByRole('button', { name: 'Show as table' }));
    const days = within(panel.getByRole('table', { name: 'Cost saved a day' })).getAllByRole('row');
    expect(days.at(-1)?.textContent).toBe('Wed 4 Nov4.00not yet');
  });

  it('are none before something was applied', async () => {
    renderApp(AT, savings({ savings: async () => ({ ...savingsReport, days: [], by_type: [], count: 0 }) }));
    expect(await screen.findByText('No savings in this range')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'See what can be cut' })).toBeTruthy();
  });

  it('say why they can not be read', async () => {
    renderApp(AT, savings({ savings: refuse }));
    const panel = within(await screen.findByRole('region', { name: 'Savings, promised and measured' }));
    expect((await panel.findByRole('alert')).textContent).toContain('The store refused');
  });
});
