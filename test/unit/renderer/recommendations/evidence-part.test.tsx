import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WireEvidence, WireSeries } from '../../../../src/renderer/charts/evidence.ts';
import { EvidencePart } from '../../../../src/renderer/features/recommendations/detail/EvidencePart.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const GIBIBYTE = 2 ** 30;
const series = (part: Partial<WireSeries> = {}): WireSeries => ({
  name: 'CPU of one pod',
  unit: 'cores',
  start: '2026-11-12T00:00:00Z',
  step_seconds: 3600,
  mean: [0.2, 0.3, null, null, 0.4, 0.1],
  peak: [0.5, 0.86, null, null, 0.6, null],
  ...part,
});
const memory = series({
  name: 'Memory of one pod',
  unit: 'bytes',
  mean: [GIBIBYTE, 1.5 * GIBIBYTE, null, 2 * GIBIBYTE],
  peak: null,
});
const evidence = (part: Partial<WireEvidence> = {}): WireEvidence => ({
  series: [series()],
  lines: [
    { kind: 'request', label: 'Request 1.50', value: 1.5 },
    { kind: 'proposal', label: 'Propose 0.60', value: 0.6 },
    { kind: 'p95', label: 'P95 0.40', value: 0.4 },
    { kind: 'maximum', label: 'Max 0.86', value: 0.86 },
  ],
  figures: {},
  hours_observed: 4,
  hours_possible: 6,
  ...part,
});

async function start(given: WireEvidence, path = '/?tz=UTC') {
  const view = renderPart(
    <div data-testid="part">
      <EvidencePart evidence={given} />
    </div>,
    {},
    path,
  );
  await screen.findByTestId('part');
  return view;
}
const asTable = () => fireEvent.click(screen.getByRole('button', { name: 'Show as table' }));
const rows = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent));

beforeEach(() => localStorage.clear());

describe('the chart', () => {
  it('has its lines with their labels, and the highest step', async () => {
    const { container } = await start(evidence());
    for (const label of ['Request 1.50', 'Propose 0.60', 'P95 0.40', 'Max 0.86 cores'])
      expect(screen.getByText(label)).toBeTruthy();
    // Request, proposal and P95: the maximum is a mark and not a line.
    expect(container.querySelectorAll('line[stroke="var(--bad)"]')).toHaveLength(1);
    expect(container.querySelectorAll('line[stroke="var(--good)"]')).toHaveLength(1);
    expect(container.querySelectorAll('circle')).toHaveLength(1);
  });

  it('is broken where hours are missing, and says how many', async () => {
    const { container } = await start(evidence());
    expect(container.querySelectorAll('path[stroke="var(--series-1)"]')).toHaveLength(2);
    expect(container.querySelectorAll('rect[fill^="url(#gap"]')).toHaveLength(1);
    expect(screen.getByRole('img').getAttribute('aria-label')).toMatch(/2 hours without data\.$/);
    expect(screen.getByText('4 of 6 hours have data; the others count for nothing.')).toBeTruthy();
  });

  it('says nothing of gaps where there are none', async () => {
    await start(evidence({ series: [series({ mean: [1, 1], peak: null })], hours_observed: 2, hours_possible: 2 }));
    expect(screen.queryByText(/hours have data/)).toBeNull();
    expect(screen.getByRole('img').getAttribute('aria-label')).not.toContain('without data');
  });

  it('does not claim an hour that was not whole', async () => {
    await start(evidence({ hours_observed: 167.9, hours_possible: 168 }));
    expect(screen.getByText(/^167 of 168 hours have data/)).toBeTruthy();
  });

  it('names the unit and what line and band are', async () => {
    const { unmount } = await start(evidence());
    expect(screen.getByRole('heading', { name: 'CPU of one pod, cores' })).toBeTruthy();
    expect(screen.getByText('line: mean per 1 h, band: to the peak')).toBeTruthy();
    unmount();
    await start(evidence({ series: [series({ peak: null, step_seconds: 300 })] }));
    expect(screen.getByText('line: mean per 5 min')).toBeTruthy();
  });

  it.each([
    ['pods', [3, 5], 'CPU of one pod, pods'],
    ['watts', [12, 40], 'CPU of one pod, W'],
    ['watts', [1200, 4000], 'CPU of one pod, kW'],
    ['gramsPerKwh', [200, 400], 'CPU of one pod, g/kWh'],
    ['share', [0.2, 0.4], 'CPU of one pod, %'],
    ['bytes', [GIBIBYTE, 3 * GIBIBYTE], 'CPU of one pod, GiB'],
  ] as const)('in %s', async (unit, mean, heading) => {
    await start(evidence({ series: [series({ unit, mean: [...mean], peak: null })], lines: [] }));
    expect(screen.getByRole('heading', { name: heading })).toBeTruthy();
  });

  it('follows the pointer; a missing hour has no figure', async () => {
    await start(evidence());
    const area = screen.getByRole('img').parentElement as HTMLElement;
    const seen = new Set<string>();
    for (let clientX = 0; clientX < 480; clientX += 10) {
      fireEvent.pointerMove(area, { clientX });
      const card = area.querySelector('[aria-hidden="true"].pointer-events-none')?.textContent;
      if (card !== null && card !== undefined) seen.add(card);
    }
    expect([...seen]).toEqual([
      'Thu 12 Nov, 00:00–01:00Mean0.20 coresPeak0.50 cores',
      'Thu 12 Nov, 01:00–02:00Mean0.30 coresPeak0.86 cores',
      'Thu 12 Nov, 02:00–03:00Meanno data',
      'Thu 12 Nov, 03:00–04:00Meanno data',
      'Thu 12 Nov, 04:00–05:00Mean0.40 coresPeak0.60 cores',
      'Thu 12 Nov, 05:00–06:00Mean0.10 cores',
    ]);
  });

  it('has times of the chosen zone', async () => {
    await start(evidence(), '/?tz=Asia/Kolkata');
    asTable();
    expect(rows()[0]?.[0]).toBe('Thu 12 Nov, 05:30–06:30');
  });
});

