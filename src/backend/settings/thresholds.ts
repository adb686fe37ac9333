import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../../model/recommendations/thresholds.ts';
import { StoredValue } from './stored-value.ts';

const share = z.number().gt(0).lt(1);
const watts = z.number().gt(0).max(1000);

/** What a person may set; the rest is of the method. Bounds are those of the contract. */
const ChosenThresholds = z.object({
  lookBackDays: z.number().int().min(1).max(31),
  rightsizingShare: share,
  headroom: z.number().min(1).max(5),
  autoscalingVariation: z.number().gt(0).max(10),
  autoscalingSpike: z.number().gt(1).max(100),
  offPeakShare: share,
  offPeakMinHours: z.number().int().min(1).max(23),
  carbonAwareRatio: z.number().gt(1).max(10),
  nodeShare: share,
  cpuFloorMillicores: z.number().min(1).max(10_000),
  memoryFloorBytes: z.number().min(1).max(1e12),
  idlePodWatts: watts,
  idleNamespaceWatts: watts,
  includeSystemNamespaces: z.boolean(),
});
/** Only what differs from the defaults is stored, so that a better default reaches who never chose. */
const StoredThresholds = ChosenThresholds.partial();
export type ThresholdChoices = z.infer<typeof StoredThresholds>;

export function openThresholds(state: AppState): Promise<StoredValue<ThresholdChoices>> {
  return StoredValue.open(state, 'recommendation-thresholds', StoredThresholds, {});
}

/** Choices after a change; what equals its default is not kept. */
export function changedThresholds(before: ThresholdChoices, change: ThresholdChoices): ThresholdChoices {
  const defaults: Readonly<Record<string, unknown>> = { ...DEFAULT_THRESHOLDS };
  const all = Object.entries({ ...before, ...change });
  return Object.fromEntries(all.filter(([name, value]) => value !== undefined && defaults[name] !== value));
}

/** What is in force. Hours of the day are those of the person's time zone; `local` is this machine's. */
export function thresholdsInForce(choices: ThresholdChoices, timeZone: string): Thresholds {
  const chosen = Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_THRESHOLDS, ...chosen, timeZone: timeZone === 'local' ? localZone() : timeZone };
}

function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
