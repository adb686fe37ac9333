import * as z from 'zod';
import { QualityShares } from './figures.ts';
import { filterFields, Instant, Metric, Period, rangeFields } from './primitives.ts';

/**
 * One row (cluster, namespace, pod and `timestamp`), or any aggregate (filters and a range). Without filters: all that
 * the range holds.
 */
export const ExplainInput = z.object({
  ...filterFields,
  ...rangeFields,
  timestamp: Instant.optional().describe('Start of one window: explains that row'),
  metric: Metric.default('carbon'),
});
export type ExplainInput = z.infer<typeof ExplainInput>;

export const HowKnown = z.enum(['measured', 'modelled', 'default', 'person']);
export type HowKnown = z.infer<typeof HowKnown>;

/** One value of a formula, with where it comes from. `symbol` stands in the formula. */
export const ExplainTerm = z.object({
  symbol: z.string(),
  name: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  source: z.string().describe('Table, service, meter or setting, with its version or year'),
  known: HowKnown,
  at: Instant.nullable().describe('What time the value is of; null where that means nothing'),
});
export type ExplainTerm = z.infer<typeof ExplainTerm>;

/** A step of the chain: `value` = `formula` over `terms`, in `unit`; with a calculator the same comes out. */
export const ExplainStep = z.object({
  id: z
    .string()
    .describe(
      'Stable name: carbon, operational, facility-energy, it-energy, node-power, gpu, volume, embodied, cost, …',
    ),
  title: z.string(),
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  unit: z.string(),
  formula: z.string(),
  terms: z.array(ExplainTerm),
  note: z.string().nullable(),
});
export type ExplainStep = z.infer<typeof ExplainStep>;

/** A factor whose better knowledge would narrow the range; `share` of the width that it causes, 0 to 1. */
export const Narrowing = z.object({
  factor: z.enum(['power', 'gpu', 'storage', 'pue', 'intensity', 'embodied', 'price']),
  title: z.string().describe('For example: PUE of eu-west-1'),
  detail: z.string().describe('What is used now, and where: default 1.20 on 10 of 14 nodes'),
  share: z.number().min(0).max(1),
  action: z
    .object({
      kind: z.enum([
        'set-pue',
        'install-meter',
        'connect-grid',
        'set-zone',
        'connect-boavizta',
        'connect-opencost',
        'set-prices',
        'label-nodes',
      ]),
      label: z.string(),
    })
    .nullable(),
});
export type Narrowing = z.infer<typeof Narrowing>;

export const Explanation = z.object({
  metric: Metric,
  title: z.string().describe('For example: Carbon of namespace search'),
  period: Period,
  value: z.number(),
  low: z.number(),
  high: z.number(),
  unit: z.string(),
  steps: z.array(ExplainStep).describe('From the figure down to what was read'),
  narrowing: z.array(Narrowing).describe('Largest share first'),
  quality: QualityShares,
  reasons: z.array(z.string()).describe('Why the figure is an estimate, in plain words'),
  calculation_version: z.string().nullable().describe('Null where several versions are in it'),
});
export type Explanation = z.infer<typeof Explanation>;
