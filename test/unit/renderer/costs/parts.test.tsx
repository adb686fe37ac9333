import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { BudgetItem, BudgetStanding } from '../../../../src/contract/schemas/budgets.ts';
import { BudgetBar } from '../../../../src/renderer/features/costs/BudgetBar.tsx';
import { BudgetRow } from '../../../../src/renderer/features/costs/BudgetRow.tsx';
import { CostTable } from '../../../../src/renderer/features/costs/CostTable.tsx';
import { MonthPicker } from '../../../../src/renderer/features/costs/MonthPicker.tsx';
import { budget, moneyBudget, namespaceLines, teamLines } from '../../../fakes/client/costs-answers.ts';

const standing = budget.standing as BudgetStanding;
const widths = (container: HTMLElement): string[] =>
  [...container.querySelectorAll<HTMLElement>('[style]')].map((each) => each.getAttribute('style') ?? '');

describe('the bar of a budget', () => {
  it('has used, range and limit on one scale from zero', () => {
    const { container } = render(<BudgetBar budget={{ ...budget, limit: 500 }} />);
    // The scale ends 4 % beyond the larger of limit and high: 520.
    const [used, range, limit] = widths(container);
    expect(used).toContain(`width: ${(120 / 520) * 100}%`);
    expect(range).toContain(`left: ${(390 / 520) * 100}%`);
    expect(range).toContain(`width: ${(80 / 520) * 100}%`);
    expect(limit).toContain(`left: ${(500 / 520) * 100}%`);
  });

  it('has room for a range beyond the limit, and says all of it in words', () => {
    const { container } = render(<BudgetBar budget={moneyBudget} />);
    expect(widths(container)[2]).toContain(`left: ${(1000 / (1400 * 1.04)) * 100}%`);
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'Checkout team, money: €610 of €1,000 (61 %); month’s end €1,100–1,400',
    );
  });

  it('has no range at the month’s end, and nothing where nothing is known', () => {
    const ended: BudgetItem = { ...budget, standing: { ...standing, used: 300, expected: 300, low: 300, high: 300 } };
    expect(widths(render(<BudgetBar budget={ended} />).container)).toHaveLength(2);
    render(<BudgetBar budget={{ ...budget, name: 'Unknown', standing: null }} />);
    expect(screen.queryByRole('img', { name: /Unknown/ })).toBeNull();
  });
});

describe('the row of a budget', () => {
  const rowOf = (item: BudgetItem, deeds = { onEdit: vi.fn(), onDelete: vi.fn() }) => {
    render(
      <ul>
        <BudgetRow budget={item} cluster="prod" {...deeds} />
      </ul>,
    );
    return { row: within(screen.getByRole('listitem')), deeds };
  };

  it('says why it can’t be told, with a ring', () => {
    const { row } = rowOf({ ...budget, standing: null, problem: 'Its cluster is no longer there' });
    expect(row.getByText('Its cluster is no longer there')).toBeTruthy();
    expect(screen.getByRole('listitem').querySelector('[data-status="off"]')).not.toBeNull();
  });

  it('says so where nothing of that name is known, and forecasts nothing', () => {
    const { row } = rowOf({
      ...budget,
      standing: { ...standing, used: 0, expected: 0, low: 0, high: 0, history_days: 0 },
    });
    expect(row.getByText('Nothing is known of shop')).toBeTruthy();
    expect(row.queryByText(/Month’s end/)).toBeNull();
    expect(row.queryByText(/From 0 days/)).toBeNull();
  });

  it.each([
    [{ used: 510 }, 'broken'],
    [{ expected: 600, high: 700 }, 'attention'],
    [{}, 'healthy'],
  ] as const)('%j has the sign %s', (part, status) => {
    rowOf({ ...budget, standing: { ...standing, ...part } });
    expect(screen.getByRole('listitem').querySelector(`[data-status="${status}"]`)).not.toBeNull();
  });

  it('has its deeds in a menu', async () => {
    const { deeds } = rowOf(budget);
    await userEvent.click(screen.getByRole('button', { name: 'More about Shop, carbon' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete…' }));
    expect([deeds.onDelete.mock.calls.length, deeds.onEdit.mock.calls.length]).toEqual([1, 0]);
  });
});

describe('the table of costs', () => {
  const table = (part: Partial<Parameters<typeof CostTable>[0]>) => {
    render(
      <CostTable data={teamLines} by="team" clusterName={(id) => `cluster ${id}`} showsCluster={false} {...part} />,
    );
    return screen.getAllByRole('row').map((row) => row.textContent ?? '');
  };

  it('has one column a resource, and exact amounts on hover', () => {
    const [head, first] = table({});
    expect(head).toBe('TeamCostCPUMemoryGPUStorageNetworkCore-hoursMemory GB-hourskg CO₂e');
    expect(first).toBe('checkout€610€305€183€0.00€91.50€30.506,10024,40091.5');
    expect(screen.getByTitle('610 EUR').textContent).toBe('€610');
  });

  it('has the cluster and owners of a namespace', () => {
    const [head, first, idle] = table({ data: namespaceLines, by: 'namespace', showsCluster: true });
    expect(head?.startsWith('NamespaceClusterTeamCost centerCost')).toBe(true);
    expect(first?.startsWith('shopcluster c1checkoutCC-7€610')).toBe(true);
    expect(idle?.startsWith('Unallocatedcluster c1€140')).toBe(true);
  });

  it('sums nothing in different currencies', () => {
    const foot = table({ data: { ...teamLines, currency: 'XXX' } }).at(-1);
    expect(foot?.startsWith('5 linesmixed')).toBe(true);
  });
});

describe('the month picker', () => {
  it('goes back and on, but not beyond this month', async () => {
    const onChange = vi.fn();
    const { rerender } = render(<MonthPicker month="2026-02" newest="2026-03" onChange={onChange} />);
    await userEvent.click(screen.getByRole('button', { name: 'Month after' }));
    await userEvent.click(screen.getByRole('button', { name: 'Month before' }));
    expect(onChange.mock.calls).toEqual([['2026-03'], ['2026-01']]);
    expect(screen.getByRole('combobox', { name: 'Month' }).textContent).toBe('February 2026');
    rerender(<MonthPicker month="2026-03" newest="2026-03" onChange={onChange} />);
    expect(screen.getByRole('button', { name: 'Month after' })).toHaveProperty('disabled', true);
  });

  it('shows a month that is older than its list', () => {
    render(<MonthPicker month="2019-05" newest="2026-03" onChange={() => undefined} />);
    expect(screen.getByRole('combobox', { name: 'Month' }).textContent).toBe('May 2019');
  });
});
