import { IDLE_BYTES_PER_SECOND, IDLE_PEAK_FACTOR } from '../recommendations/idleness.ts';
import { isSystemNamespace } from '../recommendations/system-namespaces.ts';
import { canScale } from '../recommendations/workload-case.ts';
import { SECONDS_PER_HOUR } from '../units.ts';
import type { WorkloadFacts } from './facts.ts';
import { percent, pointsOn, type Scale, shareOf } from './scale.ts';
import { noData, type Outcome, type ScoreScope, type ScoreThresholds } from './scope.ts';

/** Share of energy that serves nobody. */
const WASTE_SCALE: Scale = { none: 1, full: 0 };

/** Energy of idle capacity that nothing reserves, and of pods that do nothing, over all energy. */
export function rateWaste({ namespace, workloads, cluster, thresholds }: ScoreScope): Outcome {
  const zombies = workloads.filter((each) => isZombie(each, thresholds));
  const ofWorkloads = sumJoules(workloads);
  const joules = namespace === null ? cluster.joules : ofWorkloads;
  const unallocated = namespace === null ? cluster.joulesUnallocated : 0;
  const zombie = sumJoules(zombies);
  const wasted = shareOf(unallocated + zombie, joules);
  const figures = {
    energy_joules: joules,
    unallocated_share: namespace === null ? shareOf(unallocated, joules) : null,
    zombie_share: shareOf(zombie, joules),
    zombie_count: zombies.length,
  };
  if (wasted === null) return noData('No energy was counted.', figures);
  const ofZombies = percent(zombie / joules);
  const ofSpare = `${percent(unallocated / joules)} of energy goes to capacity that nothing reserves`;
  return {
    score: pointsOn(WASTE_SCALE, wasted),
    figures,
    note:
      namespace === null
        ? `${ofSpare}, ${ofZombies} to pods that do nothing.`
        : `${ofZombies} of energy goes to pods that do nothing.`,
    how:
      unallocated >= zombie
        ? 'Run fewer or smaller nodes, so that less capacity stands idle.'
        : 'Remove the pods that do nothing, or scale them to zero.',
  };
}

/**
 * A workload that runs and does nothing, as the recommendation ZOMBIE_POD has it: below the idle threshold on average,
 * never far above it, and hardly any traffic. Only what can be switched off for good: agents of nodes are quiet by
 * nature, jobs stop by themselves, and the parts of the cluster itself are nobody's to cut.
 */
export function isZombie(facts: WorkloadFacts, { idlePodWatts, minHours }: ScoreThresholds): boolean {
  const { ownerKind, namespace } = facts.key;
  if (ownerKind === null || !(canScale(ownerKind) || ownerKind === 'Pod')) return false;
  if (namespace === null || isSystemNamespace(namespace)) return false;
  if (facts.hours < minHours || facts.podHours <= 0) return false;
  const podSeconds = facts.podHours * SECONDS_PER_HOUR;
  return (
    facts.joulesDynamic / podSeconds < idlePodWatts &&
    facts.highestPodWatts < idlePodWatts * IDLE_PEAK_FACTOR &&
    facts.networkBytes / podSeconds < IDLE_BYTES_PER_SECOND
  );
}

function sumJoules(workloads: readonly WorkloadFacts[]): number {
  return workloads.reduce((sum, { joules }) => sum + joules, 0);
}
