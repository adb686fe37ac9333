import * as z from 'zod';
import type { EpochSeconds } from '../../model/time.ts';

const Started = {
  /** Documents that the work writes carry it. */
  generation: z.string(),
  /** The opened store that does the work. */
  owner: z.string(),
  startedAtSeconds: z.number(),
};

const WindowTime = z.object({ startSeconds: z.number(), durationSeconds: z.number() });
export type WindowTime = z.infer<typeof WindowTime>;

const WindowJob = z.object({
  kind: z.literal('window'),
  ...Started,
  startSeconds: z.number(),
  durationSeconds: z.number(),
  /** Generation of the window that is replaced; null for a new one. */
  previous: z.string().nullable(),
  /** `writing`: nothing of it counts yet. `finishing`: it counts, its predecessor does not; the rest can be redone. */
  phase: z.enum(['writing', 'finishing']),
});
export type WindowJob = z.infer<typeof WindowJob>;

const RollupJob = z.object({
  kind: z.literal('rollup'),
  ...Started,
  period: z.enum(['hour', 'day']),
  startSeconds: z.number(),
});
export type RollupJob = z.infer<typeof RollupJob>;

const State = z.object({
  hasWindows: z.boolean(),
  /** What is being written; one work at a time, whoever does it. */
  job: z.discriminatedUnion('kind', [WindowJob, RollupJob]).nullable(),
  /** Generations that were given up. Their writer may be frozen and write more of them, so they stay listed for a day. */
  garbage: z.array(z.object({ generation: z.string(), sinceSeconds: z.number(), window: WindowTime.nullable() })),
  /** Starts of hours and days whose roll-ups don't count: they are added up from what is finer. Last touched last. */
  pendingHours: z.array(z.number()),
  pendingDays: z.array(z.number()),
  /** Days whose rows were removed: ranges of [first day's start, end), in order. */
  prunedDays: z.array(z.tuple([z.number(), z.number()])),
});

/**
 * The one document of a cluster that decides what counts: each change of it is a compare-and-set, so a window is there
 * wholly or not at all, and one who lost the cluster to another can no longer change anything.
 */
export interface ClusterHead extends z.infer<typeof State> {
  readonly clusterId: string;
  /** Youngest epoch that was granted or wrote; older ones are refused. */
  readonly epoch: number;
}

export function newHead(clusterId: string, epoch: number): ClusterHead {
  return {
    clusterId,
    epoch,
    hasWindows: false,
    job: null,
    garbage: [],
    pendingHours: [],
    pendingDays: [],
    prunedDays: [],
  };
}

export function headDocument({ clusterId, epoch, ...state }: ClusterHead, writeId: string): object {
  return { cluster_id: clusterId, epoch, state: { ...state, writeId } };
}

const Document = z.object({ cluster_id: z.string(), epoch: z.number(), state: State });

export function headOf(source: unknown): ClusterHead {
  const { cluster_id, epoch, state } = Document.parse(source);
  return { clusterId: cluster_id, epoch, ...state };
}

/** Generations whose documents do not count. */
export function hiddenGenerations(head: ClusterHead): string[] {
  const hidden = head.garbage.map(({ generation }) => generation);
  const { job } = head;
  if (job === null) return hidden;
  if (job.kind === 'rollup' || job.phase === 'writing') return [...hidden, job.generation];
  return job.previous === null ? hidden : [...hidden, job.previous];
}

export function isPruned(head: ClusterHead, seconds: EpochSeconds): boolean {
  return head.prunedDays.some(([from, to]) => seconds >= from && seconds < to);
}

/** A list with the value last. */
export function touched(list: readonly number[], value: number): number[] {
  return [...list.filter((each) => each !== value), value];
}
