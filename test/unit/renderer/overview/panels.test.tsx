import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';

const AT = '/?cluster=c1&tz=UTC';
const never = () => new Promise<never>(() => undefined);
const panel = async (name: string) => within(await screen.findByRole('region', { name }));
const surface = () => screen.findByRole('button', { name: /read by keys/ });

describe('states of the Overview', () => {
  it('keeps every frame while loading', async () => {
    renderApp(AT, {
      ...sample,
      metrics: { summary: never, timeseries: never, breakdown: never },
      recommendations: { top: never },
      score: { get: never },
    });
    const names = [
      'Carbon by namespace',
      'Top workloads',
      'Nodes',
      'What can be cut',
      'Sustainability score',
      'How sure',
    ];
    for (const name of names) {
      const region = await screen.findByRole('region', { name });
      expect(region.getAttribute('aria-busy')).toBe('true');
    }
    expect(screen.queryByText('0')).toBeNull();
  });

  it('replaces the figures by what happened and a way to try again', async () => {
    let asked = 0;
    renderApp(AT, {
      ...sample,
      metrics: {
        ...sample.metrics,
        summary: async (input, options) => {
          asked += 1;
          if (asked <= 1) throw new Error('boom');
          return sample.metrics!.summary!(input, options);
        },
      },
    });
    const [again] = await screen.findAllByRole('button', { name: 'Try again' });
    const figures = await panel('Figures');
    expect(figures.getByRole('alert').textContent).toContain('The answer could not be read.');
    await userEvent.click(again!);
    expect(await screen.findByText('19.7–28.1')).toBeTruthy();
  });

  it('names a large hole above the chart, and leaves a small one to the hatch', async () => {
    renderApp(AT, {
      ...sample,
      metrics: {
        ...sample.metrics,
        summary: async (input, options) => ({
          ...(await sample.metrics!.summary!(input, options)),
          covered_seconds: 84 * 3600,
        }),
      },
    });
    const chart = await panel('Carbon by namespace');
    expect(await chart.findByText('3 d 12 h of 7 d are missing and left out of the totals.')).toBeTruthy();
  });
});

describe('zoom', () => {
  it('sets the range of the page by keys, and a double click goes back', async () => {
    const { address, router } = renderApp(AT, sample);
    const chart = await surface();
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    fireEvent.keyDown(chart, { key: 'Enter' });
    await waitFor(() => expect(address()).toBe(`${AT}&start=2026-11-12T13:00:00Z&end=2026-11-12T15:00:00Z`));
    router.history.back();
    await waitFor(() => expect(address()).toBe(AT));
  });

  it('sets the range by a drag over whole buckets', async () => {
    const { address } = renderApp(AT, sample);
    const chart = await surface();
    fireEvent.pointerDown(chart, { clientX: 100, clientY: 100, button: 0 });
    fireEvent.pointerMove(chart, { clientX: 300, clientY: 100 });
    fireEvent.pointerUp(chart, { clientX: 300, clientY: 100 });
    await waitFor(() => expect(address()).toMatch(/start=2026-11-1\dT\d\d:00:00Z&end=2026-11-1\dT\d\d:00:00Z$/));
  });
});

describe('colours', () => {
  it('gives a namespace one colour in chart, legend and table', async () => {
    renderApp(AT, sample);
    const chart = await screen.findByRole('img', { name: /^Carbon by namespace/ });
    const drawn = chart.querySelector('[data-series="ml-inference"]')?.getAttribute('fill');
    const row = await screen.findByRole('row', { name: 'reranker in ml-inference' });
    const swatch = [...row.querySelectorAll('span')].find((each) => each.style.background !== '');
    expect(drawn).toBe('var(--series-2)');
    expect(swatch?.style.background).toBe(drawn);
  });

  it('shows one series alone from the legend', async () => {
    renderApp(AT, sample);
    const region = await panel('Carbon by namespace');
    await userEvent.click(await region.findByRole('button', { name: 'search' }));
    const chart = region.getByRole('img');
    expect(chart.querySelector('[data-series="search"]')?.getAttribute('opacity')).toBe('1');
    expect(chart.querySelector('[data-series="payments"]')?.getAttribute('opacity')).toBe('0.18');
  });
});
