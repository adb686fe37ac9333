import type { ScoreAnswer, ScoreCard } from '../../../../contract/schemas/score.ts';
import { formatPercent } from '../../../format/change.ts';

export type Dimension = ScoreCard['dimensions'][number];

export const DIMENSION_NAMES: Readonly<Record<Dimension['dimension'], string>> = {
  resource_efficiency: 'Requests used',
  carbon: 'Carbon',
  waste: 'Waste',
  nodes: 'Nodes',
  scaling: 'Scaling',
  carbon_aware: 'Clean hours',
  stability: 'Stability',
};

/** `72`, `no data` */
export const scoreText = (score: number | null): string => (score === null ? 'no data' : String(Math.round(score)));

/** `Waste 41 of 100, weight 15 %: …` or why it is left out. */
export function dimensionWords(dimension: Dimension): string {
  const name = DIMENSION_NAMES[dimension.dimension];
  if (dimension.score === null) return `${name} is left out, the others weigh more: ${dimension.note}`;
  return `${name} ${scoreText(dimension.score)} of 100, weight ${formatPercent(dimension.weight)}: ${dimension.note}`;
}

/** Names of the dimensions that a score goes without. */
export const leftOut = (card: ScoreCard): readonly string[] =>
  card.dimensions.filter(({ score }) => score === null).map(({ dimension }) => DIMENSION_NAMES[dimension]);

/** The card that would gain most, where several clusters are asked for. */
export function bestRaise(
  cards: readonly ScoreCard[],
): { card: ScoreCard; raise: NonNullable<ScoreCard['raise']> } | null {
  let best: { card: ScoreCard; raise: NonNullable<ScoreCard['raise']> } | null = null;
  for (const card of cards) {
    if (card.raise !== null && (best === null || card.raise.points > best.raise.points))
      best = { card, raise: card.raise };
  }
  return best;
}

/** `9 points`, `1 point`, `less than a point` */
export function pointsText(points: number): string {
  const whole = Math.round(points);
  if (whole < 1) return 'less than a point';
  return whole === 1 ? '1 point' : `${whole} points`;
}

/** The days of one cluster in order; a day that is missing between two is a gap. */
export function historyOf(history: ScoreAnswer['history'], cluster: string): (number | null)[] {
  const own = history.filter((day) => day.cluster === cluster).toSorted((a, b) => a.date.localeCompare(b.date));
  const [first] = own;
  const last = own.at(-1);
  if (first === undefined || last === undefined) return [];
  const byDate = new Map(own.map((day) => [day.date, day.score]));
  const days = Math.round((Date.parse(last.date) - Date.parse(first.date)) / 86_400_000);
  return Array.from({ length: days + 1 }, (_, index) => {
    const date = new Date(Date.parse(first.date) + index * 86_400_000).toISOString().slice(0, 10);
    return byDate.get(date) ?? null;
  });
}

/** `71 to 78 in 30 days, 76 last` */
export function historySentence(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return 'No score of earlier days';
  const low = scoreText(Math.min(...known));
  const high = scoreText(Math.max(...known));
  const range = low === high ? low : `${low} to ${high}`;
  const days = values.length === 1 ? '1 day' : `${values.length} days`;
  return `Score ${range} in ${days}, ${scoreText(known.at(-1) ?? null)} last`;
}
