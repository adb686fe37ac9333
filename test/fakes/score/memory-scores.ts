import type { ScoreStore } from '../../../src/backend/score/score-desk.ts';
import type { UsageHours, UsageHoursQuery } from '../../../src/core/ports/usage-hours.ts';
import { SCORE_WEIGHTS, type Score, type ScoreDimension } from '../../../src/model/recommendations/score.ts';
import { usageHours } from './usage-lines.ts';

/** Scores by day, and the usage hours that a test gives. */
export class MemoryScores implements ScoreStore {
  readonly questions: UsageHoursQuery[] = [];
  readonly written: { clusterId: string; epoch: number; scores: readonly Score[] }[] = [];
  failure: Error | null = null;
  hours: (query: UsageHoursQuery) => UsageHours = () => usageHours([]);
  readonly #kept: Score[] = [];

  constructor(kept: readonly Score[] = []) {
    this.#kept.push(...kept);
  }

  async usageHours(query: UsageHoursQuery): Promise<UsageHours> {
    this.questions.push(query);
    if (this.failure !== null) throw this.failure;
    return this.hours(query);
  }

  async putScores(clusterId: string, scores: readonly Score[], epoch: number): Promise<void> {
    this.written.push({ clusterId, epoch, scores });
    this.#kept.push(...scores);
  }

  async scores(clusterId: string, namespace: string | null, range: { startSeconds: number; endSeconds: number }) {
    return this.#kept
      .filter((each) => each.clusterId === clusterId && each.namespace === namespace)
      .filter(({ atSeconds }) => atSeconds >= range.startSeconds && atSeconds < range.endSeconds)
      .sort((a, b) => a.atSeconds - b.atSeconds);
  }

  async latestScores(clusterIds: readonly string[], of: 'cluster' | 'namespace') {
    const newest = new Map<string, Score>();
    for (const each of [...this.#kept].sort((a, b) => a.atSeconds - b.atSeconds)) {
      const isAsked = clusterIds.includes(each.clusterId) && (each.namespace === null) === (of === 'cluster');
      if (isAsked) newest.set(`${each.clusterId} ${each.namespace}`, each);
    }
    return [...newest.values()];
  }
}

/** A score as the store keeps it: each dimension has the same points; `joules` is its weight among others. */
export function keptScore(score: Partial<Score> & { joules?: number } = {}): Score {
  const { joules = 1000, ...rest } = score;
  const points = rest.score === undefined ? 50 : rest.score;
  return {
    clusterId: 'c1',
    namespace: null,
    atSeconds: 0,
    score: points,
    dimensions: (Object.keys(SCORE_WEIGHTS) as ScoreDimension[]).map((dimension) => ({
      dimension,
      score: points,
      weight: points === null ? 0 : SCORE_WEIGHTS[dimension],
      figures: dimension === 'waste' ? { energy_joules: joules } : {},
      note: '',
    })),
    raise: { dimension: 'carbon', points: 10, how: 'Move.' },
    ...rest,
  };
}
