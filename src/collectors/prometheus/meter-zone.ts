import type { MeterZone } from './kepler-queries.ts';

/** What one counter of a node gained in a window. */
export interface ZonePart {
  readonly zone: string;
  readonly what: string;
  /** What Kepler 0.9 says the value comes from; empty for later ones, which have nothing but the machine's counters. */
  readonly source: string;
  readonly joules: number;
}

/** The meter of a node that counts in a window. */
export interface ZoneJoules {
  readonly zone: MeterZone;
  readonly activeJoules: number;
  readonly idleJoules: number;
  readonly isModelled: boolean;
}

/**
 * Values of the `source` label of Kepler 0.9 that are sensors: RAPL through sysfs or MSR, ACPI power meters, Redfish,
 * the HMC of IBM Z, hwmon of Ampere. Anything else (`trained_power_model`, `estimator`, `none`) is its own model.
 */
const SENSORS = /rapl|acpi|redfish|hmc|hwmon/;

/**
 * Zones are never added up, since the package holds core and uncore, and the platform holds the package: the platform
 * where it is metered, else package and DRAM, which lies outside the package. A model of the platform counts for less
 * than a meter of the package. Null without a meter that moved, or without its idle joules: those would be 0 then.
 */
export function chooseZone(parts: readonly ZonePart[]): ZoneJoules | null {
  const candidates = [
    joulesOf('platform', ['platform'], parts),
    joulesOf('package', ['package', 'dram'], parts),
  ].filter((candidate) => candidate !== null);
  return candidates.find((candidate) => !candidate.isModelled) ?? candidates[0] ?? null;
}

function joulesOf(zone: MeterZone, names: readonly string[], parts: readonly ZonePart[]): ZoneJoules | null {
  const own = parts.filter((part) => names.includes(part.zone));
  const main = own.filter((part) => part.zone === zone);
  if (!main.some((part) => part.joules > 0) || !main.some((part) => part.what === 'idle' && part.joules > 0))
    return null;
  const sum = (what: string): number =>
    own.filter((part) => part.what === what).reduce((total, part) => total + part.joules, 0);
  return {
    zone,
    activeJoules: sum('active'),
    idleJoules: sum('idle'),
    isModelled: main.some((part) => part.source !== '' && !SENSORS.test(part.source)),
  };
}
