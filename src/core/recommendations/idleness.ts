import { SECONDS_PER_HOUR } from '../units.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { isBelow } from './statistics.ts';
import type { HourlyUsage } from './usage-lines.ts';

/** Bytes a second and pod, in and out together. Probes and scrapes of an idle pod stay below. */
export const IDLE_BYTES_PER_SECOND = 1024;
/** In no hour more than this many times the threshold: what works for an hour a week isn't idle. */
export const IDLE_PEAK_FACTOR = 5;

/** How idle something was over the hours that are known of it. */
export interface Idleness {
  /** Dynamic W by hour: of a pod, or of all. */
  readonly watts: readonly (number | null)[];
  readonly meanWatts: number;
  readonly highestWatts: number;
  /** Both directions, a pod. */
  readonly bytesPerSecond: number;
}

/** Power and traffic; `per` pod, or of everything together (traffic stays per pod). */
export function idlenessOf(usage: HourlyUsage, per: 'pod' | 'all'): Idleness {
  const pods = usage.column('podCount');
  const watts: (number | null)[] = [];
  let podSeconds = 0;
  usage.column('joulesDynamic').forEach((joules, hour) => {
    const count = pods[hour] ?? 0;
    const isKnown = !Number.isNaN(joules) && count > 0;
    if (isKnown) podSeconds += count * SECONDS_PER_HOUR;
    watts.push(isKnown ? joules / SECONDS_PER_HOUR / (per === 'pod' ? count : 1) : null);
  });
  const known = watts.filter((value) => value !== null);
  const bytes = usage.sum('networkReceiveBytes') + usage.sum('networkTransmitBytes');
  return {
    watts,
    meanWatts: known.reduce((sum, value) => sum + value, 0) / known.length,
    highestWatts: Math.max(0, ...known),
    bytesPerSecond: podSeconds > 0 ? bytes / podSeconds : 0,
  };
}

/** Below the threshold on average (exactly at it is not idle), never far above it, and hardly any traffic. */
export function isIdle(idleness: Idleness, thresholdWatts: number): boolean {
  return (
    isBelow(idleness.meanWatts, thresholdWatts) &&
    isBelow(idleness.highestWatts, thresholdWatts * IDLE_PEAK_FACTOR) &&
    isBelow(idleness.bytesPerSecond, IDLE_BYTES_PER_SECOND)
  );
}

/** Without traffic figures idleness rests on power alone: a doubt. */
export function idleDoubts(context: AnalysisContext): number {
  return context.knowsNetwork ? 0 : 1;
}

export function trafficWords(context: AnalysisContext, idleness: Idleness): string {
  return context.knowsNetwork
    ? `${Math.round(idleness.bytesPerSecond)} B/s of traffic a pod`
    : 'traffic was not measured';
}

/** For people: `0.012 W`. */
export function sayWatts(watts: number): string {
  return `${Number(watts.toPrecision(2))} W`;
}

/** `7 days`, or hours where it is less than two. */
export function sayTime(hours: number): string {
  return hours >= 48 ? `${Math.floor(hours / 24)} days` : `${hours} h`;
}
