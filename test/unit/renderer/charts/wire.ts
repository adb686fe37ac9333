import type { EnergyParts, Figures } from '../../../../src/contract/schemas/figures.ts';
import type {
  CoverageBucket,
  Granularity,
  Timeseries,
  TimeseriesPoint,
} from '../../../../src/contract/schemas/metrics.ts';

/** Answers as the backend would give them, with figures that are easy to follow by hand. */

export const HOUR = 3600;
export const NO_PARTS: EnergyParts = { dynamic_joules: 0, idle_joules: 0, system_joules: 0, unallocated_joules: 0 };

/** Figures in which carbon, energy and cost differ, each with 10 % below and 20 % above. */
export function figures(grams: number, joules = grams * 1000, cost = grams / 10): Figures {
  return {
    co2e_grams: grams * 0.8,
    co2e_low_grams: grams * 0.72,
    co2e_high_grams: grams * 0.96,
    embodied_co2e_grams: grams * 0.2,
    embodied_low_grams: grams * 0.18,
    embodied_high_grams: grams * 0.24,
    energy_joules: joules,
    energy_low_joules: joules * 0.9,
    energy_high_joules: joules * 1.2,
    facility_energy_joules: joules * 1.5,
    facility_energy_low_joules: joules * 1.35,
    facility_energy_high_joules: joules * 1.8,
    total_cost: cost,
    cost_low: cost * 0.9,
    cost_high: cost * 1.2,
    pod_count: 3,
  };
}

export function point(
  atMs: number,
  group: string | undefined,
  grams: number,
  more: Partial<TimeseriesPoint> = {},
): TimeseriesPoint {
  return {
    ...figures(grams),
    timestamp: new Date(atMs).toISOString(),
    parts: NO_PARTS,
    quality: { measured: 0, modelled: 1, default: 0 },
    ...(group === undefined ? {} : { group }),
    ...more,
  };
}

export function coverage(atMs: number, lengthSeconds: number, coveredSeconds = lengthSeconds): CoverageBucket {
  return {
    timestamp: new Date(atMs).toISOString(),
    end: new Date(atMs + lengthSeconds * 1000).toISOString(),
    covered_seconds: coveredSeconds,
    expected_seconds: lengthSeconds,
  };
}

export const T0 = Date.UTC(2026, 10, 12, 13); // Thu 12 Nov, 14:00 in Paris
export const at = (hours: number): number => T0 + hours * HOUR * 1000;

/** Hourly answer: `rows[hour]` maps groups to grams; a null hour was not collected. */
export function hourly(
  rows: readonly (Readonly<Record<string, number>> | null)[],
  startMs = T0,
  granularity: Granularity = 'hour',
): Timeseries {
  const time = (index: number): number => startMs + index * HOUR * 1000;
  return {
    timeseries: rows.flatMap((row, index) =>
      Object.entries(row ?? {}).map(([group, grams]) => point(time(index), group, grams)),
    ),
    buckets: rows.map((row, index) => coverage(time(index), HOUR, row === null ? 0 : HOUR)),
    period: { start: new Date(startMs).toISOString(), end: new Date(time(rows.length)).toISOString() },
    granularity,
    tz: 'Europe/Paris',
    currency: 'EUR',
    approximated_by_hours: false,
  };
}
