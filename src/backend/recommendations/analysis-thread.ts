import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { UsageHours } from '../../core/ports/usage-hours.ts';
import { Failure } from '../../model/failure.ts';
import type { Finding } from '../../model/recommendations/recommendation.ts';
import { workerUrl } from '../../storage/sqlite/worker-url.ts';
import type { AnalysisJob, AnalysisOutcome } from './analysis-job.ts';
import { isFromAnalysis, PODS_AT_ONCE, piecesOf, type ToAnalysis } from './analysis-messages.ts';

/** What a large cluster needs twice over; a thread that wants more is broken, and must not take the process along. */
const MOST_MEGABYTES = 256;
const YOUNG_GENERATION_MEGABYTES = 12;

/** Runs one analysis in a thread of its own, so that whoever asks meanwhile doesn't wait. */
export async function analyseInThread(job: AnalysisJob, signal: AbortSignal): Promise<AnalysisOutcome> {
  if (signal.aborted) throw stopped();
  const worker = new Worker(workerUrl('analysis-worker', import.meta.url), {
    name: 'analysis',
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_GENERATION_MEGABYTES },
  });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const outcome = outcomeOf(worker, signal);
    await Promise.all([send(job, worker), outcome]);
    return await outcome;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** Lists piece by piece with a turn for others in between; the columns of usage change hands uncopied. */
async function send(job: AnalysisJob, worker: Worker): Promise<void> {
  const say = (message: ToAnalysis, transfer: readonly ArrayBuffer[] = []) => worker.postMessage(message, transfer);
  const { layout } = job;
  for (const pods of piecesOf(layout?.pods ?? [], PODS_AT_ONCE)) {
    say({ kind: 'pods', pods });
    await turn();
  }
  for (const workloads of piecesOf(layout?.workloads ?? [], PODS_AT_ONCE)) {
    say({ kind: 'workloads', workloads });
    await turn();
  }
  const short = layout === null ? null : { ...layout, pods: [], workloads: [] };
  say({ kind: 'job', job: { ...job, layout: short } }, [...buffersOf(job.workloads), ...buffersOf(job.nodes)]);
}

/** Each buffer once; columns may be views of one. A shared one needs no transfer. */
function buffersOf({ keyIndex, hourIndex, columns }: UsageHours): readonly ArrayBuffer[] {
  const all = [keyIndex, hourIndex, ...Object.values(columns)].map((array) => array.buffer);
  return [...new Set(all)].filter((buffer) => buffer instanceof ArrayBuffer);
}

function outcomeOf(worker: Worker, signal: AbortSignal): Promise<AnalysisOutcome> {
  const findings: Finding[] = [];
  return new Promise((resolve, reject) => {
    worker.on('message', (message: unknown) => {
      if (!isFromAnalysis(message)) return;
      if (message.kind === 'findings') findings.push(...message.findings);
      else if (message.kind === 'done') resolve({ ...message.outcome, findings });
      else reject(broken(message.message));
    });
    worker.once('error', (error) => reject(broken(error.name, error)));
    worker.once('exit', () => reject(signal.aborted ? stopped() : broken('its thread has stopped')));
  });
}

function stopped(): Failure {
  return new Failure('cancelled', 'The analysis was stopped');
}

function broken(why: string, cause?: unknown): Failure {
  return new Failure('unexpected', `The analysis failed: ${why}`, cause === undefined ? {} : { cause });
}
