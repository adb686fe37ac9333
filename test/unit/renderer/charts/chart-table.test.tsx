import { fireEvent, render, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ChartTable } from '../../../../src/renderer/charts/ChartTable.tsx';
import { Legend } from '../../../../src/renderer/charts/Legend.tsx';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { type StackData, shapeStack } from '../../../../src/renderer/charts/stack.ts';
import { TimeChart } from '../../../../src/renderer/charts/TimeChart.tsx';
import { hourly } from './wire.ts';

const names = { a: 5, b: 30, c: 10, d: 8, e: 7, f: 2, g: 1, __system__: 40, __unallocated__: 60 };
const answer = hourly([names, null, { ...names, a: 15 }, { b: 9 }]);
answer.buckets = answer.buckets.map((bucket, index) => (index === 3 ? { ...bucket, covered_seconds: 900 } : bucket));
const data = shapeStack(answer, MEASURES.carbon, [100, 90, null, 12]);

function table(from: StackData = data, ghostLabel: string | null = '4 h before') {
  const onZoom = vi.fn();
  render(<ChartTable data={from} title="Carbon" tz="UTC" currency="EUR" ghostLabel={ghostLabel} onZoom={onZoom} />);
  const rows = screen.getAllByRole('row').map((row) => [...row.children].map((cell) => cell.textContent ?? ''));
  return { heads: rows[0] ?? [], body: rows.slice(1), onZoom };
}

describe('a chart as its table', () => {
  it('has the series of the chart in its order, and those of the legend', () => {
    const { heads } = table();
    const { container } = render(<TimeChart data={data} title="x" tz="UTC" currency="EUR" marks="columns" />);
    const drawn = [...container.querySelectorAll('[data-series]')].map((each) => each.getAttribute('data-series'));
    expect(drawn).toEqual(data.series.map((series) => series.key));
    render(<Legend data={data} solo={null} onSolo={vi.fn()} />);
    const legend = within(screen.getByRole('list'))
      .getAllByRole('button')
      .map((button) => button.textContent);
    expect(legend).toEqual(heads.slice(3, -1));
    expect(heads.slice(3)).toEqual(['b', 'a', 'c', 'd', 'e', 'Other (2)', 'System', 'Unallocated', '4 h before']);
  });

  it('has a row a bucket, each with parts that add up to its total', () => {
    const { body } = table();
    expect(body).toHaveLength(4);
    for (const row of [body[0], body[2], body[3]]) {
      const parts = (row ?? []).slice(3, -1).reduce((sum, text) => sum + Number(text), 0);
      expect(parts).toBeCloseTo(Number(row?.[1]), 0);
    }
  });

  it('adds up to the total that the chart says', () => {
    const { body } = table();
    const sum = body.reduce((total, row) => total + (Number(row[1]) || 0), 0);
    expect(sum).toBeCloseTo(data.total, 0);
    render(<TimeChart data={data} title="Carbon" tz="UTC" currency="EUR" marks="columns" />);
    expect(screen.getByRole('img').getAttribute('aria-label')).toContain('total 345 g');
  });

  it('leaves a gap empty, never 0, and says that a bucket is not whole', () => {
    const { body } = table();
    expect(body[1]).toEqual(['Thu 12 Nov, 14:00–15:00', 'no data', ...Array(9).fill(''), '90.0']);
    expect(body[3]?.[0]).toBe('Thu 12 Nov, 16:00–17:00 (not whole)');
    expect(body[2]?.at(-1)).toBe('no data');
  });

  it('writes bounds around each total in the same unit', () => {
    const { body } = table();
    expect(body[0]?.slice(1, 3)).toEqual(['163', '147–196']);
  });

  it('has no column for a period before that is not there', () => {
    expect(table(data, null).heads.at(-1)).toBe('Unallocated');
  });

  it('has one unit for all, of the highest total, named in the head and the caption', () => {
    const { heads, body } = table(shapeStack(hourly([{ a: 2400 }, { a: 60 }]), MEASURES.carbon), null);
    expect(heads[1]).toBe('Total, kg CO₂e');
    expect(body.map((row) => row[1])).toEqual(['2.40', '0.060']);
    expect(screen.getByText('Carbon, kg CO₂e').tagName).toBe('CAPTION');
  });

  it('opens a window to its range', () => {
    const { onZoom } = table();
    fireEvent.click(screen.getByRole('button', { name: 'Thu 12 Nov, 15:00–16:00' }));
    const [range] = onZoom.mock.calls[0] ?? [];
    expect(new Date(range.startMs).toISOString()).toBe('2026-11-12T15:00:00.000Z');
    expect(range.endMs - range.startMs).toBe(3.6e6);
  });

  it('is one stop for Tab, and the arrow keys stop at its ends', () => {
    table();
    const buttons = screen.getAllByRole('button');
    expect(buttons.filter((button) => button.tabIndex === 0)).toHaveLength(1);
    buttons[0]?.focus();
    fireEvent.keyDown(buttons[0]!, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(buttons[0]);
    buttons.at(-1)?.focus();
    fireEvent.keyDown(buttons.at(-1)!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(buttons.at(-1));
    fireEvent.keyDown(buttons.at(-1)!, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(buttons.at(-2));
  });
});
