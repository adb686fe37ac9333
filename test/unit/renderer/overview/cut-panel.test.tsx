import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RecommendationItem } from '../../../../src/contract/schemas/recommendations.ts';
import { CutPanel } from '../../../../src/renderer/features/overview/CutPanel.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { listOf, openItems, recommendation } from '../../../fakes/client/savings-answers.ts';
import { sample } from '../figures/sample-client.ts';
import { never, type Recommendations, refusal } from '../recommendations/page.tsx';

const AT = '/?cluster=c1&tz=UTC';
const list =
  (items: readonly RecommendationItem[], part: Parameters<typeof listOf>[1] = {}) =>
  async () =>
    listOf(items, part);

async function start(top: NonNullable<Recommendations['top']> = list(openItems), path = AT) {
  const view = renderPart(<CutPanel />, { ...sample, recommendations: { top } }, path);
  const panel = await screen.findByRole('region', { name: 'What can be cut' });
  return { ...view, panel, inside: within(panel) };
}
const lines = async () =>
  within(await screen.findByRole('table', { name: 'What can be cut' }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent));

beforeEach(() => localStorage.clear());

describe('what is asked', () => {
  it.each([
    [AT, { limit: 4, metric: 'co2', cluster: 'c1' }],
    ['/?tz=UTC&last=30d', { limit: 4, metric: 'co2' }],
  ])('%s', async (path, input) => {
    const { calls } = await start(undefined, path);
    await waitFor(() => expect(calls).toContainEqual({ operation: 'recommendations.top', input }));
  });
});

describe('the rows', () => {
  it('are ranges of a year in one unit, as they come', async () => {
    await start();
    expect(await lines()).toEqual([
      ['spark-nightly-rollup Run at 11:00, not at 01:00', '14–38', '0'],
      ['Drain and remove 1 node', '20–31', '210–290'],
      ['query-api Lower CPU request 1.50 → 0.60', '0–31', '0–420'],
      ['query-api Lower memory request 8 → 7 GiB', '0–6.0', '0–70'],
    ]);
    expect(screen.getByRole('columnheader', { name: 'kg CO₂e' })).toBeTruthy();
    expect(screen.getByRole('columnheader', { name: '€' })).toBeTruthy();
  });

  it('of much are in tonnes, of little in grams', async () => {
    const { unmount } = await start(list([recommendation({ id: 'a', kg: [1000, 2000] })]));
    expect((await lines())[0]?.[1]).toBe('1.0–2.0');
    expect(screen.getByRole('columnheader', { name: 't CO₂e' })).toBeTruthy();
    unmount();
    await start(list([recommendation({ id: 'a', kg: [0.02, 0.04] })]));
    expect((await lines())[0]?.[1]).toBe('20–40');
    expect(screen.getByRole('columnheader', { name: 'g CO₂e' })).toBeTruthy();
  });

  it('a workload is named before its deed, a pod too; a namespace is in the title', async () => {
    await start(
      list([
        recommendation({ id: 'a', scope: 'pod', resource: 'Pod/job-1', title: 'Delete' }),
        recommendation({ id: 'b', scope: 'namespace', resource: 'staging', title: 'Sleep at night' }),
        recommendation({ id: 'c', resource: 'alone', title: 'Lower' }),
      ]),
    );
    expect((await lines()).map(([name]) => name)).toEqual(['job-1 Delete', 'Sleep at night', 'alone Lower']);
  });

  it('lead to their detail, with the cluster and zone kept', async () => {
    const { address } = await start();
    fireEvent.click(await screen.findByRole('row', { name: 'Lower CPU request 1.50 → 0.60' }));
    await waitFor(() => expect(address()).toBe('/recommendations?cluster=c1&tz=UTC&id=r-cpu'));
  });

  it('in different currencies have each its symbol', async () => {
    await start(
      list(
        [
          recommendation({ id: 'a', money: [10, 20] }),
          recommendation({ id: 'b', cluster: 'gone', title: 'Other', money: [10, 20] }),
        ],
        { currency: 'XXX' },
      ),
      '/?tz=UTC',
    );
    await waitFor(async () => expect((await lines()).map((cells) => cells[2])).toEqual(['€10–20', '¤10–20']));
    expect(screen.getByRole('columnheader', { name: 'cost' })).toBeTruthy();
  });

  it('in one currency have it above', async () => {
    await start(list([recommendation({ id: 'a', money: [10, 20] })], { currency: 'GBP' }));
    expect((await lines())[0]?.[2]).toBe('10–20');
    expect(screen.getByRole('columnheader', { name: '£' })).toBeTruthy();
  });
});

describe('all of them', () => {
  it.each([
    [4, 'All 4'],
    [1204, 'All 1,204'],
  ])('%i', async (total, name) => {
    const { address, inside } = await start(list(openItems, { total }));
    fireEvent.click(await inside.findByRole('button', { name }));
    await waitFor(() => expect(address()).toContain('/recommendations'));
    expect(address()).not.toContain('id=');
  });

  it('no count while unknown, after a failure, or of none', async () => {
    const { unmount, panel } = await start(never);
    expect(panel.textContent).not.toMatch(/\d/);
    unmount();
    const failed = await start(refusal('The store refused', 'store'));
    expect((await failed.inside.findByRole('alert')).textContent).toContain('The store refused');
    expect(failed.panel.textContent).not.toMatch(/\d|Nothing/);
    failed.unmount();
    const none = await start(list([]));
    await none.inside.findByText('Nothing left to cut');
    expect(none.inside.getByRole('button', { name: 'All' })).toBeTruthy();
  });
});

describe('nothing to cut', () => {
  it.each([
    [null, 'Not worked out yet', true],
    ['2026-11-19T13:00:00Z', 'Nothing left to cut', false],
  ])('analysed at %s: %s', async (analysed_at, title, isExplained) => {
    const { inside } = await start(list([], { analysed_at }));
    expect(await inside.findByText(title)).toBeTruthy();
    expect(inside.queryByText(/at least a day of use/) !== null).toBe(isExplained);
    expect(inside.queryByRole('table')).toBeNull();
  });
});
