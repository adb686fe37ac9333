import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ReportRow, ReportSummary } from '../../../../src/contract/schemas/reports.ts';
import { PreviewTable } from '../../../../src/renderer/features/reports/PreviewTable.tsx';
import { ReportTotals } from '../../../../src/renderer/features/reports/ReportTotals.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { reportSummary } from '../../../fakes/client/savings-answers.ts';
import { sample } from '../figures/sample-client.ts';

const [first] = reportSummary.preview;
const row = (part: Partial<ReportRow> = {}): ReportRow => ({ ...(first as ReportRow), ...part });

type Props = Parameters<typeof PreviewTable>[0];
async function show(rows: readonly ReportRow[], part: Partial<Props> = {}, path = '/?tz=UTC&cluster=c1') {
  renderPart(
    <PreviewTable rows={rows} group="namespace" isWhole={false} byRow={false} every="daily" {...part} />,
    sample,
    path,
  );
  const table = within(await screen.findByRole('table'));
  return {
    heads: table.getAllByRole('columnheader').map((cell) => cell.textContent),
    cells: table
      .getAllByRole('row')
      .slice(1)
      .map((line) => [...line.querySelectorAll('td')].map((cell) => cell.textContent)),
    titles: table
      .getAllByRole('row')
      .slice(1)
      .map((line) => [...line.querySelectorAll('td')].map((cell) => cell.getAttribute('title'))),
  };
}
const FIGURES = ['kWh before PUE', 'kWh after', 'Operational, kg CO₂e', 'Low to high', 'Embodied, kg', 'Cost'];

beforeEach(() => localStorage.clear());

describe('the columns', () => {
  it.each([
    ['namespace', false, ['From', 'Namespace']],
    ['workload', false, ['From', 'Namespace', 'Workload']],
    ['pod', false, ['From', 'Namespace', 'Workload', 'Pod', 'Node']],
    ['namespace', true, ['From', 'Namespace', 'Workload', 'Pod', 'Node']],
  ] as const)('by %s (row by row: %s) are those that the rows tell apart', async (group, byRow, heads) => {
    expect((await show([row()], { group, byRow })).heads).toEqual([...heads, ...FIGURES]);
  });

  it('have a cluster where the rows are of several; one that is gone has its id', async () => {
    const { heads, cells } = await show([row(), row({ cluster_id: 'c9' })]);
    expect(heads[1]).toBe('Cluster');
    expect(cells[1]?.[1]).toBe('c9');
  });

  it('have one unit each, that of the largest row', async () => {
    const { heads, cells } = await show([
      row({ co2e_grams: 2_500_000, co2e_low_grams: 2e6, co2e_high_grams: 3e6, facility_energy_joules: 7.2e9 }),
      row({ namespace: 'small', co2e_grams: 900, co2e_low_grams: 700, co2e_high_grams: 1000, embodied_co2e_grams: 0 }),
    ]);
    expect(heads.slice(2, 5)).toEqual(['MWh before PUE', 'MWh after', 'Operational, t CO₂e']);
    expect(cells[0]?.slice(4, 6)).toEqual(['2.50', '2.00–3.00']);
    expect(cells[1]?.slice(4, 7)).toEqual(['<0.001', '0.001–0.001', '0']);
  });
});

