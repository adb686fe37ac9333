import type { Finding } from '../../model/recommendations/recommendation.ts';
import type { LayoutPod, WorkloadSpec } from '../../model/scheduling.ts';
import type { AnalysisJob, AnalysisOutcome } from './analysis-job.ts';

/** Lists go in pieces of so many, so that no message keeps the answering thread for long. */
export const PODS_AT_ONCE = 250;
export const FINDINGS_AT_ONCE = 25;

/** To the thread: the long lists of a layout in pieces, then the job without them. */
export type ToAnalysis =
  | { readonly kind: 'pods'; readonly pods: readonly LayoutPod[] }
  | { readonly kind: 'workloads'; readonly workloads: readonly WorkloadSpec[] }
  | { readonly kind: 'job'; readonly job: AnalysisJob };

/** From the thread. It asks for nothing in between: what is sent waits in its queue. */
export type FromAnalysis =
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }
  | { readonly kind: 'done'; readonly outcome: Omit<AnalysisOutcome, 'findings'> }
  | { readonly kind: 'failed'; readonly message: string };

/** Both ends are ours and of one build: the kind is what could be wrong. */
export function isFromAnalysis(message: unknown): message is FromAnalysis {
  const kind = kindOf(message);
  return kind === 'findings' || kind === 'done' || kind === 'failed';
}

export function isToAnalysis(message: unknown): message is ToAnalysis {
  const kind = kindOf(message);
  return kind === 'pods' || kind === 'workloads' || kind === 'job';
}

export function piecesOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function kindOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'kind' in message ? message.kind : null;
}
