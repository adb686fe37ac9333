import * as z from 'zod';
import { Narrowing } from './explain.ts';
import { Figures, QualityShares } from './figures.ts';
import { filterFields, Period, rangeFields } from './primitives.ts';

export const QualityInput = z.object({ ...filterFields, ...rangeFields });
export type QualityInput = z.infer<typeof QualityInput>;

/** Energy of one rung of one ladder. `joules` is IT energy. */
export const RungShare = z.object({
  rung: z.string().describe('Stable name, for example teads'),
  title: z.string(),
  joules: z.number().nonnegative(),
  share: z.number().min(0).max(1),
});

export const Ladder = z.object({
  quantity: z.enum(['cpu', 'usage', 'power', 'gpu', 'intensity', 'pue', 'embodied', 'cost']),
  title: z.string(),
  rungs: z.array(RungShare).describe('Best rung first; only those that were used'),
});
export type Ladder = z.infer<typeof Ladder>;

/** Where one node's figures come from, at the end of the range. */
export const NodeRungs = z.object({
  cluster: z.string(),
  node: z.string(),
  instance_type: z.string().nullable(),
  power: z.string(),
  cpu: z.string(),
  intensity: z.string(),
  embodied: z.string(),
  joules: z.number().nonnegative(),
});

export const QualityReport = z.object({
  period: Period,
  figures: Figures,
  quality: QualityShares,
  coverage: z.number().min(0).max(1).nullable(),
  ladders: z.array(Ladder),
  narrowing: z.array(Narrowing),
  nodes: z.array(NodeRungs),
});
export type QualityReport = z.infer<typeof QualityReport>;
