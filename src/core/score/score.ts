import type { Score } from '../../model/recommendations/score.ts';
import type { ClusterLayout } from '../../model/scheduling.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import type { UsageHours } from '../ports/usage-hours.ts';
import { SECONDS_PER_HOUR } from '../units.ts';
import { rateCarbon } from './carbon.ts';
import { rateCarbonAware } from './carbon-aware.ts';
import { clusterFacts, workloadFacts } from './facts.ts';
import { rateNodes } from './nodes.ts';
import { rateResourceEfficiency } from './resource-efficiency.ts';
import { rateScaling } from './scaling.ts';
import type { ScoreScope, ScoreThresholds } from './scope.ts';
import { rateStability } from './stability.ts';
import { rateWaste } from './waste.ts';
import { weigh } from './weigh.ts';

export interface ScoreInput {
  readonly clusterId: string;
  readonly atSeconds: EpochSeconds;
  /** Whole hours; those of `workloads` and `nodes`. */
  readonly range: TimeRange;
  readonly workloads: UsageHours;
  readonly nodes: UsageHours;
  readonly layout: ClusterLayout | null;
  readonly thresholds: ScoreThresholds;
}

/** Namespaces that are rated between two pauses. */
const NAMESPACES_A_SLICE = 50;

/**
 * The score of a cluster, then that of each namespace with pods, by name. It can be left off at each `yield`, every few
 * milliseconds.
 */
export function* scoreCluster(input: ScoreInput): Generator<void, Score[]> {
  const { range, layout, thresholds } = input;
  const cluster = yield* clusterFacts(input.nodes, (range.endSeconds - range.startSeconds) / SECONDS_PER_HOUR);
  const workloads = yield* workloadFacts(input.workloads, cluster);
  const scores = [scoreOf({ namespace: null, workloads, cluster, layout, thresholds }, input)];
  const byNamespace = [...Map.groupBy(workloads, ({ key }) => key.namespace)].sort(([a], [b]) =>
    (a ?? '') < (b ?? '') ? -1 : 1,
  );
  for (const [index, [namespace, own]] of byNamespace.entries()) {
    if (namespace === null) continue;
    if (index % NAMESPACES_A_SLICE === 0) yield;
    scores.push(scoreOf({ namespace, workloads: own, cluster, layout, thresholds }, input));
  }
  return scores;
}

function scoreOf(scope: ScoreScope, { clusterId, atSeconds }: ScoreInput): Score {
  const weighed = weigh({
    resource_efficiency: rateResourceEfficiency(scope),
    carbon: rateCarbon(scope),
    waste: rateWaste(scope),
    nodes: rateNodes(scope),
    scaling: rateScaling(scope),
    carbon_aware: rateCarbonAware(scope),
    stability: rateStability(scope),
  });
  return { clusterId, namespace: scope.namespace, atSeconds, ...weighed };
}