describe('the table', () => {
  it('has a row a step, with words where nothing is known', async () => {
    await start(evidence());
    asTable();
    expect(rows()).toEqual([
      ['Thu 12 Nov, 00:00–01:00', '0.20', '0.50'],
      ['Thu 12 Nov, 01:00–02:00', '0.30', '0.86'],
      ['Thu 12 Nov, 02:00–03:00', 'no data', 'no data'],
      ['Thu 12 Nov, 03:00–04:00', 'no data', 'no data'],
      ['Thu 12 Nov, 04:00–05:00', '0.40', '0.60'],
      ['Thu 12 Nov, 05:00–06:00', '0.10', 'no data'],
    ]);
    expect(screen.queryByRole('img')).toBeNull();
  });

  it('has no column for peaks where none is known', async () => {
    await start(evidence({ series: [memory] }));
    asTable();
    expect(screen.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual(['Time', 'Mean, GiB']);
    expect(rows().map(([, mean]) => mean)).toEqual(['1.00', '1.50', 'no data', '2.00']);
  });

  it('is one press away, and one back', async () => {
    await start(evidence());
    asTable();
    fireEvent.click(screen.getByRole('button', { name: 'Show as chart' }));
    expect(screen.getByRole('img')).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });
});

describe('several series', () => {
  const two = evidence({ series: [series(), memory] });
  const pick = async (name: string) => {
    await userEvent.click(screen.getByRole('combobox', { name: 'Evidence' }));
    await userEvent.click(within(await screen.findByRole('listbox')).getByRole('option', { name }));
  };

  it('can be changed; lines of another unit are not drawn into it', async () => {
    await start(two);
    expect(screen.getByText('Request 1.50')).toBeTruthy();
    await pick('Memory of one pod');
    expect(await screen.findByRole('img', { name: /^Memory of one pod, .*mean 1\.00 to 2\.00 GiB/ })).toBeTruthy();
    expect(screen.queryByText('Request 1.50')).toBeNull();
  });

  it('keep the lines where the unit is the same', async () => {
    await start(evidence({ series: [series(), series({ name: 'CPU of all pods' })] }));
    await pick('CPU of all pods');
    expect(await screen.findByRole('img', { name: /^CPU of all pods.*Request 1\.50/ })).toBeTruthy();
  });

  it('stay as a table while they are changed', async () => {
    await start(two);
    asTable();
    await pick('Memory of one pod');
    expect(await screen.findByRole('region', { name: 'Memory of one pod, table' })).toBeTruthy();
  });
});

describe('no series', () => {
  it('shows how many hours there were and no chart', async () => {
    await start(evidence({ series: [] }));
    expect(screen.queryByRole('img')).toBeNull();
    expect(screen.getByText(/^4 of 6 hours/)).toBeTruthy();
  });

  it('a series without a single value says so', async () => {
    await start(evidence({ series: [series({ mean: [null, null], peak: [null, null] })], lines: [] }));
    expect(screen.getByRole('img', { name: 'CPU of one pod: no data' })).toBeTruthy();
  });
});
