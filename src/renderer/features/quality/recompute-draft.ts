import type { RecomputeEvent } from '../../../contract/schemas/restate.ts';
import { isoInstant } from '../../app/view/range.ts';
import { instantOfWallTime } from '../../app/view/wall-time.ts';

export interface RecomputeDraft {
  readonly from: string;
  readonly to: string;
}

type Checked =
  | { readonly ok: true; readonly start: string; readonly end: string }
  | { readonly ok: false; readonly message: string };

/** Both ends as instants, or what is wrong with them. */
export function checkDraft(draft: RecomputeDraft, tz: string, nowMs: number): Checked {
  const start = instantOfWallTime(draft.from, tz);
  const end = instantOfWallTime(draft.to, tz);
  if (start === null || end === null) return { ok: false, message: 'Both ends need a date and a time.' };
  if (start >= end) return { ok: false, message: 'The end has to be after the start.' };
  if (start >= nowMs) return { ok: false, message: 'The range has to begin in the past.' };
  return { ok: true, start: isoInstant(start), end: isoInstant(end) };
}

interface ClusterOutcome {
  readonly cluster: string;
  readonly windows: number;
  readonly changed: number;
}

export interface RecomputeState {
  readonly done: number;
  readonly total: number;
  readonly outcomes: readonly ClusterOutcome[];
}

/** Where a recomputation stands: windows over all clusters, and what came of those that are through. */
export function stateOfEvents(events: readonly RecomputeEvent[]): RecomputeState {
  const progress = new Map<string, { done: number; total: number }>();
  const outcomes: ClusterOutcome[] = [];
  for (const event of events) {
    if (event.kind === 'progress') progress.set(event.cluster, { done: event.done, total: event.total });
    else outcomes.push({ cluster: event.cluster, windows: event.windows, changed: event.changed });
  }
  const sum = (key: 'done' | 'total'): number => [...progress.values()].reduce((all, each) => all + each[key], 0);
  return { done: sum('done'), total: sum('total'), outcomes };
}
