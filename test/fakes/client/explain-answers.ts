import type { ExplainStep, ExplainTerm, Explanation, Narrowing } from '../../../src/contract/schemas/explain.ts';
import type { QualityReport } from '../../../src/contract/schemas/quality.ts';
import type { AuditRecord, RecomputeEvent } from '../../../src/contract/schemas/restate.ts';
import type { Scopes } from '../../../src/contract/schemas/scopes.ts';

const PERIOD = { start: '2026-11-12T14:00:00Z', end: '2026-11-19T14:00:00Z' };
const QUALITY = { measured: 0.31, modelled: 0.68, default: 0.01 };

const term = (
  symbol: string,
  name: string,
  value: number | null,
  unit: string,
  source: string,
  known: ExplainTerm['known'] = 'modelled',
  at: string | null = null,
): ExplainTerm => ({ symbol, name, value, unit, source, known, at });

const step = (
  id: string,
  title: string,
  [low, value, high]: readonly [number | null, number, number | null],
  unit: string,
  formula: string,
  terms: ExplainTerm[],
  note: string | null = null,
): ExplainStep => ({ id, title, value, low, high, unit, formula, terms, note });

/** Every value is the formula over its terms, to the last digit that a double has. */
const IT = 348_600_000.5;
const FACILITY = IT * 1.2;
const INTENSITY = 253.4;
const OPERATIONAL = (FACILITY / 3_600_000) * INTENSITY;
const EMBODIED = 5_818.25;
const CARBON = OPERATIONAL + EMBODIED;

export const steps: ExplainStep[] = [
  step(
    'carbon',
    'Carbon',
    [28_990, CARBON, 42_610],
    'g CO2e',
    'C_op + C_emb',
    [
      term('C_op', 'Operational carbon', OPERATIONAL, 'g CO2e', 'Step "Operational"'),
      term('C_emb', 'Embodied carbon', EMBODIED, 'g CO2e', 'Step "Embodied"'),
    ],
    'Sum of steps 2 and 6',
  ),
  step(
    'operational',
    'Operational',
    [23_900, OPERATIONAL, 36_100],
    'g CO2e',
    'E / 3600000 × I',
    [
      term('E', 'Energy at the meter', FACILITY, 'J', 'Step "Energy at the meter"', 'default'),
      term(
        'I',
        'Grid intensity, mean weighted by energy',
        INTENSITY,
        'g CO2e/kWh',
        'Electricity Maps v3, IE',
        'measured',
        '2026-11-19T13:00:00Z',
      ),
    ],
    'Hour by hour; 253 is the mean weighted by energy',
  ),
  step('facility-energy', 'Energy at the meter', [364_000_000, FACILITY, 493_000_000], 'J', 'E_IT × PUE', [
    term('E_IT', 'IT energy', IT, 'J', 'Step "IT energy"'),
    term('PUE', 'Power usage effectiveness', 1.2, '', 'Default of the provider, table of 2025', 'default'),
  ]),
  step('it-energy', 'IT energy', [325_000_000, IT, 375_000_000], 'J', 'E_meter + E_model', [
    term('E_meter', 'Measured on 4 nodes', 108_000_000, 'J', 'Kepler 0.11 (RAPL)', 'measured'),
    term('E_model', 'Modelled on 10 nodes', 240_600_000.5, 'J', 'Prometheus (cAdvisor), curves of 2025-06', 'modelled'),
  ]),
  step('node-power', 'Node power, m6i.2xlarge', [34.6, 39.1, 44.7], 'W', 'P_idle + u × (P_full − P_idle) × s', [
    term('P_idle', 'Power when idle', 17.6, 'W', 'Teads, table of 2021-09'),
    term('P_full', 'Power at full load', 76.9, 'W', 'Teads, table of 2021-09'),
    term('u', 'CPU use', 0.31, '1', 'Prometheus (cAdvisor)', 'measured'),
    term('s', 'Scale to the node’s vCPU', null, '1', 'Set for this node', 'person'),
  ]),
  step('embodied', 'Embodied', [4_300, EMBODIED, 7_740], 'g CO2e', 'Σ G × h / L', [
    term('G', 'Making the machine, m6i.2xlarge', 1_340_000, 'g CO2e', 'Boavizta, bundled table of 2025-06'),
    term('h', 'Hours collected', 163, 'h', 'Ledger of windows', 'measured'),
    term('L', 'Hours of life', 43_800, 'h', 'Five years, the usual write-off', 'default'),
  ]),
];

export const narrowing: Narrowing[] = [
  {
    factor: 'pue',
    title: 'PUE of eu-west-1',
    detail: 'default 1.20 on 14 of 14 nodes',
    share: 0.44,
    action: { kind: 'set-pue', label: 'Set value' },
  },
  {
    factor: 'power',
    title: 'CPU model of m6i, m7g',
    detail: '10 of 14 nodes',
    share: 0.31,
    action: { kind: 'install-meter', label: 'Install Kepler' },
  },
  {
    factor: 'intensity',
    title: 'Grid intensity',
    detail: '9 of 163 h by yearly value',
    share: 0.15,
    action: { kind: 'connect-grid', label: 'Connect a source' },
  },
  { factor: 'embodied', title: 'Hardware', detail: 'bundled table', share: 0.1, action: null },
];

