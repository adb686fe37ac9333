import { percent, pointsOn, type Scale, shareOf } from './scale.ts';
import { noData, type Outcome, type ScoreScope } from './scope.ts';

/** Share of what nodes can give; some room is needed for a node that fails and for growth. */
const RESERVED_SCALE: Scale = { none: 0, full: 0.85 };

/**
 * How full the nodes are by what pods reserve: half CPU, half memory, weighted by the idle power of each node. Idle
 * energy is split by just that share (METHODOLOGY 1.7), so it is idle energy that pods hold over all idle energy.
 */
export function rateNodes({ namespace, cluster }: ScoreScope): Outcome {
  if (namespace !== null) return noData('Nodes are judged for the whole cluster only.');
  const reserved = shareOf(cluster.joulesIdle, cluster.joulesIdle + cluster.joulesUnallocated);
  if (reserved === null) return noData('No idle energy of nodes was counted.', { reserved_share: null });
  return {
    score: pointsOn(RESERVED_SCALE, reserved),
    figures: { reserved_share: reserved },
    note: `Pods reserve ${percent(reserved)} of what the nodes can give.`,
    how: `Place pods on fewer nodes: ${percent(RESERVED_SCALE.full)} reserved earns all points.`,
  };
}
