import type { MaintenanceOutcome } from '../../../../contract/schemas/store.ts';

export interface RunLine {
  readonly name: string;
  readonly count: number;
}

/** What a run did, finest level first. */
export function runLines(run: MaintenanceOutcome): RunLine[] {
  return [
    { name: 'Rows of windows removed', count: run.removed_rows },
    { name: 'Pod hours removed', count: run.removed_pod_hours },
    { name: 'Hours removed', count: run.removed_hours },
    { name: 'Pod days removed', count: run.removed_pod_days },
    { name: 'Days removed', count: run.removed_days },
    { name: 'Hours summed up late', count: run.compacted_hours },
  ];
}
