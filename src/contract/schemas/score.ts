import * as z from 'zod';
import { Instant, Name, Period, rangeFields } from './primitives.ts';

export const ScoreDimensionName = z.enum([
  'resource_efficiency',
  'carbon',
  'waste',
  'nodes',
  'scaling',
  'carbon_aware',
  'stability',
]);

/** 0 to 100; a dimension without data has null and weight 0, and the rest is weighted anew. */
export const ScoreCard = z.object({
  cluster: z.string(),
  cluster_name: z.string().nullable(),
  namespace: z.string().nullable(),
  score: z.number().min(0).max(100).nullable(),
  dimensions: z.array(
    z.object({
      dimension: ScoreDimensionName,
      score: z.number().min(0).max(100).nullable(),
      weight: z.number(),
      figures: z.record(z.string(), z.number().nullable()),
      note: z.string(),
    }),
  ),
  raise: z.object({ dimension: ScoreDimensionName, points: z.number(), how: z.string() }).nullable(),
});
export type ScoreCard = z.infer<typeof ScoreCard>;

export const ScoreInput = z.object({ cluster: Name.optional(), namespace: Name.optional(), ...rangeFields });
/** `score`: over all clusters, weighted by their energy; null without data. `namespaces`: of the clusters that are asked for. */
export const ScoreAnswer = z.object({
  period: Period,
  score: z.number().nullable(),
  clusters: z.array(ScoreCard),
  namespaces: z.array(ScoreCard),
  history: z.array(z.object({ date: z.string(), cluster: z.string(), score: z.number().nullable() })),
  computed_at: Instant.nullable(),
});
export type ScoreAnswer = z.infer<typeof ScoreAnswer>;
