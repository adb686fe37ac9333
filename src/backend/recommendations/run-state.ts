import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import { StoredValue } from '../settings/stored-value.ts';

const Interval = z.object({ central: z.number(), low: z.number(), high: z.number() });
const RunNotice = z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() });
const LastRun = z.object({
  analysedAtSeconds: z.number(),
  hoursObserved: z.number(),
  hoursPossible: z.number(),
  /** What the cluster emits and costs a day: no list promises more. */
  clusterDay: z.object({ co2eGrams: Interval, embodiedGrams: Interval, cost: Interval }),
  notices: z.array(RunNotice).readonly(),
});

/** What is worth telling beside the recommendations, in words. */
export type RunNotice = z.infer<typeof RunNotice>;
/** The last whole analysis of a cluster by this machine. */
export type LastRun = z.infer<typeof LastRun>;

/** By cluster. Kept on this machine: what was found is in the results store, for all. */
export function openLastRuns(state: AppState): Promise<StoredValue<Record<string, LastRun>>> {
  return StoredValue.open(state, 'recommendation-runs', z.record(z.string(), LastRun), {});
}
