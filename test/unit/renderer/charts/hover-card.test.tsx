import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { cardText, HoverCard } from '../../../../src/renderer/charts/HoverCard.tsx';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { type StackData, shapeStack } from '../../../../src/renderer/charts/stack.ts';
import { chooseUnit } from '../../../../src/renderer/format/units.ts';
import { hourly } from './wire.ts';

const answer = hourly([
  { a: 30, b: 20, __system__: 4, __unallocated__: 6 },
  null,
  { a: 10, b: 50, __system__: 4, __unallocated__: 6 },
  { a: 5 },
]);
answer.buckets = answer.buckets.map((bucket, index) => (index === 3 ? { ...bucket, covered_seconds: 1200 } : bucket));
const data = shapeStack(answer, MEASURES.carbon, [48, 30, null, 20]);

interface Shown {
  readonly from?: StackData;
  readonly seriesKey?: string | null;
  readonly ghostLabel?: string | null;
}
function factsOf(index: number, { from = data, seriesKey = null, ghostLabel = '24 h before' }: Shown = {}) {
  const unit = chooseUnit(from.kind, 60, 'EUR');
  return { data: from, cursor: { index, seriesKey }, unit, tz: 'UTC', ghostLabel };
}
/** Lines of the card as `label value`. */
function card(index: number, more: Shown = {}): string[] {
  render(<HoverCard {...factsOf(index, more)} />);
  const lines = [...screen.getByTestId('hover-card').querySelectorAll('div')];
  return lines.map((line) =>
    [...line.childNodes]
      .map((child) => child.textContent)
      .filter(Boolean)
      .join(' '),
  );
}

describe('hover card', () => {
  it('says window, parts, total, bounds and the period before', () => {
    expect(card(0)).toEqual([
      'Thu 12 Nov, 13:00–14:00',
      'a 30.0',
      'b 20.0',
      'System 4.00',
      'Unallocated 6.00',
      'Total 60.0 g',
      'Between 54.0–72.0 g',
      '24 h before 48.0 g',
    ]);
  });

  it('puts names by amount, System and Unallocated last whatever they weigh', () => {
    const heavy = shapeStack(hourly([{ a: 1, b: 2, __system__: 90, __unallocated__: 95 }]), MEASURES.carbon);
    expect(card(0, { from: heavy, ghostLabel: null }).slice(1, 5)).toEqual([
      'b 2.00',
      'a 1.00',
      'System 90.0',
      'Unallocated 95.0',
    ]);
  });

  it('lists parts that add up to the total', () => {
    const lines = card(2).slice(1, 5);
    const sum = lines.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
    expect(sum).toBe(70);
  });

  it('says that a gap has no data: no parts, no total, no bounds; the period before may have some', () => {
    expect(card(1)).toEqual(['Thu 12 Nov, 14:00–15:00', 'No data', '24 h before 30.0 g']);
  });

  it('says that the period before has no data rather than 0', () => {
    expect(card(2).at(-1)).toBe('24 h before no data');
  });

  it('has no line for a period before where the view does not compare', () => {
    expect(card(0, { ghostLabel: null }).join()).not.toContain('before');
  });

  it('says how much of a bucket was collected', () => {
    const lines = card(3);
    expect(lines.find((line) => line.startsWith('Collected'))).toMatch(/^Collected 20 (min )?of /);
    expect(lines.at(-1)).toBe('24 h before 20.0 g');
  });

  it('writes a part that used nothing as 0, because the hour was collected', () => {
    expect(card(3)).toContain('b 0');
  });

  it('marks the series that the cursor is on, and no other', () => {
    render(<HoverCard {...factsOf(0, { seriesKey: 'b' })} />);
    const marked = [...screen.getByTestId('hover-card').querySelectorAll('.bg-selected')];
    expect(marked.map((line) => line.textContent)).toEqual(['b20.0']);
  });

  it('puts the symbol of money in front', () => {
    const cost = shapeStack(hourly([{ a: 100 }]), MEASURES.cost);
    const lines = card(0, { from: cost, ghostLabel: null });
    expect(lines).toContain('Total €10.0');
    expect(lines.at(-1)).toBe('Between €9.0–12.0');
  });

  it('is nothing where the cursor stands on no bucket', () => {
    const { container } = render(<HoverCard {...factsOf(9)} />);
    expect(container.textContent).toBe('');
  });
});

describe('the card in words', () => {
  it('says the same to who listens', () => {
    expect(cardText(factsOf(0))).toBe('Thu 12 Nov, 13:00–14:00: total 60.0 g, between 54.0–72.0 g, 24 h before 48.0 g');
  });

  it('begins with the picked series', () => {
    expect(cardText(factsOf(2, { seriesKey: 'b' }))).toContain(': b 50.0 g, total 70.0 g');
  });

  it('says no data in a gap and leaves out a period before without data', () => {
    expect(cardText(factsOf(1))).toBe('Thu 12 Nov, 14:00–15:00: no data');
    expect(cardText(factsOf(2))).not.toContain('before');
    expect(cardText(factsOf(9))).toBe('');
  });
});
