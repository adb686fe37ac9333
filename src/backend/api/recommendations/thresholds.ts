import type * as z from 'zod';
import type { ThresholdSettings, ThresholdSettingsInput } from '../../../contract/schemas/recommendations.ts';
import type { Thresholds } from '../../../model/recommendations/thresholds.ts';
import { changedThresholds, type ThresholdChoices, thresholdsInForce } from '../../settings/thresholds.ts';
import type { RecommendationDeps } from './deps.ts';

type Wire = z.infer<typeof ThresholdSettings>;

export function thresholds({ recommendations, general }: RecommendationDeps): Wire {
  return wireOf(thresholdsInForce(recommendations.thresholds.value, general.value.timeZone));
}

/** In force at once: everything is analysed anew by them. */
export async function updateThresholds(
  input: z.output<typeof ThresholdSettingsInput>,
  deps: RecommendationDeps,
): Promise<Wire> {
  const { thresholds: stored, thresholdsChanged } = deps.recommendations;
  const before = JSON.stringify(thresholds(deps));
  await stored.update((choices) => changedThresholds(choices, choicesOf(input)));
  const after = thresholds(deps);
  if (JSON.stringify(after) !== before) thresholdsChanged();
  return after;
}

function choicesOf(input: z.output<typeof ThresholdSettingsInput>): ThresholdChoices {
  const choices: ThresholdChoices = {
    lookBackDays: input.look_back_days,
    rightsizingShare: input.rightsizing_share,
    headroom: input.headroom,
    autoscalingVariation: input.autoscaling_variation,
    autoscalingSpike: input.autoscaling_spike,
    offPeakShare: input.off_peak_share,
    offPeakMinHours: input.off_peak_min_hours,
    carbonAwareRatio: input.carbon_aware_ratio,
    nodeShare: input.node_share,
    cpuFloorMillicores: input.cpu_floor_millicores,
    memoryFloorBytes: input.memory_floor_bytes,
    idlePodWatts: input.idle_pod_watts,
    idleNamespaceWatts: input.idle_namespace_watts,
    includeSystemNamespaces: input.include_system_namespaces,
  };
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}

function wireOf(thresholds: Thresholds): Wire {
  return {
    look_back_days: thresholds.lookBackDays,
    rightsizing_share: thresholds.rightsizingShare,
    headroom: thresholds.headroom,
    autoscaling_variation: thresholds.autoscalingVariation,
    autoscaling_spike: thresholds.autoscalingSpike,
    off_peak_share: thresholds.offPeakShare,
    off_peak_min_hours: thresholds.offPeakMinHours,
    carbon_aware_ratio: thresholds.carbonAwareRatio,
    node_share: thresholds.nodeShare,
    cpu_floor_millicores: thresholds.cpuFloorMillicores,
    memory_floor_bytes: thresholds.memoryFloorBytes,
    idle_pod_watts: thresholds.idlePodWatts,
    idle_namespace_watts: thresholds.idleNamespaceWatts,
    include_system_namespaces: thresholds.includeSystemNamespaces,
  };
}