export const explanation: Explanation = {
  metric: 'carbon',
  title: 'Carbon of prod-eu-west-1',
  period: PERIOD,
  value: CARBON,
  low: 28_990,
  high: 42_610,
  unit: 'g CO2e',
  steps,
  narrowing,
  quality: QUALITY,
  reasons: ['The PUE is the default of the provider', 'Ten nodes have no meter'],
  calculation_version: '2.0.0',
};

const node = (name: string, more: Partial<QualityReport['nodes'][number]> = {}): QualityReport['nodes'][number] => ({
  cluster: 'c-eu',
  node: name,
  instance_type: 'm6i.2xlarge',
  power: 'Teads curve of the type',
  cpu: 'Prometheus (cAdvisor)',
  intensity: 'Electricity Maps, IE',
  embodied: 'Bundled table',
  joules: 24_000_000,
  ...more,
});

export const qualityReport: QualityReport = {
  period: PERIOD,
  figures: {
    co2e_grams: OPERATIONAL,
    co2e_low_grams: 23_900,
    co2e_high_grams: 36_100,
    embodied_co2e_grams: EMBODIED,
    embodied_low_grams: 4_300,
    embodied_high_grams: 7_740,
    energy_joules: IT,
    energy_low_joules: 325_000_000,
    energy_high_joules: 375_000_000,
    facility_energy_joules: FACILITY,
    facility_energy_low_joules: 364_000_000,
    facility_energy_high_joules: 493_000_000,
    total_cost: 1_008.4,
    cost_low: 1_008.4,
    cost_high: 1_008.4,
    pod_count: 226,
  },
  quality: QUALITY,
  coverage: 163 / 168,
  ladders: [
    {
      quantity: 'power',
      title: 'Power',
      rungs: [
        { rung: 'kepler', title: 'Kepler (RAPL)', joules: 108_000_000, share: 0.31 },
        { rung: 'teads', title: 'Teads curve of the type', joules: 237_000_000, share: 0.68 },
        { rung: 'generic', title: 'Generic curve by vCPU', joules: 3_600_000, share: 0.01 },
      ],
    },
    {
      quantity: 'cpu',
      title: 'CPU use',
      rungs: [
        { rung: 'prometheus', title: 'Prometheus (cAdvisor)', joules: 345_000_000, share: 0.99 },
        { rung: 'requests', title: 'Requests of pods', joules: 3_600_000, share: 0.01 },
      ],
    },
    {
      quantity: 'intensity',
      title: 'Grid intensity',
      rungs: [
        { rung: 'electricity-maps', title: 'Electricity Maps, hourly', joules: 330_000_000, share: 0.945 },
        { rung: 'ember', title: 'Ember, yearly value', joules: 18_600_000, share: 0.055 },
      ],
    },
  ],
  narrowing,
  nodes: [
    node('ip-10-0-12-84'),
    node('ip-10-0-31-17', { joules: 26_500_000 }),
    node('hyb-dub-01', {
      instance_type: 'Xeon D, hybrid',
      power: 'Kepler (RAPL)',
      embodied: 'Formula by vCPU and memory',
      joules: 54_000_000,
    }),
    node('ip-10-0-57-9', {
      instance_type: null,
      power: 'Generic curve by vCPU',
      cpu: 'Requests of pods',
      joules: 3_600_000,
    }),
  ],
};

export const scopes: Scopes = {
  period: PERIOD,
  scope2_location_grams: 4_200,
  scope2_market_grams: 0,
  scope3_category1_grams: 28_000,
  scope3_category1_operational_grams: 23_100,
  scope3_category1_embodied_grams: 4_900,
  scope3_category1_market_grams: 12_400,
  scope3_category2_grams: 918.25,
  scope3_category3_grams: null,
  scope3_category3_market_grams: null,
  total_location_grams: 33_118.25,
  total_market_grams: 13_318.25,
  providers: [],
  notes: ['Own nodes are those without a cloud provider: 4 of 14.', 'No direct factor is known for IE.'],
};

export const auditEntry: AuditRecord = {
  id: 'a1',
  at: '2026-11-19T09:12:00Z',
  cluster: 'c-eu',
  cause: 'pue',
  reason: 'PUE of eu-west-1 set to 1.15 (was 1.20)',
  start: '2026-11-01T00:00:00Z',
  end: '2026-11-19T09:00:00Z',
  windows: 441,
  before: { co2e_grams: 74_000, embodied_co2e_grams: 14_000, total_cost: 2_500, energy_joules: 9e8 },
  after: { co2e_grams: 70_900, embodied_co2e_grams: 14_000, total_cost: 2_500, energy_joules: 9e8 },
  calculation_version: '2.0.0',
};

export const recomputeEvents: RecomputeEvent[] = [
  { kind: 'progress', cluster: 'c-eu', done: 60, total: 163 },
  { kind: 'progress', cluster: 'c-eu', done: 163, total: 163 },
  { kind: 'cluster', cluster: 'c-eu', windows: 163, changed: 150, entry: { ...auditEntry, id: 'a2', cause: 'person' } },
];
