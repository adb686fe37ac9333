import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '../../../src/contract/contract.ts';
import { auditEntry, explanation, qualityReport, scopes } from '../client/explain-answers.ts';

type Outputs = InferContractRouterOutputs<Contract>;

const feed: Outputs['grid']['history']['feed'] = {
  id: 'tables',
  name: 'Bundled tables',
  state: 'working',
  message: null,
  hint: null,
  last_good_at: null,
};
const now: Outputs['grid']['zones']['zones'][number]['now'] = {
  intensity: 253.4,
  low: 215,
  high: 299,
  rung: 'zone-year',
  source: 'Yearly mean of IE',
  at: '2025-01-01T00:00:00Z',
};
const sourceSettings: Outputs['sources']['settings'] = {
  offline: false,
  factor_type: 'lifecycle',
  electricity_maps: { enabled: true, has_key: true },
  gb_carbon_intensity: { enabled: true },
  boavizta: { url: null },
};
const method: Outputs['sources']['method'] = {
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

/** Canned answers of the operations that explain, restate and set up the science. */
export const scienceAnswers = {
  explain: { figure: explanation, quality: qualityReport, scopes },
  grid: {
    zones: {
      period: explanation.period,
      zones: [
        {
          zone: 'IE',
          name: 'Ireland',
          country: 'IE',
          found_by: 'region',
          clusters: [{ id: 'c1', name: 'prod' }],
          node_count: 14,
          factor_type: 'lifecycle',
          now,
          mean: 253.4,
          co2e_grams: 29_400,
          facility_energy_joules: 418_000_000,
          feed,
        },
      ],
    },
    history: {
      zone: 'IE',
      period: explanation.period,
      points: [],
      forecast: [],
      forecast_from: 'none',
      clean_hours: [],
      feed,
    },
  },
  audit: { list: { entries: [auditEntry] } },
  sources: {
    settings: sourceSettings,
    update: sourceSettings,
    test: { ok: true, message: 'Answers in 40 ms', hint: null, latency_ms: 40 },
    states: { sources: [] },
    method,
    updateMethod: method,
  },
} as const satisfies { [Group in keyof Outputs]?: { [Name in keyof Outputs[Group]]?: Outputs[Group][Name] } };
