import type * as z from 'zod';
import type { ExplainInput, ExplainStep, Explanation } from '../../contract/schemas/explain.ts';
import { explainAggregate } from '../../core/explain/aggregate.ts';
import { rankNarrowing } from '../../core/explain/narrowing.ts';
import { explainRow } from '../../core/explain/row.ts';
import { rowShare } from '../../core/explain/split-by-sources.ts';
import type { Chain, ExplainStep as CoreStep } from '../../core/explain/step.ts';
import { Failure } from '../../model/failure.ts';
import { BACKFILL_WINDOW_SECONDS, floorTo } from '../../model/time.ts';
import { fromIso, toIso, toPeriod } from '../ranges/instants.ts';
import type { ApiDeps } from './deps.ts';
import { aggregateFacts } from './explain-aggregate.ts';
import { type FoundRow, findRow } from './explain-row.ts';
import { explainTitle } from './explain-title.ts';
import { qualityOf } from './figures.ts';
import { AT_A_GLANCE, nodeShares } from './node-shares.ts';
import { type Scope, scopeOf } from './scope.ts';

type Input = z.infer<typeof ExplainInput>;

/** One row where `timestamp` and the filters name one; else the sum over all that they name. */
export async function explain(
  input: Input,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof Explanation>> {
  const { timestamp, metric, ...rest } = input;
  if (timestamp === undefined) return explainRange(input, await scopeOf(rest, '24h', deps), deps, signal);
  const atSeconds = fromIso(timestamp, 'timestamp');
  const hour = hourOf(atSeconds);
  const scope = await scopeOf({ ...rest, last: undefined, ...hour }, '24h', deps);
  const found = await findRow(scope, atSeconds, deps, signal);
  if (found.kind === 'row') return answerOfRow(found, input, scope);
  if (found.kind === 'several') return explainRange(input, { ...scope, range: found.range }, deps, signal);
  return explainRange(input, scope, deps, signal);
}

function hourOf(atSeconds: number): { start: string; end: string } {
  const startSeconds = floorTo(atSeconds, BACKFILL_WINDOW_SECONDS);
  return { start: toIso(startSeconds), end: toIso(startSeconds + BACKFILL_WINDOW_SECONDS) };
}

async function explainRange(input: Input, scope: Scope, deps: ApiDeps, signal: AbortSignal | undefined) {
  const facts = await aggregateFacts(scope, deps, signal);
  if (facts.totals.joules === 0 && facts.totals.totalCost === 0 && facts.totals.co2eGrams === 0) throw nothing();
  const shares = await nodeShares(scope, AT_A_GLANCE, deps, signal);
  const { reasons, calculationVersion } = facts;
  return {
    metric: input.metric,
    title: explainTitle(input, scope.clusters),
    period: toPeriod(scope.range),
    ...answerOf(explainAggregate(facts, input.metric)),
    narrowing: rankNarrowing(shares, input.metric),
    quality: qualityOf(facts.totals),
    reasons: [...reasons],
    calculation_version: calculationVersion,
  };
}

function answerOfRow({ facts, quality, share }: FoundRow, input: Input, scope: Scope): z.infer<typeof Explanation> {
  const { row } = facts;
  const { startSeconds, durationSeconds } = row;
  return {
    metric: input.metric,
    title: explainTitle({ ...input, namespace: row.namespace, pod: row.podName }, scope.clusters),
    period: toPeriod({ startSeconds, endSeconds: startSeconds + durationSeconds }),
    ...answerOf(explainRow(facts, input.metric)),
    narrowing: rankNarrowing([rowShare(row, share)], input.metric),
    quality,
    reasons: [...row.estimationReasons],
    calculation_version: row.calculationVersion,
  };
}

function answerOf({ value, low, high, unit, steps }: Chain) {
  return { value, low, high, unit, steps: steps.map(stepOf) };
}

function stepOf(step: CoreStep): ExplainStep {
  const terms = step.terms.map(({ atSeconds, ...each }) => ({
    ...each,
    at: atSeconds === null ? null : toIso(atSeconds),
  }));
  return { ...step, terms };
}

function nothing(): Failure {
  return new Failure('not-found', 'There are no figures of this in the range', {
    hint: 'Choose a longer range, or fewer filters.',
  });
}
