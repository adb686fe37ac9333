import { useQueryClient } from '@tanstack/react-query';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ScoreAnswer, ScoreCard } from '../../../../src/contract/schemas/score.ts';
import { ScorePanel } from '../../../../src/renderer/features/overview/score/ScorePanel.tsx';
import {
  bestRaise,
  DIMENSION_NAMES,
  dimensionWords,
  historyOf,
  historySentence,
  leftOut,
  pointsText,
  scoreText,
} from '../../../../src/renderer/features/overview/score/score-words.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { scoreAnswer, scoreCard } from '../../../fakes/client/savings-answers.ts';
import { sample } from '../figures/sample-client.ts';
import { never, refusal } from '../recommendations/page.tsx';

const NOW = Date.UTC(2026, 10, 19, 14);
const AT = '/?cluster=c1&tz=UTC';
type Get = NonNullable<NonNullable<FakeOperations['score']>['get']>;
const answer = (part: Partial<ScoreAnswer>): ScoreAnswer => ({ ...scoreAnswer, ...part });
const [usedRequests, , waste] = scoreCard().dimensions;
type Dimension = ScoreCard['dimensions'][number];

async function start(given: ScoreAnswer | Get = scoreAnswer, path = AT) {
  const get: Get = typeof given === 'function' ? given : async () => given;
  const view = renderPart(<ScorePanel />, { ...sample, score: { get } }, path);
  const panel = await screen.findByRole('region', { name: 'Sustainability score' });
  return { ...view, panel, inside: within(panel) };
}

