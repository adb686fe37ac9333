import { expect, it } from 'vitest';
import { percent, pointsOn, shareOf } from '../../../../src/core/score/scale.ts';
import { noData, type Outcome } from '../../../../src/core/score/scope.ts';
import { type Outcomes, weigh } from '../../../../src/core/score/weigh.ts';
import { SCORE_WEIGHTS, type ScoreDimension } from '../../../../src/model/recommendations/score.ts';

const DIMENSIONS = Object.keys(SCORE_WEIGHTS) as ScoreDimension[];
const points = (score: number): Outcome => ({ score, figures: {}, note: 'Known.', how: `From ${score}` });
const outcomes = (of: (name: ScoreDimension) => number | null): Outcomes =>
  Object.fromEntries(
    DIMENSIONS.map((name) => {
      const score = of(name);
      return [name, score === null ? noData('Nothing is known.') : points(score)];
    }),
  ) as Outcomes;

it('has weights that are one together', () => {
  expect(DIMENSIONS.reduce((sum, name) => sum + SCORE_WEIGHTS[name], 0)).toBeCloseTo(1, 12);
});

it('is the weighted mean, and at its ends 0 and 100', () => {
  expect(weigh(outcomes(() => 100))).toMatchObject({ score: 100, raise: null });
  expect(weigh(outcomes(() => 0)).score).toBe(0);
  expect(weigh(outcomes((name) => (name === 'carbon' ? 0 : 100))).score).toBeCloseTo(80, 9);
});

it('leaves out what has no data, says so, and weighs the rest anew', () => {
  const { score, dimensions } = weigh(outcomes((name) => (name === 'scaling' || name === 'nodes' ? null : 60)));
  expect(score).toBeCloseTo(60, 9);
  const byName = new Map(dimensions.map((each) => [each.dimension, each]));
  expect(byName.get('scaling')).toMatchObject({ score: null, weight: 0, note: 'Left out: Nothing is known.' });
  expect(byName.get('carbon')?.weight).toBeCloseTo(0.2 / 0.75, 12);
  expect(dimensions.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
});

it('has no score where nothing has', () => {
  const { score, dimensions, raise } = weigh(outcomes(() => null));
  expect([score, raise, dimensions.length]).toEqual([null, null, 7]);
});

it('names what would raise it most: weight times what is missing', () => {
  // carbon lacks 0.2 × 50 = 10, stability 0.05 × 100 = 5, efficiency 0.25 × 30 = 7.5.
  const scores: Partial<Record<ScoreDimension, number>> = { carbon: 50, stability: 0, resource_efficiency: 70 };
  const { raise } = weigh(outcomes((name) => scores[name] ?? 100));
  expect(raise).toMatchObject({ dimension: 'carbon', how: 'From 50' });
  expect(raise?.points).toBeCloseTo(10, 9);
});

it('is never lower for a dimension that is better, and stays between 0 and 100', () => {
  for (const name of DIMENSIONS) {
    let before = -1;
    for (let own = 0; own <= 100; own += 10) {
      const { score } = weigh(outcomes((each) => (each === name ? own : 35)));
      expect(score).toBeGreaterThan(before);
      expect(score).toBeLessThanOrEqual(100);
      before = score ?? Number.NaN;
    }
  }
});

it('counts points on a straight line in either direction', () => {
  const up = { none: 0, full: 0.5 };
  expect([-1, 0, 0.25, 0.5, 9].map((value) => pointsOn(up, value))).toEqual([0, 0, 50, 100, 100]);
  const down = { none: 10, full: 0 };
  expect([-1, 0, 2.5, 10, 11].map((value) => pointsOn(down, value))).toEqual([100, 100, 75, 0, 0]);
});

it('divides only by what is there', () => {
  expect([shareOf(1, 4), shareOf(0, 0), shareOf(1, 0)]).toEqual([0.25, null, null]);
  expect([percent(0.414), percent(0), percent(1)]).toEqual(['41 %', '0 %', '100 %']);
});
