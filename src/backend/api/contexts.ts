import type * as z from 'zod';
import type { CollectEvent, CollectInput } from '../../contract/schemas/collect.ts';
import type { CheckStep, CollectingAnswer, CollectingInput, Contexts } from '../../contract/schemas/contexts.ts';
import type { SourceCheck } from '../../core/ports/cluster-source.ts';
import { signalOr } from '../changes/wait-for.ts';
import { type CollectSummary, collectOnce } from '../clusters/collect-once.ts';
import { toPeriod } from '../ranges/instants.ts';
import { durationSeconds } from '../ranges/relative.ts';
import type { ApiDeps } from './deps.ts';
import { progressOf } from './progress.ts';

export async function contexts(deps: ApiDeps): Promise<z.infer<typeof Contexts>> {
  const listing = await deps.directory.list();
  return {
    files: listing.files.map(({ path, problem }) => ({ path, problem })),
    contexts: listing.contexts.map((context) => ({
      name: context.name,
      file: context.file,
      cluster_name: context.clusterName,
      server_url: context.serverUrl,
      user_name: context.userName,
      namespace: context.namespace,
      auth_kind: context.authKind,
      is_current: context.isCurrent,
      is_sample: context.isSample,
      problem: context.problem,
      cluster_id: deps.stateOf(context.name).clusterId,
      collecting: deps.collecting.isCollecting(context.name),
      last_error: lastError(context.name, deps),
    })),
  };
}

function lastError(contextName: string, deps: ApiDeps): { message: string; hint: string | null } | null {
  const failure = deps.collecting.sessions().find((session) => session.contextName === contextName)?.failure ?? null;
  return failure === null ? null : { message: failure.message, hint: failure.hint };
}

/** Tries the sources of a context, whether it is switched on or not; a failed source is a step, not an error. */
export async function* check(
  contextName: string,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): AsyncGenerator<z.infer<typeof CheckStep>, void> {
  const { connect } = await deps.choicesOf(contextName);
  const connection = await deps.directory.connect(contextName, connect);
  try {
    for await (const step of connection.check(signalOr(signal))) yield stepOf(step);
  } finally {
    await connection.close().catch(() => undefined);
  }
}

export async function setCollecting(
  input: z.infer<typeof CollectingInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof CollectingAnswer>> {
  const clusterId = input.collecting
    ? await deps.collecting.switchOn(input.context, durationSeconds(input.backfill), signal)
    : await deps.collecting.switchOff(input.context);
  return { cluster_id: clusterId, collecting: input.collecting };
}

export async function* collectNow(
  input: z.infer<typeof CollectInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): AsyncGenerator<CollectEvent, void> {
  for await (const step of collectOnce(input.context, durationSeconds(input.last), deps, signalOr(signal))) {
    if (step.kind === 'progress') yield { kind: 'progress', progress: progressOf(step.clusterId, step.state) };
    else yield { kind: 'result', result: resultOf(step.result) };
  }
}

function stepOf(step: SourceCheck): z.infer<typeof CheckStep> {
  const { source, state, detail, hint, latencyMilliseconds } = step;
  return { source, state, detail, hint, latency_milliseconds: latencyMilliseconds };
}

function resultOf({ cluster, range, outcome, sources, totals }: CollectSummary) {
  const { whole, partial, noData, alreadyThere, rows, notices } = outcome;
  return {
    cluster_id: cluster.id,
    cluster_name: cluster.name,
    period: toPeriod(range),
    windows: { whole, partial, no_data: noData, already_there: alreadyThere },
    rows,
    sources: sources.map(({ name, state, detail }) => ({ name, state, detail })),
    notices: [...notices],
    totals: {
      energy_joules: totals.joules,
      co2e_grams: totals.co2eGrams,
      embodied_co2e_grams: totals.embodiedCo2eGrams,
      total_cost: totals.totalCost,
    },
  };
}