/** The panel, and what asks for its answer again. */
function AskedAnew() {
  const queries = useQueryClient();
  return (
    <>
      <button type="button" onClick={() => void queries.invalidateQueries()}>
        Ask anew
      </button>
      <ScorePanel />
    </>
  );
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

describe('words', () => {
  it.each([
    [null, 'no data'],
    [0, '0'],
    [0.4, '0'],
    [71.5, '72'],
    [100, '100'],
  ])('of a score of %s', (score, words) => expect(scoreText(score)).toBe(words));

  it.each([
    [0, 'less than a point'],
    [0.49, 'less than a point'],
    [0.5, '1 point'],
    [1.49, '1 point'],
    [1.5, '2 points'],
    [23.2, '23 points'],
  ])('of %s points', (points, words) => expect(pointsText(points)).toBe(words));

  it('a dimension of 0 is known, one of null is not', () => {
    const zero = { ...(waste as Dimension), score: 0 };
    expect(dimensionWords(zero)).toMatch(/^Waste 0 of 100, weight 16 %/);
    expect(leftOut(scoreCard({ dimensions: [zero] }))).toEqual([]);
    expect(leftOut(scoreCard({ dimensions: [{ ...zero, score: null }] }))).toEqual(['Waste']);
  });

  it('each dimension has a name of its own', () => {
    const names = Object.values(DIMENSION_NAMES);
    expect(new Set(names).size).toBe(names.length);
  });

  it('of equal raises the first is taken, so that it does not jump', () => {
    const raise = { dimension: 'waste' as const, points: 4, how: 'x' };
    expect(bestRaise([scoreCard({ raise }), scoreCard({ cluster: 'c2', raise })])?.card.cluster).toBe('c1');
    expect(bestRaise([])).toBeNull();
  });
});

describe('the history', () => {
  const day = (date: string, score: number | null, cluster = 'c1') => ({ date, cluster, score });

  it('has each day in order, a missing one and one without a score as a gap', () => {
    const history = [day('2026-03-01', 60), day('2026-02-26', 50), day('2026-02-28', null), day('2026-02-27', 55)];
    expect(historyOf(history, 'c1')).toEqual([50, 55, null, 60]);
  });

  it('is that of one cluster', () => {
    expect(historyOf([day('2026-03-01', 60), day('2026-03-02', 10, 'c2')], 'c1')).toEqual([60]);
  });

  it('goes over the change of clocks without a day too many', () => {
    expect(historyOf([day('2026-10-24', 1), day('2026-10-26', 3)], 'c1')).toEqual([1, null, 3]);
  });

  it('in a sentence: lowest, highest, how many days, last that is known', () => {
    expect(historySentence([70, 74, null, 71.6, null])).toBe('Score 70 to 74 in 5 days, 72 last');
    expect(historySentence([70.2, 69.8])).toBe('Score 70 in 2 days, 70 last');
    expect(historySentence([70])).toBe('Score 70 in 1 day, 70 last');
    expect(historySentence([null, null])).toBe('No score of earlier days');
    expect(historySentence([0, 4])).toBe('Score 0 to 4 in 2 days, 4 last');
  });

  it('is broken in the drawing where a day is missing', async () => {
    const { inside } = await start();
    const line = await inside.findByRole('img');
    expect(line.querySelector('path')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
  });

  it('of one day alone is not drawn', async () => {
    const { inside } = await start(answer({ history: [day('2026-11-18', 71)] }));
    await inside.findByText(/of 100/);
    expect(inside.queryByRole('img')).toBeNull();
  });
});

describe('without data', () => {
  it('no score says why, as the backend does', async () => {
    const dimensions = [{ ...(usedRequests as Dimension), score: null, weight: 0, note: 'No pod requests anything.' }];
    const { inside } = await start(answer({ score: null, clusters: [scoreCard({ score: null, dimensions })] }));
    expect(await inside.findByText('No pod requests anything.')).toBeTruthy();
    expect(inside.queryByText(/of 100/)).toBeNull();
    expect(inside.queryByRole('button', { name: 'Details' })).toBeNull();
  });

  it('a score of 0 is a score', async () => {
    const { inside } = await start(answer({ score: 0 }));
    expect((await inside.findByText(/of 100/)).parentElement?.textContent).toBe('0of 100');
    expect(inside.getByRole('button', { name: 'Details' })).toBeTruthy();
  });

  it('a dimension that is left out has no number, and is named below', async () => {
    const dimensions = scoreCard().dimensions.map((each) =>
      each.dimension === 'scaling' || each.dimension === 'stability' ? { ...each, score: null, weight: 0 } : each,
    );
    const { inside } = await start(answer({ clusters: [scoreCard({ dimensions })] }));
    const bars = within(await inside.findByRole('list', { name: 'Dimensions' }));
    expect(bars.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'Requests used48',
      'Carbon82',
      'Waste41',
      'Nodes77',
      'Scalingout',
      'Clean hours90',
      'Stabilityout',
    ]);
    expect(inside.getByText('Left out for want of data, the rest weighs more: Scaling, Stability.')).toBeTruthy();
  });

  it('nothing left out, nothing said of it', async () => {
    const dimensions = scoreCard().dimensions.slice(0, 6);
    const { inside } = await start(answer({ clusters: [scoreCard({ dimensions, raise: null })] }));
    await inside.findByText(/of 100/);
    expect(inside.queryByText(/Left out/)).toBeNull();
    expect(inside.queryByText(/would raise it/)).toBeNull();
  });
});

describe('its states', () => {
  it('loading has no number', async () => {
    const { panel } = await start(never);
    expect(panel.getAttribute('aria-busy')).toBe('true');
    expect(panel.textContent).not.toMatch(/\d/);
  });

  it('failed has none either, but says why', async () => {
    const { inside, panel } = await start(refusal('The store refused', 'store', 'See its log.'));
    expect((await inside.findByRole('alert')).textContent).toContain('The store refused');
    expect(panel.textContent).not.toMatch(/\d|No score yet/);
  });

  it('failed after an answer: the score stays with its age', async () => {
    let works = true;
    const refuse = refusal('The store refused', 'store');
    const get: Get = async () => (works ? scoreAnswer : refuse());
    renderPart(<AskedAnew />, { ...sample, score: { get } }, AT);
    await screen.findByText(/of 100/);
    works = false;
    vi.setSystemTime(NOW + 12 * 60_000);
    await act(async () => void vi.advanceTimersByTime(30_000));
    fireEvent.click(screen.getByRole('button', { name: 'Ask anew' }));
    expect(await screen.findByText('The store refused. Shown are the figures of 12 min ago.')).toBeTruthy();
    expect(screen.getByText(/of 100/).parentElement?.textContent).toBe('72of 100');
    works = true;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText(/Shown are the figures/)).toBeNull());
  });

  it('asks for the range and cluster of the page', async () => {
    const { calls } = await start(scoreAnswer, '/?cluster=c1&tz=Europe/Paris&last=30d');
    await waitFor(() =>
      expect(calls).toContainEqual({
        operation: 'score.get',
        input: { cluster: 'c1', tz: 'Europe/Paris', last: '30d' },
      }),
    );
  });
});

