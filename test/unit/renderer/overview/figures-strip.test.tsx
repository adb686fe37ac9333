import { render, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Summary } from '../../../../src/contract/schemas/metrics.ts';
import { Figures } from '../../../../src/renderer/features/overview/Figures.tsx';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';
import { withMetrics } from '../figures/twins.ts';

const summary = (await sample.metrics!.summary!({ last: '7d' })) as Summary;
const previous = summary.previous!;
const AT = '/?cluster=c1&tz=UTC';

/** Text of each figure, by its label. */
function strip(of: Summary | undefined, error: unknown = null): Map<string, string> {
  render(<Figures summary={of} error={error} onRetry={vi.fn()} />);
  const figures = [...screen.getByRole('region', { name: 'Figures' }).children];
  const plain = (each: Element) => (each.textContent ?? '').replace(/Measured|Modelled|Default/, '');
  return new Map(figures.map((each) => [plain(each.firstElementChild ?? each), plain(each)]));
}

describe('strip of figures', () => {
  it('has five, each amount with its range', () => {
    const figures = strip(summary);
    expect([...figures.keys()]).toEqual(['Carbon', 'Energy', 'Cost', 'Grid', 'Unallocated']);
    expect(figures.get('Carbon')).toMatch(/^Carbon23\.4kg CO₂e19\.7–28\.1−9\.6 %$/);
    for (const name of ['Energy', 'Cost']) expect(figures.get(name)).toMatch(/\d–\d/);
  });

  it('marks what is measured, modelled or assumed; cost and grid have no mark of energy', () => {
    render(
      <Figures
        summary={{ ...summary, quality: { measured: 0.6, modelled: 0.4, default: 0 } }}
        error={null}
        onRetry={vi.fn()}
      />,
    );
    const marked = [...screen.getByRole('region').children].map(
      (each) => within(each as HTMLElement).queryByRole('img', { name: /measured/i }) !== null,
    );
    expect(marked).toEqual([true, true, false, false, true]);
  });

  it('tells changes of amounts in %, of a share in points', () => {
    const figures = strip({
      ...summary,
      total_co2e_all_scopes: 1000,
      unallocated_co2e_grams: 250,
      total_cost: 0.1,
      previous: { ...previous, total_co2e_all_scopes: 800, unallocated_co2e_grams: 160, total_cost: 0.2 },
    });
    expect(figures.get('Carbon')).toContain('+25.0 %');
    expect(figures.get('Cost')).toContain('−50.0 %');
    expect(figures.get('Unallocated')).toContain('+5.0 pt');
    expect(figures.get('Unallocated')).not.toMatch(/\+\d+\.\d %/);
  });

  it('colours less as good and more as bad, and nothing below 1 %', () => {
    const of = (before: number) => ({ ...summary, previous: { ...previous, total_cost: before } });
    const tone = (before: number) => {
      const { unmount } = render(<Figures summary={of(before)} error={null} onRetry={vi.fn()} />);
      const cost = screen.getByText('Cost').closest('div')?.parentElement;
      const name = [...(cost?.querySelectorAll('span') ?? [])].find((each) =>
        each.textContent?.endsWith(' %'),
      )?.className;
      unmount();
      return /text-(good|bad|fg-2)/.exec(name ?? '')?.[1];
    };
    expect(tone(summary.total_cost * 2)).toBe('good');
    expect(tone(summary.total_cost / 2)).toBe('bad');
    expect(tone(summary.total_cost * 1.005)).toBe('fg-2');
  });

  it('says no data, never 0, where nothing was collected', () => {
    const figures = strip({ ...summary, covered_seconds: 0, previous: null });
    for (const text of figures.values()) {
      expect(text).toContain('no data');
      expect(text).not.toMatch(/\d/);
    }
  });

  it('keeps a grid that is not known apart from the other figures', () => {
    const figures = strip({ ...summary, mean_grid_intensity: null, mean_pue: null });
    expect(figures.get('Grid')).toBe('Gridno data');
    expect(figures.get('Carbon')).toContain('23.4');
  });

  it('has no change where the period before is not known', () => {
    for (const text of strip({ ...summary, previous: null }).values()) expect(text).not.toMatch(/ (%|pt)$/);
  });

  it('waits without figures', () => {
    const figures = strip(undefined);
    expect([...figures.keys()]).toHaveLength(5);
    for (const text of figures.values()) expect(text).not.toMatch(/\d/);
  });

  it('says what failed in place of the figures', () => {
    const onRetry = vi.fn();
    render(<Figures summary={undefined} error={new Error('boom')} onRetry={onRetry} />);
    screen.getByRole('button', { name: 'Try again' }).click();
    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it('keeps old figures when they could not be renewed', () => {
    expect(strip(summary, new Error('boom')).get('Carbon')).toContain('23.4');
  });
});

describe('panels of the Overview', () => {
  it('tells a large hole above the chart, with the hours', async () => {
    renderApp(
      AT,
      withMetrics({ summary: async () => ({ ...summary, covered_seconds: 100 * 3600, coverage: 100 / 168 }) }),
    );
    expect(await screen.findByText('2 d 20 h of 7 d are missing and left out of the totals.')).toBeTruthy();
  });

  it('has shares of node power that add up to 100 %', async () => {
    renderApp(AT, sample);
    const nodes = within(await screen.findByRole('region', { name: 'Nodes' }));
    const legend = (await nodes.findAllByRole('listitem')).map((item) => item.textContent ?? '');
    expect(legend.map((text) => text.replace(/[\d. %]/g, ''))).toEqual(['Dynamic', 'Idle', 'System', 'Unallocated']);
    const sum = legend.reduce((total, text) => total + Number(/([\d.]+) %/.exec(text)?.[1]), 0);
    expect(Math.abs(sum - 100)).toBeLessThanOrEqual(1);
    for (const bar of nodes.getAllByRole('button', { name: /: dynamic/ })) {
      const shares = [...(bar.getAttribute('aria-label') ?? '').matchAll(/([\d.]+) %/g)].map((match) =>
        Number(match[1]),
      );
      expect(Math.abs(shares.reduce((total, share) => total + share, 0) - 100)).toBeLessThanOrEqual(1.5);
    }
  });

  it('lists workloads as answered, without machines, and counts only workloads', async () => {
    renderApp(AT, sample);
    const panel = within(await screen.findByRole('region', { name: 'Top workloads' }));
    await panel.findByRole('row', { name: 'reranker in ml-inference' });
    expect(panel.getByText('13 in all')).toBeTruthy();
    expect(panel.queryByRole('row', { name: /System|Unallocated|__/ })).toBeNull();
    const grams = panel
      .getAllByRole('row')
      .slice(1)
      .map((row) => Number(row.children[2]?.textContent));
    expect(grams).toEqual(grams.toSorted((a, b) => b - a));
  });

  it('counts nothing where nothing ran', async () => {
    const none = async (...args: Parameters<NonNullable<NonNullable<typeof sample.metrics>['breakdown']>>) => ({
      ...(await sample.metrics!.breakdown!(...args)),
      items: [],
      total_items: 0,
    });
    renderApp(AT, withMetrics({ breakdown: none }));
    expect(await screen.findByText('No workload ran in this range')).toBeTruthy();
    expect(await screen.findByText('No node used energy in this range')).toBeTruthy();
    expect(screen.queryByText('0 in all')).toBeNull();
  });

  it('says how sure: shares that add up, half widths, hours', async () => {
    renderApp(AT, sample);
    const sure = within(await screen.findByRole('region', { name: 'How sure' }));
    await sure.findByText('31 %');
    const items = sure.getAllByRole('listitem').map((item) => item.textContent ?? '');
    const shares = items.slice(0, 3).map((text) => Number(/([\d.]+) %/.exec(text)?.[1]));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100);
    expect(items.slice(3)).toEqual(['Carbon±18 %', 'Energy±18 %', 'Cost±18 %']);
    expect(sure.getByText(/163 of 168 hours collected\. 5 h of 7 d are missing/)).toBeTruthy();
  });

  it('is sure of nothing where no energy was counted', async () => {
    renderApp(AT, withMetrics({ summary: async () => ({ ...summary, total_energy_joules: 0 }) }));
    const sure = within(await screen.findByRole('region', { name: 'How sure' }));
    expect(await sure.findByText('Nothing to be sure of yet')).toBeTruthy();
    expect(sure.queryByText(/%/)).toBeNull();
  });
});
