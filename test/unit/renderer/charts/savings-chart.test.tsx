import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { SavingsChart, savingsSentence } from '../../../../src/renderer/charts/SavingsChart.tsx';
import { ScoreLine } from '../../../../src/renderer/charts/ScoreLine.tsx';
import { savingsBuckets, savingsExtent } from '../../../../src/renderer/charts/savings-days.ts';
import { chooseUnit } from '../../../../src/renderer/format/units.ts';
import { savingsReport } from '../../../fakes/client/savings-answers.ts';

const kilograms = chooseUnit('carbon', 5000);

describe('savingsBuckets', () => {
  it('fills days between that promise nothing, and keeps what is not measured apart from zero', () => {
    const buckets = savingsBuckets(savingsReport.days, 'carbon');
    expect(buckets.map(({ promised, measured }) => [promised, measured])).toEqual([
      [1000, 1200],
      [1000, 900],
      [0, null],
      [2000, null],
    ]);
    expect(buckets[0]?.startMs).toBe(Date.UTC(2026, 10, 1));
    expect(savingsBuckets(savingsReport.days, 'cost')[0]).toMatchObject({ promised: 2, measured: 3 });
    expect(savingsBuckets([], 'carbon')).toEqual([]);
  });

  it('has room for a day that was worse than before', () => {
    const [first] = savingsReport.days;
    if (first === undefined) throw new Error('no day');
    const worse = savingsBuckets([{ ...first, measured_co2e_grams: -300 }], 'carbon');
    expect(savingsExtent(worse)).toEqual({ low: -300, high: 1000 });
  });
});

describe('the chart of savings', () => {
  const buckets = savingsBuckets(savingsReport.days, 'carbon');

  it('says what it shows', () => {
    expect(savingsSentence(buckets, kilograms, 'Carbon saved a day')).toBe(
      'Carbon saved a day, 1 Nov to 4 Nov: promised 4.00 kg, measured 2.10 kg on 2 of 4 days',
    );
    expect(savingsSentence([], kilograms, 'Carbon saved a day')).toBe('Carbon saved a day: no days');
  });

  it('draws measured days full and others hatched', () => {
    const { container } = render(<SavingsChart buckets={buckets} unit={kilograms} name="Carbon saved a day" />);
    expect(container.querySelectorAll('rect[fill="var(--series-3)"]')).toHaveLength(2);
    const waiting = [...container.querySelectorAll('rect[fill^="url(#gap"]')];
    expect(waiting).toHaveLength(2);
    expect(container.querySelectorAll('path[stroke="var(--chart-ghost)"]')).toHaveLength(1);
  });
});

describe('the line of scores', () => {
  it('breaks where a day has none, and marks the last', () => {
    const { container } = render(<ScoreLine values={[70, 74, null, 71]} label="Score 70 to 74" />);
    expect(screen.getByRole('img', { name: 'Score 70 to 74' })).toBeTruthy();
    const path = container.querySelector('path')?.getAttribute('d') ?? '';
    expect(path.match(/M/g)).toHaveLength(2);
    expect(container.querySelectorAll('circle')).toHaveLength(1);
  });

  it('draws nothing of nothing', () => {
    const { container } = render(<ScoreLine values={[null]} label="None" />);
    expect(container.querySelector('circle')).toBeNull();
    expect(container.querySelector('path')?.getAttribute('d')).toBe('');
  });
});
