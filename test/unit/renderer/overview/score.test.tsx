import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { CutPanel } from '../../../../src/renderer/features/overview/CutPanel.tsx';
import { ScorePanel } from '../../../../src/renderer/features/overview/score/ScorePanel.tsx';
import {
  bestRaise,
  dimensionWords,
  historyOf,
  historySentence,
  leftOut,
  pointsText,
} from '../../../../src/renderer/features/overview/score/score-words.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { listOf, openItems, scoreAnswer, scoreCard } from '../../../fakes/client/savings-answers.ts';
import { sample } from '../figures/sample-client.ts';

const AT = '/?cluster=c1&tz=UTC';
beforeEach(() => localStorage.clear());

describe('words of the score', () => {
  const card = scoreCard();

  it('say weight and reason, or why a dimension is left out', () => {
    expect(dimensionWords(card.dimensions[2] as (typeof card.dimensions)[number])).toBe(
      'Waste 41 of 100, weight 16 %: 59 % of the idle power is unallocated.',
    );
    expect(dimensionWords(card.dimensions[6] as (typeof card.dimensions)[number])).toMatch(
      /^Stability is left out, the others weigh more: Restarts/,
    );
    expect(leftOut(card)).toEqual(['Stability']);
  });

  it('take the raise that gives most', () => {
    const small = scoreCard({ cluster: 'c2', raise: { dimension: 'waste', points: 2, how: 'Drain' } });
    expect(bestRaise([small, card])?.card.cluster).toBe('c1');
    expect(bestRaise([scoreCard({ raise: null })])).toBeNull();
    expect([0.3, 1.2, 9.4].map(pointsText)).toEqual(['less than a point', '1 point', '9 points']);
  });

  it('keep a missing day as a gap', () => {
    expect(historyOf(scoreAnswer.history, 'c1')).toEqual([70, 74, null, 71.6]);
    expect(historyOf(scoreAnswer.history, 'c9')).toEqual([]);
    expect(historySentence([70, 74, null, 71.6])).toBe('Score 70 to 74 in 4 days, 72 last');
    expect(historySentence([])).toBe('No score of earlier days');
  });
});

describe('the score of a cluster', () => {
  it('has a bar for each dimension, what is left out, and what would raise it', async () => {
    const { address } = renderPart(<ScorePanel />, sample, AT);
    const panel = within(await screen.findByRole('region', { name: 'Sustainability score' }));
    const bars = await panel.findByRole('list', { name: 'Dimensions' });
    expect(within(bars).getAllByRole('listitem')).toHaveLength(7);
    expect(within(bars).getByText('Stability').parentElement?.textContent).toBe('Stabilityout');
    expect(panel.getByText(/^72/).textContent).toBe('72of 100');
    expect(panel.getByRole('img', { name: 'Score 70 to 74 in 4 days, 72 last' })).toBeTruthy();
    expect(panel.getByText(/the rest weighs more: Stability/)).toBeTruthy();
    expect(panel.getByText(/by up to 9 points/)).toBeTruthy();
    await userEvent.click(panel.getByRole('button', { name: 'Lower 12 requests that are too large' }));
    await waitFor(() => expect(address()).toContain('/recommendations'));
  });

  it('opens what it consists of, with the namespaces, lowest first', async () => {
    const { address } = renderPart(<ScorePanel />, sample, AT);
    await userEvent.click(await screen.findByRole('button', { name: 'Details' }));
    const panel = within(await screen.findByRole('dialog', { name: 'Sustainability score' }));
    expect(address()).toContain('score=1');
    expect(panel.getByText('48 % of what is requested is used.')).toBeTruthy();
    expect(panel.getByText('left out')).toBeTruthy();
    const rows = within(panel.getByRole('table', { name: 'Scores of namespaces' })).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual([
      'NamespaceLowestScore',
      'searchWaste 4155',
      'paymentsWaste 4183',
    ]);
    await userEvent.click(panel.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('of several clusters names each, and says which would gain most', async () => {
    const two = {
      ...scoreAnswer,
      clusters: [scoreCard(), scoreCard({ cluster: 'c2', cluster_name: 'edge', score: null, raise: null })],
    };
    renderPart(<ScorePanel />, { ...sample, score: { get: async () => two } }, '/?tz=UTC');
    const list = within(await screen.findByRole('list', { name: 'Clusters' }));
    expect(list.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['prod-eu-west-172', 'edgeno data']);
    expect(screen.getByText(/Requests used of prod-eu-west-1 would raise it most/)).toBeTruthy();
  });

  it('that does not exist yet says so', async () => {
    const none = { ...scoreAnswer, score: null, clusters: [], history: [], namespaces: [] };
    renderPart(<ScorePanel />, { ...sample, score: { get: async () => none } }, AT);
    expect(await screen.findByText('No score yet')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Details' })).toBeNull();
  });
});

describe('what can be cut', () => {
  it('names the largest with their ranges, and leads to each', async () => {
    const { address } = renderPart(<CutPanel />, sample, AT);
    const table = within(await screen.findByRole('table', { name: 'What can be cut' }));
    const rows = table.getAllByRole('row').map((row) => row.textContent);
    expect(rows[0]).toBe('Recommendationkg CO₂e€');
    expect(rows[1]).toBe('spark-nightly-rollup Run at 11:00, not at 01:0014–380');
    expect(rows[2]).toBe('Drain and remove 1 node20–31210–290');
    expect(screen.getByRole('button', { name: 'All 4' })).toBeTruthy();
    await userEvent.click(table.getByRole('row', { name: 'Drain and remove 1 node' }));
    await waitFor(() => expect(address()).toContain('/recommendations?cluster=c1&tz=UTC&id=r-nodes'));
  });

  it('tells "not analysed yet" from "nothing left"', async () => {
    const answer = (analysed: string | null) => ({
      ...sample,
      recommendations: { top: async () => listOf([], { analysed_at: analysed }) },
    });
    const { unmount } = renderPart(<CutPanel />, answer(null), AT);
    expect(await screen.findByText('Not worked out yet')).toBeTruthy();
    unmount();
    renderPart(<CutPanel />, answer('2026-11-19T13:00:00Z'), AT);
    expect(await screen.findByText('Nothing left to cut')).toBeTruthy();
  });

  it('keeps the currency of each cluster', async () => {
    renderPart(
      <CutPanel />,
      { ...sample, recommendations: { top: async () => listOf(openItems.slice(1, 2), { currency: 'XXX' }) } },
      '/?tz=UTC',
    );
    const row = await screen.findByRole('row', { name: 'Drain and remove 1 node' });
    expect(row.textContent).toContain('€210–290');
  });
});
