import * as z from 'zod';
import { filterFields, Instant, rangeFields } from './primitives.ts';

const amount = z.number().nonnegative();

/** Totals in the shortest form, as scripts read them: joules of IT energy, grams CO2e, money. */
const ShortTotals = z.object({
  namespace: z.string(),
  co2e_grams: amount,
  embodied_co2e_grams: amount,
  total_cost: amount,
  energy_joules: amount,
});

const shortFields = { ...rangeFields, cluster: filterFields.cluster, namespace: filterFields.namespace };
const limit = (fallback: number) => z.coerce.number().int().min(1).max(1000).default(fallback);

export const TotalsByNamespaceInput = z.object({ ...shortFields, limit: limit(1000) });
/** By carbon, most first; a name that several clusters have is one item. Rows that are no pod are items too. */
export const TotalsByNamespace = z.array(ShortTotals);

export const TopPodsInput = z.object({ ...shortFields, limit: limit(10) });
/** Pods by carbon, most first. */
export const TopPods = z.array(ShortTotals.extend({ pod_name: z.string(), cluster_id: z.string().nullable() }));

export const ReportYearsInput = z.object({
  tz: rangeFields.tz,
  cluster: filterFields.cluster,
  namespace: filterFields.namespace,
});
/** Calendar years that have results, oldest first. */
export const ReportYears = z.array(z.int());

export const ServiceHealth = z.object({
  name: z.string(),
  status: z.enum(['healthy', 'degraded', 'unreachable', 'unconfigured']),
  message: z.string(),
  hint: z.string().nullable(),
  cluster_id: z.string().nullable().describe('Whose state this is: of several clusters, the worst'),
  last_check: Instant.nullable(),
  last_good_at: Instant.nullable(),
});
/** The state of each source, by its name. */
export const Services = z.object({
  status: z.enum(['ok', 'degraded', 'error']),
  version: z.string(),
  services: z.record(z.string(), ServiceHealth),
});
