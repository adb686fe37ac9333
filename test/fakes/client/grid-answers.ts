import type {
  GridFeedState,
  GridHistory,
  GridPoint,
  GridZoneSummary,
  GridZones,
} from '../../../src/contract/schemas/grid.ts';
import type { MethodSettings, SourceSettings, SourceState } from '../../../src/contract/schemas/sources.ts';

export const GRID_NOW_MS = Date.UTC(2026, 10, 19, 13, 30);
const HOUR_MS = 3_600_000;
const PERIOD = { start: '2026-11-17T14:00:00Z', end: '2026-11-19T13:30:00Z' };
const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

export const workingFeed: GridFeedState = {
  id: 'electricity-maps',
  name: 'Electricity Maps',
  state: 'working',
  message: null,
  hint: null,
  last_good_at: '2026-11-19T13:05:00Z',
};
export const tablesFeed: GridFeedState = {
  id: 'tables',
  name: 'Bundled tables',
  state: 'not-set-up',
  message: 'Values of the bundled tables serve: no live source is set up for this zone.',
  hint: 'Enter a key of Electricity Maps in the settings.',
  last_good_at: null,
};
export const failedFeed: GridFeedState = {
  ...workingFeed,
  state: 'failed',
  message: 'Electricity Maps refused the key (401).',
  hint: 'Enter a key that is valid in the settings.',
  last_good_at: '2026-11-19T11:00:00Z',
};

export const ireland: GridZoneSummary = {
  zone: 'IE',
  name: 'Ireland',
  country: 'IE',
  found_by: 'region',
  clusters: [{ id: 'c-eu', name: 'prod-eu-west-1' }],
  node_count: 14,
  factor_type: 'lifecycle',
  now: {
    intensity: 287.4,
    low: 273,
    high: 301.8,
    rung: 'live',
    source: 'Electricity Maps',
    at: '2026-11-19T13:00:00Z',
  },
  mean: 253.4,
  co2e_grams: 22_050,
  facility_energy_joules: 313_260_000,
  feed: workingFeed,
};
export const virginia: GridZoneSummary = {
  ...ireland,
  zone: 'US-MIDA-PJM',
  name: 'PJM Interconnection',
  country: 'US',
  clusters: [{ id: 'c-us', name: 'prod-us-east-1' }],
  node_count: 9,
  now: { intensity: 414, low: 248, high: 621, rung: 'zone-year', source: 'bundled tables', at: '2025-01-01T00:00:00Z' },
  mean: 414,
  co2e_grams: 7_350,
  facility_energy_joules: 63_900_000,
  feed: tablesFeed,
};
export const unknownPlace: GridZoneSummary = {
  ...virginia,
  zone: 'WORLD',
  name: 'World',
  country: null,
  found_by: 'unknown',
  clusters: [{ id: 'c-ap', name: 'prod-ap-south-1' }],
  node_count: 3,
  now: { intensity: 475, low: 190, high: 900, rung: 'world', source: 'bundled tables', at: null },
  mean: 475,
  co2e_grams: 0,
  facility_energy_joules: 0,
};
export const gridZones: GridZones = { period: PERIOD, zones: [virginia, ireland, unknownPlace] };

/** A day with a dip at noon; intensities of a place with sun and wind. */
const ofHour = (ms: number): number => {
  const hour = (ms / HOUR_MS) % 24;
  return (
    250 - 95 * Math.exp(-((hour - 13) ** 2) / 9) + 45 * Math.exp(-((hour - 19) ** 2) / 5) + 12 * Math.sin(ms / 4e7)
  );
};

export function gridPoint(ms: number, more: Partial<GridPoint> = {}): GridPoint {
  const intensity = ofHour(ms);
  const width = more.is_forecast === true ? 0.15 : 0.05;
  return {
    timestamp: iso(ms),
    duration_seconds: 3600,
    intensity,
    low: intensity * (1 - width),
    high: intensity * (1 + width),
    is_forecast: false,
    rung: 'live',
    ...more,
  };
}

const hoursFrom = (start: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => start + index * HOUR_MS);

/** 47 hours up to now (three of them missing, six estimated), 24 to come from a published forecast. */
export function liveHistory(start = Date.parse(PERIOD.start), end = GRID_NOW_MS): GridHistory {
  const first = Math.ceil(start / HOUR_MS) * HOUR_MS;
  const past = hoursFrom(first, Math.floor((end - first) / HOUR_MS));
  const next = Math.floor(end / HOUR_MS) * HOUR_MS + HOUR_MS;
  const isMissing = (index: number): boolean => index >= 20 && index < 23;
  const noon = hoursFrom(next, 24).find((ms) => new Date(ms).getUTCHours() === 11) ?? next;
  return {
    zone: 'IE',
    period: { start: iso(start), end: iso(end) },
    points: past.flatMap((ms, index) => {
      if (isMissing(index)) return [];
      return [gridPoint(ms, index >= past.length - 6 ? { rung: 'estimated' } : {})];
    }),
    forecast: hoursFrom(next, 24).map((ms) => gridPoint(ms, { is_forecast: true, rung: 'live' })),
    forecast_from: 'published',
    clean_hours: [{ start: iso(noon), end: iso(noon + 3 * HOUR_MS), intensity: 168.2, below_mean: 0.32 }],
    feed: workingFeed,
  };
}

/** A zone of which only a yearly value is known. */
export function yearlyHistory(zone = 'US-MIDA-PJM'): GridHistory {
  return {
    zone,
    period: PERIOD,
    points: hoursFrom(Date.parse(PERIOD.start), 47).map((ms) =>
      gridPoint(ms, { intensity: 414, low: 248, high: 621, rung: 'zone-year' }),
    ),
    forecast: [],
    forecast_from: 'none',
    clean_hours: [],
    feed: tablesFeed,
  };
}

export const sourceSettings: SourceSettings = {
  offline: false,
  factor_type: 'lifecycle',
  electricity_maps: { enabled: true, has_key: true },
  gb_carbon_intensity: { enabled: true },
  boavizta: { url: null },
};

const state = (id: SourceState['id'], more: Partial<SourceState> = {}): SourceState => ({
  id,
  cluster: null,
  state: 'working',
  message: null,
  hint: null,
  last_good_at: '2026-11-19T13:05:00Z',
  ...more,
});
export const sourceStates: { sources: SourceState[] } = {
  sources: [
    state('electricity-maps', {
      state: 'failed',
      message: failedFeed.message,
      hint: failedFeed.hint,
      last_good_at: failedFeed.last_good_at,
    }),
    state('gb-carbon-intensity', { state: 'waiting', message: 'It was not asked yet.', last_good_at: null }),
    state('boavizta', { state: 'not-set-up', message: 'The bundled table serves.', last_good_at: null }),
    state('opencost', { cluster: 'c-eu' }),
  ],
};

export const method: MethodSettings = {
  pue: null,
  zone: null,
  zone_rules: [],
  contract: null,
  prices: {
    cpu_core_hour: null,
    memory_gb_hour: null,
    storage_gb_hour: null,
    network_gb: null,
    gpu_hour: null,
    currency: null,
  },
  opencost: { url: null, off: false },
};