describe('the cells', () => {
  it('say every digit on hover', async () => {
    const { titles } = await show([row()]);
    expect(titles[0]).toEqual([
      '2026-11-12T00:00:00Z',
      null,
      '1,000 Wh (3,600,000 J)',
      '1,200 Wh (4,320,000 J)',
      '1,240 g CO₂e',
      null,
      '200 g CO₂e',
      '12.5 EUR',
    ]);
  });

  it('money is in the currency of its row', async () => {
    const { cells } = await show([
      row(),
      row({ namespace: 'b', currency: 'USD' }),
      row({ namespace: 'c', currency: 'CHF' }),
    ]);
    expect(cells.map((line) => line.at(-1))).toEqual(['€12.50', '$12.50', 'CHF12.50']);
  });

  it('our own rows have words, a pod of the system has its namespace', async () => {
    const { cells } = await show([
      row({ namespace: '__unallocated__' }),
      row({ namespace: '__system__' }),
      row({ namespace: 'kube-system' }),
      row({ namespace: null, period_start: '2026-11-14T00:00:00Z' }),
    ]);
    expect(cells.map(([, namespace]) => namespace)).toEqual(['Unallocated', 'System', 'kube-system', '']);
  });

  it('a pod has its workload, name and node', async () => {
    const { cells, titles } = await show(
      [row({ owner_kind: 'Deployment', owner_name: 'query-api', pod_name: 'query-api-1', node: 'ip-10-0-0-1' })],
      { group: 'pod' },
    );
    expect(cells[0]?.slice(2, 5)).toEqual(['query-api', 'query-api-1', 'ip-10-0-0-1']);
    expect(titles[0]?.[2]).toBe('Deployment query-api');
  });

  it.each([
    ['hourly', 'UTC', '12 Nov 00:00'],
    ['daily', 'UTC', 'Thu 12 Nov'],
    ['daily', 'America/New_York', 'Wed 11 Nov'],
    ['weekly', 'UTC', 'week of 12 Nov'],
    ['monthly', 'UTC', 'Nov 2026'],
    ['yearly', 'UTC', '2026'],
  ] as const)('a row of %s in %s begins %s', async (every, tz, words) => {
    expect((await show([row()], { every }, `/?tz=${tz}&cluster=c1`)).cells[0]?.[0]).toBe(words);
  });

  it('row by row has the clock, whatever the length chosen before', async () => {
    expect((await show([row()], { every: 'yearly', byRow: true })).cells[0]?.[0]).toBe('12 Nov 00:00');
  });

  it('is named by whether it is all', async () => {
    await show([row()], { isWhole: true });
    expect(screen.getByRole('table', { name: 'Rows' })).toBeTruthy();
  });
});

describe('the totals', () => {
  const totals = async (summary: ReportSummary | undefined, isWaiting = false) => {
    renderPart(<ReportTotals summary={summary} isWaiting={isWaiting} />, {}, '/');
    const region = await screen.findByRole('region', { name: 'Totals' });
    return {
      texts: [...region.children].map((child) => child.textContent),
      titles: [...region.querySelectorAll('[title]')].map((element) => element.getAttribute('title')),
      region,
    };
  };

  it('are those of all rows, with every digit on hover', async () => {
    const { texts, titles } = await totals(reportSummary);
    expect(texts).toEqual([
      'Rows1,204',
      'Carbon35.2kg CO₂e6.20 kg of it embodied',
      'Energy116kWhbefore PUE',
      'Cost€1,008',
    ]);
    expect(titles).toEqual(['1,204', '35,200 g CO₂e', '116,000 Wh (417,600,000 J)', '1,008 EUR']);
  });

  it('a true zero is written as 0', async () => {
    const zero = { ...reportSummary, total_co2e_grams: 0, total_embodied_co2e_grams: 0, total_cost: 0, row_count: 0 };
    const { texts } = await totals(zero);
    expect(texts[0]).toBe('Rows0');
    expect(texts[1]).toBe('Carbon0g CO₂e0 g of it embodied');
    expect(texts[3]).toBe('Cost€0.00');
  });

  it('that failed are no zero, also not on hover', async () => {
    const { texts, region } = await totals(undefined);
    expect(texts).toEqual(['Rowsno data', 'Carbonno data', 'Energyno databefore PUE', 'Costno data']);
    expect(region.innerHTML).not.toMatch(/(?:title="|>)0[ .<"]/);
  });

  it('that come are waited for', async () => {
    const { texts, region } = await totals(undefined, true);
    expect(region.querySelectorAll('[aria-busy="true"]')).toHaveLength(4);
    expect(texts.join()).not.toMatch(/\d|no data/);
  });

  it('add no money of different currencies, also not on hover', async () => {
    const { texts, titles } = await totals({ ...reportSummary, currency: 'XXX' });
    expect(texts[3]).toBe('Costmixedclusters count in different currencies');
    expect(titles).toHaveLength(3);
    expect(titles.join()).not.toContain('XXX');
  });
});
