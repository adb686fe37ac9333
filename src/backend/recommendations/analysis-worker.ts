import { type MessagePort, parentPort } from 'node:worker_threads';
import type { LayoutPod, WorkloadSpec } from '../../model/scheduling.ts';
import { analyse } from './analyse.ts';
import type { AnalysisJob } from './analysis-job.ts';
import { FINDINGS_AT_ONCE, type FromAnalysis, isToAnalysis, piecesOf } from './analysis-messages.ts';

// One analysis of one cluster, in a thread of its own; it ends with its answer.
function serve(port: MessagePort): void {
  const say = (message: FromAnalysis): void => port.postMessage(message);
  const pods: LayoutPod[] = [];
  const workloads: WorkloadSpec[] = [];
  port.on('message', (message: unknown) => {
    if (!isToAnalysis(message)) return;
    if (message.kind === 'pods') pods.push(...message.pods);
    else if (message.kind === 'workloads') workloads.push(...message.workloads);
    else {
      try {
        answer(withLists(message.job, pods, workloads), say);
      } catch (error) {
        say({ kind: 'failed', message: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error' });
      }
      port.close();
    }
  });
}

function withLists(job: AnalysisJob, pods: readonly LayoutPod[], workloads: readonly WorkloadSpec[]): AnalysisJob {
  return job.layout === null ? job : { ...job, layout: { ...job.layout, pods, workloads } };
}

function answer(job: AnalysisJob, say: (message: FromAnalysis) => void): void {
  const { findings, ...outcome } = analyse(job);
  for (const piece of piecesOf(findings, FINDINGS_AT_ONCE)) say({ kind: 'findings', findings: piece });
  say({ kind: 'done', outcome });
}

if (parentPort === null) throw new Error('analysis-worker runs as a worker only');
serve(parentPort);
