import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { BreakdownItem, Summary } from '../../../../src/contract/schemas/metrics.ts';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { ColumnChooser } from '../../../../src/renderer/features/explore/ColumnChooser.tsx';
import { type CellFacts, cellContent, unitOf } from '../../../../src/renderer/features/explore/cells.tsx';
import type { ColumnId } from '../../../../src/renderer/features/explore/columns.ts';
import { LevelHead } from '../../../../src/renderer/features/explore/LevelHead.tsx';
import { unitsFor } from '../../../../src/renderer/features/explore/table-units.ts';
import { sample } from '../figures/sample-client.ts';

const answer = (await sample.metrics!.breakdown!({ last: '7d', by: 'workload', compare: true }))!;
const items: readonly BreakdownItem[] = answer.items;
const workload = items.find((item) => item.key === 'search/Deployment/query-api')!;
const spare = items.find((item) => item.row_kind === 'unallocated')!;
const facts = (more: Partial<CellFacts> = {}): CellFacts => ({
  measure: MEASURES.carbon,
  units: unitsFor(items, 'EUR'),
  total: MEASURES.carbon.value(answer.total),
  highest: Math.max(...items.map(MEASURES.carbon.high)),
  trends: new Map([['search/Deployment/query-api', [1, 2, 3]]]),
  ...more,
});
const textOf = (id: ColumnId, item: BreakdownItem = workload, more: Partial<CellFacts> = {}): string => {
  const { container } = render(
    <div>{cellContent(id, item, facts(more), { item, name: 'query-api', colour: 'red' })}</div>,
  );
  return container.textContent ?? '';
};
const totalOf = (id: ColumnId): string => {
  const { container } = render(<div>{cellContent(id, answer.total, facts(), null)}</div>);
  return container.textContent ?? '';
};

describe('cells of Explore', () => {
  it('writes amounts in the unit of the column', () => {
    expect(textOf('carbon')).toBe('1.14');
    expect(textOf('energy')).toBe('3.98');
    expect(textOf('cost')).toBe('28.6');
    expect(textOf('operational')).toBe('0.99');
    expect(textOf('embodied')).toBe('0.15');
  });

  it('shares are of the filter, changes of the period before', () => {
    expect(textOf('share')).toBe('4.9 %');
    expect(textOf('share', workload, { total: 0 })).toBe('');
    expect(textOf('change')).toBe('−12.3 %');
    expect(textOf('change', { ...workload, previous: null })).toBe('');
  });

  it('reads a range as low to high, in words for who listens', () => {
    textOf('range');
    expect(screen.getByRole('img', { name: '1.14, between 0.96 and 1.37' })).toBeTruthy();
    expect(totalOf('range')).toBe('19.7–28.1');
  });

  it('shows used of requested, and says when nothing was requested', () => {
    expect(textOf('cpu')).toBe('1.44 / 4.50');
    expect(textOf('memory')).toBe('3.00 / 6.00');
    const free = { ...workload, usage: { ...workload.usage, cpu_request_millicores: 0 } };
    expect(textOf('cpu', free)).toBe('1.44, none requested');
    expect(textOf('cpu', spare)).toBe('');
    expect(totalOf('cpu')).toMatch(/ cores$/);
  });

  it('warns where more is used than requested', () => {
    const over = { ...workload, usage: { ...workload.usage, cpu_usage_millicores: 9000 } };
    const { container } = render(
      <div>{cellContent('cpu', over, facts(), { item: over, name: 'x', colour: 'red' })}</div>,
    );
    expect(container.querySelector('.bg-warn-fill')).not.toBeNull();
  });

  it('counts pods only where the row is made of pods', () => {
    expect(textOf('pods')).toBe('3');
    expect(textOf('pods', spare)).toBe('');
    expect(totalOf('pods')).toBe('28');
  });

  it('names the kind of a workload, none for machines or the total', () => {
    expect(textOf('kind')).toBe('Deployment');
    expect(textOf('kind', { ...workload, owner_kind: null })).toBe('Pod');
    expect(textOf('kind', spare)).toBe('');
    expect(totalOf('kind')).toBe('');
  });

  it('draws a trend only where there is one', () => {
    textOf('trend');
    expect(screen.getByRole('img', { name: /^Trend of query-api/ })).toBeTruthy();
    expect(textOf('trend', spare)).toBe('');
    expect(totalOf('trend')).toBe('');
  });

  it('takes the unit of the metric for its own column', () => {
    expect(unitOf(facts()).label).toBe('kg CO₂e');
    expect(unitOf(facts({ measure: MEASURES.energy })).label).toBe('kWh');
    expect(unitOf(facts({ measure: MEASURES.cost })).label).toBe('€');
  });

  it('chooses units by the largest value, also where nothing is loaded', () => {
    expect(unitsFor([], 'USD').carbon.symbol).toBe('g');
    expect(unitsFor([], 'USD').money.symbol).toBe('$');
  });
});

describe('column chooser', () => {
  const open = async (columns: readonly ColumnId[] = ['kind', 'share', 'cost']) => {
    const onChange = vi.fn();
    render(<ColumnChooser columns={columns} onChange={onChange} />);
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    return onChange;
  };

  it('lists chosen columns first, in their order, and counts them', async () => {
    await open(['cost', 'kind']);
    expect(
      screen
        .getAllByRole('checkbox')
        .map((each) => each.getAttribute('data-state'))
        .slice(0, 3),
    ).toEqual(['checked', 'checked', 'unchecked']);
    expect(screen.getAllByRole('listitem')[0]?.textContent).toBe('Cost');
    expect(screen.getByText('2 of 13')).toBeTruthy();
  });

  it('adds and takes away', async () => {
    const onChange = await open();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Trend' }));
    expect(onChange).toHaveBeenLastCalledWith(['kind', 'share', 'cost', 'trend']);
    await userEvent.click(screen.getByRole('checkbox', { name: 'Share' }));
    expect(onChange).toHaveBeenLastCalledWith(['kind', 'cost']);
  });

  it('moves the column in focus with Alt and arrows', async () => {
    const onChange = await open();
    screen.getByRole('checkbox', { name: 'Cost' }).focus();
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect(onChange).toHaveBeenLastCalledWith(['kind', 'cost', 'share']);
  });

  it('finds a column and says when there is none', async () => {
    await open();
    await userEvent.type(screen.getByRole('searchbox', { name: 'Find a column' }), 'emb');
    expect(screen.getAllByRole('checkbox')).toHaveLength(1);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Find a column' }), 'x');
    expect(screen.getByText('No column is called that.')).toBeTruthy();
  });
});

describe('head of a level', () => {
  it('writes money with its symbol first, and no share without a whole', async () => {
    const summary = (await sample.metrics!.summary!({ last: '7d' })) as Summary;
    const { container } = render(
      <LevelHead summary={summary} whole={undefined} measure={MEASURES.cost} narrowing={{}} />,
    );
    expect(container.textContent).toMatch(/^€587Between 493 and 704−9\.6 % from 650$/);
  });

  it('shows no range and no change of nothing', async () => {
    const summary = (await sample.metrics!.summary!({ last: '7d' })) as Summary;
    const none = { ...summary, total_cost: 0, previous: null };
    const { container } = render(<LevelHead summary={none} whole={summary} measure={MEASURES.cost} narrowing={{}} />);
    expect(container.textContent).toBe('€00 % of the whole');
  });
});
