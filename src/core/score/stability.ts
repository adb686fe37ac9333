import { pointsOn, type Scale } from './scale.ts';
import { noData, type Outcome, type ScoreScope } from './scope.ts';

const HOURS_PER_DAY = 24;

/** Restarts a pod and day. */
const RESTART_SCALE: Scale = { none: 1, full: 0 };

/** Work that is thrown away by restarts: restarts of containers over the days that pods ran. */
export function rateStability({ workloads }: ScoreScope): Outcome {
  const podDays = workloads.reduce((sum, each) => sum + each.podHours, 0) / HOURS_PER_DAY;
  const restarts = workloads.reduce((sum, each) => sum + each.restarts, 0);
  if (podDays <= 0) return noData('No pod ran.', { pod_days: 0, restarts });
  const perPodDay = restarts / podDays;
  return {
    score: pointsOn(RESTART_SCALE, perPodDay),
    figures: { restarts, pod_days: podDays, restarts_per_pod_day: perPodDay },
    note: `Containers restarted ${restarts} times in ${podDays.toFixed(1)} days of pods.`,
    how: 'Find out why containers restart (memory limits and liveness probes first).',
  };
}
