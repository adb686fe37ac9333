import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Delta } from '../../../../src/renderer/ui/Delta.tsx';
import { Figure, FigureStrip } from '../../../../src/renderer/ui/Figure.tsx';
import { certaintyOf, Mark } from '../../../../src/renderer/ui/Mark.tsx';
import { RangeBar } from '../../../../src/renderer/ui/RangeBar.tsx';
import { StatusDot } from '../../../../src/renderer/ui/StatusDot.tsx';
import { Value } from '../../../../src/renderer/ui/Value.tsx';
import { WhiskerBar } from '../../../../src/renderer/ui/WhiskerBar.tsx';

describe('Mark', () => {
  it('takes the largest share', () => {
    expect(certaintyOf({ measured: 0.31, modelled: 0.68, default: 0.01 })).toBe('modelled');
    expect(certaintyOf({ measured: 0.5, modelled: 0.5, default: 0 })).toBe('measured');
    expect(certaintyOf({ measured: 0, modelled: 0.2, default: 0.8 })).toBe('default');
    expect(certaintyOf({ measured: 0, modelled: 0, default: 0 })).toBeNull();
  });

  it('is named, and differs in shape and not only in colour', () => {
    const { container } = render(
      <>
        <Mark certainty="measured" />
        <Mark certainty="modelled" />
        <Mark certainty="default" />
      </>,
    );
    expect(screen.getAllByRole('img').map((mark) => mark.getAttribute('aria-label'))).toEqual([
      'Measured',
      'Modelled',
      'Default',
    ]);
    const shapes = [...container.querySelectorAll('svg')].map((svg) => svg.innerHTML.replace(/<title>.*<\/title>/, ''));
    expect(new Set(shapes).size).toBe(3);
  });

  it('is nothing where nothing is known', () => {
    expect(render(<Mark certainty={null} />).container.innerHTML).toBe('');
  });
});

describe('Figure', () => {
  it('shows the figure, its certainty, its range and its change', () => {
    render(
      <FigureStrip label="Totals">
        <Figure
          label="Carbon"
          parts={{ value: '35.2', unit: 'kg CO₂e' }}
          exact="35,208.7 g CO₂e"
          certainty="modelled"
          range={{ low: 29, value: 35.2, high: 42.6, text: '29.0–42.6' }}
          change={{ text: '−9.5 %', tone: 'good' }}
          before="38.9 kg CO₂e"
        />
      </FigureStrip>,
    );
    expect(screen.getByRole('region', { name: 'Totals' }).textContent).toBe('CarbonModelled35.2kg CO₂e29.0–42.6−9.5 %');
    expect(screen.getByTitle('35,208.7 g CO₂e')).toBeTruthy();
    expect(screen.getByTitle('38.9 kg CO₂e').textContent).toBe('−9.5 %');
  });

  it('draws no number while it waits, and words where nothing is known', () => {
    const { rerender } = render(<Figure label="Carbon" parts={null} />);
    expect(screen.getByRole('status').textContent).toBe('');
    rerender(<Figure label="Carbon" parts={{ value: 'no data', unit: '' }} />);
    expect(screen.getByText('no data').className).toContain('text-fg-3');
  });
});

describe('WhiskerBar', () => {
  it('is drawn on the scale of the column and read in words', () => {
    render(<WhiskerBar value={2.43} low={2} high={2.94} max={5.88} label="2.43, between 2.00 and 2.94" />);
    const bar = screen.getByRole('img', { name: '2.43, between 2.00 and 2.94' });
    const [fill, whisker] = [...bar.children] as HTMLElement[];
    expect(Number.parseFloat(fill?.style.width ?? '')).toBeCloseTo((2.43 / 5.88) * 100, 3);
    expect(Number.parseFloat(whisker?.style.left ?? '')).toBeCloseTo((2 / 5.88) * 100, 3);
    expect(Number.parseFloat(whisker?.style.width ?? '')).toBeCloseTo((0.94 / 5.88) * 100, 3);
  });

  it('hatches a missing value and never draws it as zero', () => {
    render(<WhiskerBar value={null} low={null} high={null} max={5} label="no data" />);
    const bar = screen.getByRole('img', { name: 'no data' });
    expect(bar.className).toContain('hatch');
    expect(bar.children).toHaveLength(0);
  });
});

describe('small signs', () => {
  it('place the range between zero and a fifth above its high bound', () => {
    const { container } = render(<RangeBar low={50} value={60} high={100} />);
    const caps = container.querySelector<HTMLElement>('span span:nth-child(2)');
    expect(Number.parseFloat(caps?.style.left ?? '')).toBeCloseTo(41.67, 1);
    expect(Number.parseFloat(caps?.style.width ?? '')).toBeCloseTo(41.67, 1);
    expect(render(<RangeBar low={0} value={0} high={0} />).container.innerHTML).toBe('');
  });

  it('colour a change only where it has a tone', () => {
    render(
      <>
        <Delta change={{ text: '+4.1 %', tone: 'bad' }} />
        <Delta change={{ text: '+0.4 %', tone: 'neutral' }} />
        <Delta change={null} otherwise="no data before" />
      </>,
    );
    expect(screen.getByText('+4.1 %').className).toContain('text-bad');
    expect(screen.getByText('+0.4 %').className).not.toMatch(/good|bad/);
    expect(screen.getByText('no data before')).toBeTruthy();
  });

  it('keep unit and value apart, with the exact value on hover', () => {
    render(<Value parts={{ value: '35.2', unit: 'kg' }} exact="35,208.7 g" />);
    expect(screen.getByTitle('35,208.7 g').querySelector('.unit')?.textContent).toBe('kg');
  });

  it('give each status its own shape', () => {
    const { container } = render(
      (['healthy', 'attention', 'broken', 'off'] as const).map((status) => <StatusDot key={status} status={status} />),
    );
    expect(new Set([...container.children].map((dot) => dot.className.replace(/bg-\S+/, ''))).size).toBe(4);
  });
});
