import type { AnalysisContext } from './analysis-context.ts';
import { carbonRatio } from './carbon-ratio.ts';
import { carbonShift } from './carbon-shift.ts';
import { type CarbonWork, carbonWork, usualStart } from './carbon-work.ts';
import type { Draft } from './draft.ts';
import { runsToAnEnd, type WorkloadCase } from './workload-case.ts';

/**
 * Work that can wait for a cleaner grid. Where its starts are known, by its schedule or as a Job that comes back at the
 * same hour, a better start is looked for before the next one; else it is told by when it ran.
 */
export function carbonAware(context: AnalysisContext, workload: WorkloadCase): Draft | null {
  if (!runsToAnEnd(workload.spec.kind)) return null;
  const work = carbonWork(context, workload);
  if (work === null) return null;
  const schedule = workload.spec.schedule ?? observedSchedule(work, context.input.range.startSeconds);
  return schedule === null ? carbonRatio(context, workload, work) : carbonShift(context, workload, work, schedule);
}

function observedSchedule(work: CarbonWork, startSeconds: number): string | null {
  const hour = usualStart(work, startSeconds);
  return hour === null ? null : `0 ${hour} * * *`;
}
