import * as z from 'zod';
import type { SavingsDay, StatusChange } from '../../../model/recommendations/recommendation.ts';
import { RecordTable } from '../kubernetes/record-table.ts';
import {
  RECOMMENDATION_HISTORY,
  SAVINGS_LEDGER,
  SCORE_HISTORY,
  RECOMMENDATIONS as TABLE,
} from '../schema/recommendation-tables.ts';
import type { RecommendationLine } from './recommendation-line.ts';
import type { ScoreLine } from './score-line.ts';

const Values = z.record(z.string(), z.union([z.number(), z.string(), z.null()]));
const Interval = z.object({ central: z.number(), low: z.number(), high: z.number() });
const Range = z.object({ startSeconds: z.number(), endSeconds: z.number() });
const Points = z.array(z.number().nullable());

const Evidence = z.object({
  series: z.array(
    z.object({
      name: z.string(),
      unit: z.string(),
      startSeconds: z.number(),
      stepSeconds: z.number(),
      mean: Points,
      peak: Points.nullable(),
    }),
  ),
  lines: z.array(z.object({ kind: z.string(), label: z.string(), value: z.number() })),
  figures: Values,
  hoursObserved: z.number(),
  hoursPossible: z.number(),
});

const Change = z.object({
  patchYaml: z.string(),
  kubectl: z.string(),
  helmValuesYaml: z.string().nullable(),
  diff: z.array(z.object({ sign: z.enum(['-', '+', ' ']), text: z.string() })),
  cautions: z.array(z.string()),
});

const Verification = z.object({
  before: Range,
  after: Range,
  co2eSavedGramsPerDay: Interval,
  costSavedPerDay: Interval,
  measuredAtSeconds: z.number(),
  outcome: z.enum(['waiting', 'below', 'within', 'above']),
  note: z.string(),
});

const Dimension = z.object({
  dimension: z.string(),
  score: z.number().nullable(),
  weight: z.number(),
  figures: z.record(z.string(), z.number().nullable()),
  note: z.string(),
});

export const RECOMMENDATIONS = new RecordTable<RecommendationLine>(
  TABLE,
  { timestamp: 'foundAtSeconds', last_seen: 'lastSeenAtSeconds' },
  {
    current_values: Values,
    recommended_values: Values,
    actual_values: Values,
    evidence: Evidence,
    change: Change,
    verification: Verification,
  },
);

export const STATUS_CHANGES = new RecordTable<StatusChange>(
  RECOMMENDATION_HISTORY,
  { timestamp: 'atSeconds', actual_values: 'actual' },
  { actual_values: Values },
);

export const SAVINGS_DAYS = new RecordTable<SavingsDay>(SAVINGS_LEDGER, {
  timestamp: 'dayStartSeconds',
  co2e_saved_grams: 'measuredCo2eGrams',
  cost_saved: 'measuredCost',
});

export const SCORES = new RecordTable<ScoreLine>(
  SCORE_HISTORY,
  { timestamp: 'atSeconds', improvement: 'raise' },
  {
    dimensions: z.array(Dimension),
    improvement: z.object({ dimension: z.string(), points: z.number(), how: z.string() }),
  },
);
