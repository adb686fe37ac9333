import type { RecommendationItem } from '../../contract/schemas/recommendations.ts';

/** What each type of recommendation has found, in words. */
export const TYPE_NAMES: Readonly<Record<RecommendationItem['type'], string>> = {
  ZOMBIE_POD: 'Runs for nothing',
  RIGHTSIZING_CPU: 'CPU request too large',
  RIGHTSIZING_MEMORY: 'Memory request too large',
  AUTOSCALING_CANDIDATE: 'Load that autoscaling could follow',
  OFF_PEAK_SCALING: 'Idle at certain hours',
  IDLE_NAMESPACE: 'Idle namespace',
  CARBON_AWARE_SCHEDULING: 'Runs at dirty hours',
  OVERPROVISIONED_NODE: 'Node larger than its work',
  UNDERUTILIZED_NODE: 'Node hardly used',
  CONSOLIDATE_NODES: 'Fewer nodes would do',
  MISSING_REQUESTS: 'Requests missing',
};
