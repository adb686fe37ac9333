/** When something is recommended. Settings; the defaults are of METHODOLOGY and of the field (GreenKube, VPA). */
export interface Thresholds {
  readonly lookBackDays: number;
  /** Use over request below which a request is too large. */
  readonly rightsizingShare: number;
  /** Proposed request = need × headroom. */
  readonly headroom: number;
  readonly autoscalingVariation: number;
  readonly autoscalingSpike: number;
  readonly autoscalingMinHours: number;
  /** Share of the peak below which an hour is off-peak. */
  readonly offPeakShare: number;
  readonly offPeakMinHours: number;
  /** IANA name: hours of the day are those of this zone. */
  readonly timeZone: string;
  /** Mean intensity at the hours of use over the zone's mean. */
  readonly carbonAwareRatio: number;
  /** Use over allocatable below which a node is under-used. */
  readonly nodeShare: number;
  readonly cpuFloorMillicores: number;
  readonly memoryFloorBytes: number;
  /** Mean dynamic W of a pod below which it is idle, over the whole look-back. */
  readonly idlePodWatts: number;
  readonly idleNamespaceWatts: number;
  /** Fewer hours with data than this: no verdict that needs history. */
  readonly minHours: number;
  readonly includeSystemNamespaces: boolean;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
  lookBackDays: 7,
  rightsizingShare: 0.3,
  headroom: 1.2,
  autoscalingVariation: 0.7,
  autoscalingSpike: 3,
  autoscalingMinHours: 24,
  offPeakShare: 0.05,
  offPeakMinHours: 4,
  timeZone: 'UTC',
  carbonAwareRatio: 1.5,
  nodeShare: 0.2,
  cpuFloorMillicores: 10,
  memoryFloorBytes: 16 * 2 ** 20,
  idlePodWatts: 0.05,
  idleNamespaceWatts: 0.25,
  minHours: 24,
  includeSystemNamespaces: false,
};