describe('several clusters', () => {
  const two = answer({
    clusters: [
      scoreCard({ cluster_name: null, raise: { dimension: 'waste', points: 2, how: 'Remove a node' } }),
      scoreCard({
        cluster: 'c2',
        cluster_name: 'edge',
        score: 40,
        raise: { dimension: 'carbon', points: 12, how: 'Move it' },
      }),
    ],
    namespaces: [
      scoreCard({ namespace: 'a', score: null, raise: null, dimensions: [] }),
      scoreCard({ namespace: 'b', score: 90, raise: null }),
      scoreCard({ namespace: 'b', score: 20, raise: null, cluster: 'c2', cluster_name: 'edge' }),
    ],
  });

  it('are listed, one without a name by its id; their history is not mixed', async () => {
    const { inside } = await start(two, '/?tz=UTC');
    const list = within(await inside.findByRole('list', { name: 'Clusters' }));
    expect(list.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['c172', 'edge40']);
    expect(inside.queryByRole('list', { name: 'Dimensions' })).toBeNull();
    expect(inside.queryByRole('img')).toBeNull();
  });

  it('what would raise one leads to the recommendations of that one', async () => {
    const { inside, address } = await start(two, '/?tz=UTC');
    fireEvent.click(await inside.findByRole('button', { name: 'Move it' }));
    await waitFor(() => expect(address()).toContain('/recommendations'));
    expect(address()).toContain('cluster=c2');
  });

  it('the details tell namespaces of the same name apart, lowest first, unknown last', async () => {
    const { address } = await start(two, '/?tz=UTC&score=1');
    const table = within(await screen.findByRole('table', { name: 'Scores of namespaces' }));
    expect(
      table
        .getAllByRole('row')
        .slice(1)
        .map((row) => row.textContent),
    ).toEqual(['bedgeWaste 4120', 'bprod-eu-west-1Waste 4190', 'aprod-eu-west-1no data']);
    fireEvent.click(table.getAllByRole('row')[1] as HTMLElement);
    await waitFor(() => expect(address()).toMatch(/recommendations\?.*cluster=c2/));
    expect(address()).toContain('namespace=b');
  });
});

describe('the details', () => {
  it('say of when they are, and what each dimension weighs', async () => {
    await start(scoreAnswer, `${AT}&score=1`);
    const details = within(await screen.findByRole('dialog', { name: 'Sustainability score' }));
    expect(details.getByText(/^12 Nov 14:00 – 19 Nov 14:00, computed 10 min ago\./)).toBeTruthy();
    const card = within(details.getByRole('region', { name: 'prod-eu-west-1' }));
    expect(card.getByText('weight 26 %')).toBeTruthy();
    expect(card.getAllByText('left out')).toHaveLength(1);
    expect(card.getByText('no data')).toBeTruthy();
    expect(card.getByText('Restarts are not known: kube-state-metrics is missing.')).toBeTruthy();
  });

  it('say no age of what was never computed', async () => {
    await start(answer({ computed_at: null, namespaces: [] }), `${AT}&score=1`);
    const details = within(await screen.findByRole('dialog'));
    expect(details.queryByText(/computed/)).toBeNull();
    expect(details.queryByRole('table')).toBeNull();
  });

  it('are not open for a score that is not there', async () => {
    await start(answer({ score: null, clusters: [] }), `${AT}&score=1`);
    await screen.findByText('No score yet');
    await act(async () => undefined);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
