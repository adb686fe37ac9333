import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { EvidenceChart, evidenceSentence } from '../../../../src/renderer/charts/EvidenceChart.tsx';
import { EvidenceTable } from '../../../../src/renderer/charts/EvidenceTable.tsx';
import {
  runsOf,
  shapeEvidence,
  spreadLabels,
  type WireLine,
  type WireSeries,
} from '../../../../src/renderer/charts/evidence.ts';

const series = (part: Partial<WireSeries> = {}): WireSeries => ({
  name: 'CPU of one pod',
  unit: 'cores',
  start: '2026-11-12T00:00:00Z',
  step_seconds: 3600,
  mean: [0.2, 0.3, null, null, 0.4, null],
  peak: [0.5, 0.86, null, null, 0.6, null],
  ...part,
});
const LINES: readonly WireLine[] = [
  { kind: 'request', label: 'Request 1.50', value: 1.5 },
  { kind: 'proposal', label: 'Propose 0.60', value: 0.6 },
  { kind: 'maximum', label: 'Max 0.90', value: 0.9 },
];

describe('shapeEvidence', () => {
  it('puts steps in time, joins what is missing, and finds the highest', () => {
    const shape = shapeEvidence(series(), LINES);
    const hour = 3_600_000;
    const start = Date.parse('2026-11-12T00:00:00Z');
    expect(shape.points).toHaveLength(6);
    expect(shape.gaps).toEqual([
      { startMs: start + 2 * hour, endMs: start + 4 * hour },
      { startMs: start + 5 * hour, endMs: start + 6 * hour },
    ]);
    expect(shape.maximum).toEqual({ atMs: start + 1.5 * hour, value: 0.9 });
    expect(shape.lines.map(({ kind }) => kind)).toEqual(['request', 'proposal']);
    expect(shape.highest).toBe(1.5);
  });

  it('takes the mean where no peak is known, and no mark where there is nothing', () => {
    const shape = shapeEvidence(series({ peak: null }), []);
    expect(shape.maximum?.value).toBe(0.4);
    expect(shapeEvidence(series({ mean: [null], peak: null }), []).maximum).toBeNull();
  });

  it('has the unit of what is counted', () => {
    const unit = (name: WireSeries['unit'], value: number) =>
      shapeEvidence(series({ unit: name, mean: [value], peak: null }), []).unit.symbol;
    expect(unit('cores', 0.4)).toBe('cores');
    expect(unit('bytes', 3 * 2 ** 30)).toBe('GiB');
    expect(unit('watts', 12)).toBe('W');
    expect(unit('gramsPerKwh', 220)).toBe('g/kWh');
    expect(unit('pods', 3)).toBe('pods');
    expect(unit('share', 0.3)).toBe('%');
  });
});

describe('runsOf', () => {
  it('breaks where nothing is known', () => {
    const { points } = shapeEvidence(series(), []);
    expect(runsOf(points, ({ mean }) => mean).map((run) => run.map(({ mean }) => mean))).toEqual([[0.2, 0.3], [0.4]]);
  });
});

describe('spreadLabels', () => {
  it('leaves what is far enough apart', () => {
    expect(spreadLabels([10, 60, 100], 14, 0, 120)).toEqual([10, 60, 100]);
  });

  it('moves neighbours apart, within the plot', () => {
    const placed = spreadLabels([100, 101, 40], 14, 0, 110);
    expect(placed[2]).toBe(40);
    expect(Math.abs((placed[0] ?? 0) - (placed[1] ?? 0))).toBeGreaterThanOrEqual(14);
    expect(Math.max(...placed)).toBeLessThanOrEqual(110);
    expect((placed[0] ?? 0) < (placed[1] ?? 0)).toBe(true);
  });
});

describe('the chart', () => {
  const shape = shapeEvidence(series(), LINES);

  it('says in a sentence what it shows', () => {
    expect(evidenceSentence(shape, 'CPU of one pod', 'UTC')).toBe(
      'CPU of one pod, Thu 12 Nov, 00:00–06:00: mean 0.20 to 0.40 cores, highest 0.90 cores; Request 1.50, Propose 0.60. 3 hours without data.',
    );
    expect(evidenceSentence(shapeEvidence(series({ mean: [], peak: [] }), []), 'CPU', 'UTC')).toBe('CPU: no data');
  });

  it('labels its lines and the highest step, and draws each run and gap', () => {
    const { container } = render(<EvidenceChart shape={shape} name="CPU of one pod" tz="UTC" />);
    expect(screen.getByText('Request 1.50')).toBeTruthy();
    expect(screen.getByText('Propose 0.60')).toBeTruthy();
    expect(screen.getByText('Max 0.90 cores')).toBeTruthy();
    expect(container.querySelectorAll('path[stroke="var(--series-1)"]')).toHaveLength(2);
    expect(container.querySelectorAll('path[fill="var(--chart-band)"]')).toHaveLength(2);
    expect(container.querySelectorAll('rect[fill^="url(#gap"]')).toHaveLength(2);
  });

  it('tells of the step under the pointer', () => {
    render(<EvidenceChart shape={shape} name="CPU of one pod" tz="UTC" />);
    const area = screen.getByRole('img').parentElement as HTMLElement;
    fireEvent.pointerMove(area, { clientX: 100 });
    expect(screen.getByText('Thu 12 Nov, 00:00–01:00').parentElement?.textContent).toContain('Mean0.20 cores');
    fireEvent.pointerLeave(area);
    expect(screen.queryByText('Thu 12 Nov, 00:00–01:00')).toBeNull();
  });

  it('has a twin as a table, with words where nothing is known', () => {
    render(<EvidenceTable shape={shape} name="CPU of one pod" tz="UTC" />);
    const rows = screen.getAllByRole('row').map((row) => row.textContent);
    expect(rows[0]).toBe('TimeMean, coresPeak');
    expect(rows[2]).toBe('Thu 12 Nov, 01:00–02:000.300.86');
    expect(rows[3]).toBe('Thu 12 Nov, 02:00–03:00no datano data');
  });
});
