import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';

const AT = '/?cluster=c1&tz=UTC';
const panel = async (name: string) => within(await screen.findByRole('region', { name }));

describe('Overview', () => {
  it('answers how much, with range and change', async () => {
    renderApp(AT, sample);
    const figures = await panel('Figures');
    expect(await figures.findByText('23.4')).toBeTruthy();
    expect(figures.getByText('19.7–28.1')).toBeTruthy();
    expect(figures.getAllByText('−9.6 %').length).toBeGreaterThan(0);
    expect(figures.getByText('18.7')).toBeTruthy();
  });

  it('draws namespaces with their gap and the week before', async () => {
    renderApp(AT, sample);
    const chart = await panel('Carbon by namespace');
    expect((await chart.findByRole('img')).getAttribute('aria-label')).toContain('no data for 4 h');
    expect(await chart.findByText('7 days before')).toBeTruthy();
    expect(chart.getByRole('button', { name: 'Unallocated' })).toBeTruthy();
  });

  it('turns to energy and keeps that in the address', async () => {
    const { address } = renderApp(AT, sample);
    await userEvent.click(await screen.findByRole('radio', { name: 'Energy' }));
    expect(await screen.findByRole('region', { name: 'Energy by namespace' })).toBeTruthy();
    expect(address()).toContain('metric=energy');
  });

  it('asks for no ghost and shows no change where the view does not compare', async () => {
    const { calls } = renderApp(`${AT}&compare=0`, sample);
    const table = await panel('Top workloads');
    await table.findByText('spark-nightly-rollup');
    expect(table.queryByText('Change')).toBeNull();
    expect(
      calls.filter(
        (call) => call.operation === 'metrics.timeseries' && !Object.hasOwn(call.input as object, 'group_by'),
      ),
    ).toEqual([]);
  });

  it('turns the chart into its table with T', async () => {
    renderApp(AT, sample);
    await screen.findByRole('button', { name: /read by keys/ });
    fireEvent.keyDown(document.body, { key: 't' });
    expect(await screen.findByRole('region', { name: 'Carbon by namespace per 2 h, table' })).toBeTruthy();
  });

  it('lists workloads with trend and range, and opens one in Explore with cluster and zone kept', async () => {
    const { address } = renderApp(AT, sample);
    const row = await screen.findByRole('row', { name: 'reranker in ml-inference' });
    expect(within(row).getByRole('img', { name: /^2\.19, between 1\.84 and 2\.63$/ })).toBeTruthy();
    expect(await within(row).findByRole('img', { name: /^Trend of reranker/ })).toBeTruthy();
    await userEvent.click(row);
    await waitFor(() =>
      expect(address()).toBe('/explore?cluster=c1&tz=UTC&namespace=ml-inference&workload=Deployment/reranker'),
    );
  });

  it('opens a node from its bar', async () => {
    const { address } = renderApp(AT, sample);
    await userEvent.click(await screen.findByRole('button', { name: /^hyb-dub-01: dynamic/ }));
    await waitFor(() => expect(address()).toContain('/nodes?cluster=c1&tz=UTC&node=hyb-dub-01'));
  });

  it('says how sure: shares and hours', async () => {
    renderApp(AT, sample);
    const sure = await panel('How sure');
    expect(await sure.findByText('31 %')).toBeTruthy();
    expect(sure.getByText(/163 of 168 hours collected/)).toBeTruthy();
  });

  it('fails panel by panel: the neighbours live on', async () => {
    renderApp(AT, {
      ...sample,
      metrics: { ...sample.metrics, timeseries: async () => Promise.reject(new Error('boom')) },
    });
    const chart = await panel('Carbon by namespace');
    expect(await chart.findByRole('alert')).toBeTruthy();
    expect(chart.getByRole('button', { name: 'Try again' })).toBeTruthy();
    expect(await (await panel('Top workloads')).findByText('spark-nightly-rollup')).toBeTruthy();
  });

  it('says that nothing was collected, never 0, and offers a range that may have figures', async () => {
    const { address } = renderApp(`${AT}&start=2020-01-01T00:00:00Z&end=2020-01-02T00:00:00Z`, emptied());
    expect(await screen.findByText('No figures for 1 Jan')).toBeTruthy();
    const figures = await panel('Figures');
    expect(await figures.findAllByText('no data')).toHaveLength(5);
    await userEvent.click(screen.getByRole('button', { name: 'Show the last 7 days' }));
    await waitFor(() => expect(address()).toBe('/?cluster=c1&tz=UTC&last=7d'));
  });
});

/** The same answers, before anything was collected. */
function emptied(): typeof sample {
  const { metrics } = sample;
  return {
    ...sample,
    metrics: {
      summary: async (input, options) => ({
        ...(await metrics!.summary!(input, options)),
        covered_seconds: 0,
        coverage: 0,
        previous: null,
      }),
      timeseries: async (input, options) => {
        const answer = await metrics!.timeseries!(input, options);
        return {
          ...answer,
          timeseries: [],
          buckets: answer.buckets.map((bucket) => ({ ...bucket, covered_seconds: 0 })),
        };
      },
      breakdown: async (input, options) => ({
        ...(await metrics!.breakdown!(input, options)),
        items: [],
        total_items: 0,
      }),
    },
  };
}
