import { describe, expect, test } from 'vitest';
import { explainRow } from '../../../../src/core/explain/row.ts';
import type { RowFacts } from '../../../../src/core/explain/row-facts.ts';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import { coefficientsOf, factsOf, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';
import { factsOfKind, storedRows, windowOf } from './stored.ts';
import { written } from './written.ts';

const base = coefficientsOf();
const carbon = (facts: RowFacts) => written(explainRow(facts, 'carbon'));
const energy = (facts: RowFacts) => written(explainRow(facts, 'energy'));

/** The same node as in the worked rows, with sources of other rungs. */
describe('a worked row of the worst rungs', () => {
  const rows = windowOf(
    nodeFactsOf({ node: nodeOf({ provider: 'unknown', zone: null, instanceType: null }), cpuSource: 'pod-sum' }),
    {
      curve: { ...base.curve, id: 'unknown/unknown type/generic', source: 'generic' },
      pue: { pue: 1.58, source: 'on-prem', factor: { low: 0.76, high: 1.27 } },
      intensity: { ...base.intensity, gramsPerKwh: 475, zone: 'WORLD', source: 'world', atSeconds: null },
      embodied: { ...base.embodied, lifespanHours: 43_800, source: 'formula' },
    },
  );

  test('carbon of the pod says of each value that it is a default', () => {
    expect(carbon(factsOfKind(rows, 'pod'))).toMatchInlineSnapshot(`
      [
        "carbon: 10.519375 g = operational + embodied",
        "  operational = 10.319375 g | Operational | modelled | Step "Operational"",
        "  embodied = 0.2 g | Embodied | modelled | Step "Embodied"",
        "operational: 10.319375 g = energy × intensity",
        "  energy = 0.021725 kWh | Energy at the meter | modelled | Step "Energy at the meter"",
        "  intensity = 475 g/kWh | Grid intensity of FR | default | Mean of the world (methodology 0.9)",
        "facility-energy: 0.021725 kWh = it_energy × pue",
        "  it_energy = 0.01375 kWh | IT energy | modelled | Step "IT energy"",
        "  pue = 1.58 | PUE | default | Average of own data centres, Uptime Institute (methodology 0.8)",
        "it-energy: 0.01375 kWh = dynamic + idle",
        "  dynamic = 0.01125 kWh | Energy of work | modelled | Step "Energy of work"",
        "  idle = 0.0025 kWh | Idle energy of the reservation | modelled | Step "Idle energy of the reservation"",
        "  (Before PUE.)",
        "dynamic: 0.01125 kWh = node_dynamic × cpu ÷ cpu_all",
        "  node_dynamic = 0.01125 kWh | Energy above idle of node-a | modelled | Step "Energy above idle of node-a"",
        "  cpu = 1800 s | CPU seconds of this row | measured | Prometheus: cAdvisor",
        "  cpu_all = 1800 s | CPU seconds of all pods and the system | measured | Prometheus: cAdvisor",
        "idle: 0.0025 kWh = node_idle × share",
        "  node_idle = 0.01 kWh | Idle energy of node-a | modelled | Step "Idle energy of node-a"",
        "  share = 0.25 | Share of the node that is reserved | measured | Step "Share of the node that is reserved"",
        "reservation: 0.25 = (0.5 × max(cpu_request, cpu_use) ÷ cpu_allocatable + 0.5 × max(memory_request, memory_use) ÷ memory_allocatable) × window ÷ existed ÷ max(1, all_shares)",
        "  cpu_request = 1000 mCPU | CPU requested, mean of the window | measured | Kubernetes: requests",
        "  cpu_use = 500 mCPU | CPU used, mean of the window | measured | Prometheus: cAdvisor",
        "  cpu_allocatable = 4000 mCPU | CPU that the node can give | measured | Kubernetes: allocatable",
        "  memory_request = 4000000000 B | Memory requested, mean of the window | measured | Kubernetes: requests",
        "  memory_use = 2000000000 B | Memory used, mean of the window | measured | Prometheus: cAdvisor",
        "  memory_allocatable = 16000000000 B | Memory that the node can give | measured | Kubernetes: allocatable",
        "  window = 3600 s | Seconds of the window | measured | Window",
        "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
        "  all_shares = 0.25 | Shares of all pods together | measured | Rows of the node in this window",
        "node-dynamic: 0.01125 kWh = max(0, power − p0) × existed ÷ 3600000",
        "  power = 21.25 W | Power of node-a | default | Step "Power of node-a"",
        "  p0 = 10 W | Power at 0 % CPU | default | General watts per vCPU (methodology 1.1 e)",
        "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
        "node-idle: 0.01 kWh = p0 × existed ÷ 3600000",
        "  p0 = 10 W | Power at 0 % CPU | default | General watts per vCPU (methodology 1.1 e)",
        "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
        "node-power: 21.25 W = p_from + (p_to − p_from) × (u − u_from) ÷ (u_to − u_from)",
        "  p_from = 16 W | Power at 10 % CPU | default | General watts per vCPU (methodology 1.1 e)",
        "  p_to = 30 W | Power at 50 % CPU | default | General watts per vCPU (methodology 1.1 e)",
        "  u = 0.25 | CPU use of node-a | measured | Step "CPU use of node-a"",
        "  u_from = 0.1 | Point below | default | unknown/unknown type/generic",
        "  u_to = 0.5 | Point above | default | unknown/unknown type/generic",
        "  (Curve unknown/unknown type/generic, straight between its points.)",
        "utilisation: 0.25 = min(1, cpu_seconds ÷ (vcpu × existed))",
        "  cpu_seconds = 3600 s | CPU seconds of the node | measured | Sum of the pods",
        "  vcpu = 4 | vCPU of the node | measured | Kubernetes: capacity",
        "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
        "embodied: 0.2 g = kilograms × 1000 × hours ÷ lifespan × share",
        "  kilograms = 35.04 kg | Making node-a, whole life | default | Formula of methodology 1.10 (CCF/Teads)",
        "  hours = 1 h | Hours that the node existed | measured | Window",
        "  lifespan = 43800 h | Hours that a machine lives | default | Methodology 1.10",
        "  share = 0.25 | Share of the node that is reserved | measured | Step "Share of the node that is reserved"",
      ]
    `);
  });
});

describe('a worked row of the best rungs', () => {
  const rows = windowOf(
    nodeFactsOf({
      meter: { exporter: 'kepler', zone: 'platform', activeJoules: 60_000, idleJoules: 90_000, isModelled: false },
    }),
    {
      pue: { pue: 1.15, source: 'person', factor: { low: 0.97, high: 1.03 } },
      intensity: { ...base.intensity, gramsPerKwh: 42, source: 'live', atSeconds: Date.UTC(2026, 2, 10, 12) / 1000 },
      embodied: { ...base.embodied, source: 'boavizta', kilograms: 24 },
      prices: { ...base.prices, cpuCoreHour: 0.031, source: 'person' },
    },
  );

  test('carbon of spare capacity', () => {
    expect(carbon(factsOfKind(rows, 'unallocated'))).toMatchInlineSnapshot(`
      [
        "carbon: 1.46460488 g = operational + embodied",
        "  operational = 0.95090625 g | Operational | modelled | Step "Operational"",
        "  embodied = 0.51369863 g | Embodied | modelled | Step "Embodied"",
        "operational: 0.95090625 g = energy × intensity",
        "  energy = 0.022640625 kWh | Energy at the meter | modelled | Step "Energy at the meter"",
        "  intensity = 42 g/kWh | Grid intensity of FR | measured | Published value of FR",
        "facility-energy: 0.022640625 kWh = it_energy × pue",
        "  it_energy = 0.0196875 kWh | IT energy | modelled | Step "IT energy"",
        "  pue = 1.15 | PUE | person | Setting "PUE" of the cluster",
        "it-energy: 0.0196875 kWh = idle",
        "  idle = 0.0196875 kWh | Idle energy that nobody reserved | modelled | Step "Idle energy that nobody reserved"",
        "  (Before PUE.)",
        "idle: 0.0196875 kWh = node_idle × share",
        "  node_idle = 0.02625 kWh | Idle energy of node-a | modelled | Step "Idle energy of node-a"",
        "  share = 0.75 | Share of the node that is reserved | measured | Step "Share of the node that is reserved"",
        "reservation: 0.75 = 1 − min(1, reserved)",
        "  reserved = 0.25 | Shares of 1 pods together | measured | Rows of the node in this window",
        "node-idle: 0.02625 kWh = meter_idle × to_plug",
        "  meter_idle = 0.025 kWh | Metered at idle | measured | kepler platform: Energy meter of the machine (Kepler)",
        "  to_plug = 1.05 | From the meter to the plug | modelled | Losses of the power supply (methodology 1.8)",
        "node-power: 43.75 W = meter × to_plug ÷ existed",
        "  meter = 150000 J | Metered energy of the window | measured | kepler platform: Energy meter of the machine (Kepler)",
        "  to_plug = 1.05 | From the meter to the plug | modelled | Losses of the power supply (methodology 1.8)",
        "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
        "  (Energy meter of the machine; zones of the meter are never added up.)",
        "embodied: 0.51369863 g = kilograms × 1000 × hours ÷ lifespan × share",
        "  kilograms = 24 kg | Making m5.xlarge, whole life | modelled | Boavizta API, embedded impact of the type",
        "  hours = 1 h | Hours that the node existed | measured | Window",
        "  lifespan = 35040 h | Hours that a machine lives | default | Methodology 1.10",
        "  share = 0.75 | Share of the node that is reserved | measured | Step "Share of the node that is reserved"",
      ]
    `);
  });

  test('cost of spare capacity by the prices of a person', () => {
    expect(written(explainRow(factsOfKind(rows, 'unallocated'), 'cost'))).toMatchInlineSnapshot(`
      [
        "cost: 0.153 USD = cpu + memory",
        "  cpu = 0.093 USD | Cost of CPU | person | Step "Cost of CPU"",
        "  memory = 0.06 USD | Cost of memory | person | Step "Cost of memory"",
        "cost-cpu: 0.093 USD = price × max(0, allocatable ÷ 1000 × hours − held)",
        "  price = 0.031 USD | Price of a vCPU-hour | person | Setting "prices" of the cluster",
        "  allocatable = 4000 mCPU | CPU that the node can give | measured | Kubernetes: allocatable",
        "  hours = 1 h | Hours of the window | measured | Window",
        "  held = 1 h | vCPU-hours that pods pay for | measured | Rows of the node in this window",
        "cost-memory: 0.06 USD = price × max(0, allocatable ÷ 1000000000 × hours − held)",
        "  price = 0.005 USD | Price of a GB-hour | person | Setting "prices" of the cluster",
        "  allocatable = 16000000000 B | Memory that the node can give | measured | Kubernetes: allocatable",
        "  hours = 1 h | Hours of the window | measured | Window",
        "  held = 4 h | GB-hours that pods pay for | measured | Rows of the node in this window",
      ]
    `);
  });
});

test('a node without samples: idle power alone, by what is reserved', () => {
  const rows = windowOf(
    nodeFactsOf({
      cpuSeconds: null,
      cpuSource: 'no-samples',
      pods: [podFactsOf({ cpuSeconds: 0, usageSource: 'requests' })],
    }),
  );
  expect(energy(factsOfKind(rows, 'pod'))).toMatchInlineSnapshot(`
    [
      "facility-energy: 0.003 kWh = it_energy × pue",
      "  it_energy = 0.0025 kWh | IT energy | modelled | Step "IT energy"",
      "  pue = 1.2 | PUE | modelled | pue.csv (2021–2024): mean of aws eu-west-3a",
      "it-energy: 0.0025 kWh = idle",
      "  idle = 0.0025 kWh | Idle energy of the reservation | modelled | Step "Idle energy of the reservation"",
      "  (Before PUE.)",
      "idle: 0.0025 kWh = node_idle × share",
      "  node_idle = 0.01 kWh | Idle energy of node-a | modelled | Step "Idle energy of node-a"",
      "  share = 0.25 | Share of the node that is reserved | measured | Step "Share of the node that is reserved"",
      "reservation: 0.25 = (0.5 × max(cpu_request, cpu_use) ÷ cpu_allocatable + 0.5 × max(memory_request, memory_use) ÷ memory_allocatable) × window ÷ existed ÷ max(1, all_shares)",
      "  cpu_request = 1000 mCPU | CPU requested, mean of the window | measured | Kubernetes: requests",
      "  cpu_use = 0 mCPU | CPU used, mean of the window | default | No sample: its requests",
      "  cpu_allocatable = 4000 mCPU | CPU that the node can give | measured | Kubernetes: allocatable",
      "  memory_request = 4000000000 B | Memory requested, mean of the window | measured | Kubernetes: requests",
      "  memory_use = 2000000000 B | Memory used, mean of the window | default | No sample: its requests",
      "  memory_allocatable = 16000000000 B | Memory that the node can give | measured | Kubernetes: allocatable",
      "  window = 3600 s | Seconds of the window | measured | Window",
      "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
      "  all_shares = 0.25 | Shares of all pods together | measured | Rows of the node in this window",
      "node-idle: 0.01 kWh = p0 × existed ÷ 3600000",
      "  p0 = 10 W | Power at 0 % CPU | modelled | instance_types.csv (CCF 2026-04): Teads curve of the type",
      "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
      "node-power: 10 W = p_from + (p_to − p_from) × (u − u_from) ÷ (u_to − u_from)",
      "  p_from = 10 W | Power at 0 % CPU | modelled | instance_types.csv (CCF 2026-04): Teads curve of the type",
      "  p_to = 16 W | Power at 10 % CPU | modelled | instance_types.csv (CCF 2026-04): Teads curve of the type",
      "  u = 0 | CPU use of node-a | measured | Step "CPU use of node-a"",
      "  u_from = 0 | Point below | modelled | aws/m5.xlarge/teads",
      "  u_to = 0.1 | Point above | modelled | aws/m5.xlarge/teads",
      "  (Curve aws/m5.xlarge/teads, straight between its points.)",
      "utilisation: 0 = recorded",
      "  recorded = 0 | As recorded | default | No samples: counts as idle",
      "  (The node sent no samples; it counts at idle power.)",
    ]
  `);
});

test('a volume of 500 GB on SSD, kept twice', () => {
  const volume = {
    namespace: 'shop',
    claim: 'data',
    storageClass: 'gp3',
    provisioner: 'ebs.csi.aws.com',
    diskType: 'gp3',
    requestedBytes: 500e9,
    usedBytes: 100e9,
    aliveSeconds: 3600,
    node: null,
    team: null,
    place: nodeOf(),
  };
  const computed = computeWindow({
    clusterId: 'c',
    facts: { ...factsOf([nodeFactsOf()]), volumes: [volume] },
    coefficientsOf: () => base,
    zoneOf: () => 'FR',
    volumeOf: () => ({
      medium: 'ssd',
      wattHoursPerTerabyteHour: 1.2,
      replication: 2,
      factor: { low: 0.5, high: 2 },
      flags: [],
    }),
  });
  const row = factsOfKind(storedRows(computed), 'volume');
  expect(carbon(row)).toMatchInlineSnapshot(`
    [
      "carbon: 0.144 g = operational + embodied",
      "  operational = 0.144 g | Operational | modelled | Step "Operational"",
      "  embodied = 0 g | Embodied | modelled | Step "Embodied"",
      "operational: 0.144 g = energy × intensity",
      "  energy = 0.00144 kWh | Energy at the meter | modelled | Step "Energy at the meter"",
      "  intensity = 100 g/kWh | Grid intensity of FR | modelled | electricity_maps_yearly_ODbL.csv (Electricity Maps, ODbL 1.0, 2021–2025): FR",
      "facility-energy: 0.00144 kWh = it_energy × pue",
      "  it_energy = 0.0012 kWh | IT energy | modelled | Step "IT energy"",
      "  pue = 1.2 | PUE | modelled | pue.csv (2021–2024): mean of aws eu-west-3a",
      "it-energy: 0.0012 kWh = storage",
      "  storage = 0.0012 kWh | Energy of the volume | modelled | Step "Energy of the volume"",
      "  (Before PUE.)",
      "volume: 0.0012 kWh = terabytes × hours × per_tb_hour × copies ÷ 1000",
      "  terabytes = 0.5 TB | Requested size, mean of the window | measured | Kubernetes: persistent volume claim",
      "  hours = 1 h | Hours of the window | measured | Window",
      "  per_tb_hour = 1.2 Wh | Energy of a terabyte-hour, SSD | modelled | provider_default_coefficients.csv (2026) (methodology 1.4)",
      "  copies = 2 | Copies that the provider keeps | modelled | provider_default_coefficients.csv (2026) (methodology 1.4)",
      "  (The provider sets the requested size aside, used or not.)",
      "embodied: 0 g = 0",
      "  (No embodied emissions are known for volumes.)",
    ]
  `);
  expect(written(explainRow(row, 'cost'))).toMatchInlineSnapshot(`
    [
      "cost: 0.05 USD = storage",
      "  storage = 0.05 USD | Cost of storage | default | Step "Cost of storage"",
      "cost-storage: 0.05 USD = price × size ÷ 1000000000 × hours",
      "  price = 0.0001 USD | Price of a GB-hour of storage | default | Default prices (methodology 0.12)",
      "  size = 500000000000 B | Requested size, mean of the window | measured | Kubernetes: persistent volume claim",
      "  hours = 1 h | Hours of the window | measured | Window",
    ]
  `);
});

test('cards that nothing tells of, held for half of the window', () => {
  const gpu = {
    model: null,
    tdpWatts: 300,
    isKnown: false,
    factors: {
      measured: { low: 0.9, high: 1.15 },
      utilisation: { low: 0.5, high: 1.6 },
      assumed: { low: 0.4, high: 2 },
    },
  };
  const pods = [podFactsOf({ gpuRequest: 2, aliveSeconds: 1800 })];
  const rows = windowOf(nodeFactsOf({ node: nodeOf({ gpuCount: 2 }), pods }), { gpu });
  expect(energy(factsOfKind(rows, 'pod'))).toMatchInlineSnapshot(`
    [
      "facility-energy: 0.21273 kWh = it_energy × pue",
      "  it_energy = 0.177275 kWh | IT energy | modelled | Step "IT energy"",
      "  pue = 1.2 | PUE | modelled | pue.csv (2021–2024): mean of aws eu-west-3a",
      "it-energy: 0.177275 kWh = dynamic + idle + gpu",
      "  dynamic = 0.005625 kWh | Energy of work | modelled | Step "Energy of work"",
      "  idle = 0.00125 kWh | Idle energy of the reservation | modelled | Step "Idle energy of the reservation"",
      "  gpu = 0.1704 kWh | Energy of GPUs | modelled | Step "Energy of GPUs"",
      "  (Before PUE.)",
      "dynamic: 0.005625 kWh = node_dynamic × cpu ÷ cpu_all",
      "  node_dynamic = 0.01125 kWh | Energy above idle of node-a | modelled | Step "Energy above idle of node-a"",
      "  cpu = 1800 s | CPU seconds of this row | measured | Prometheus: cAdvisor",
      "  cpu_all = 3600 s | CPU seconds of all pods and the system | measured | Prometheus: cAdvisor",
      "idle: 0.00125 kWh = node_idle × share",
      "  node_idle = 0.01 kWh | Idle energy of node-a | modelled | Step "Idle energy of node-a"",
      "  share = 0.125 | Share of the node that is reserved | measured | Step "Share of the node that is reserved"",
      "reservation: 0.125 = (0.5 × max(cpu_request, cpu_use) ÷ cpu_allocatable + 0.5 × max(memory_request, memory_use) ÷ memory_allocatable) × window ÷ existed ÷ max(1, all_shares)",
      "  cpu_request = 500 mCPU | CPU requested, mean of the window | measured | Kubernetes: requests",
      "  cpu_use = 500 mCPU | CPU used, mean of the window | measured | Prometheus: cAdvisor",
      "  cpu_allocatable = 4000 mCPU | CPU that the node can give | measured | Kubernetes: allocatable",
      "  memory_request = 2000000000 B | Memory requested, mean of the window | measured | Kubernetes: requests",
      "  memory_use = 1000000000 B | Memory used, mean of the window | measured | Prometheus: cAdvisor",
      "  memory_allocatable = 16000000000 B | Memory that the node can give | measured | Kubernetes: allocatable",
      "  window = 3600 s | Seconds of the window | measured | Window",
      "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
      "  all_shares = 0.125 | Shares of all pods together | measured | Rows of the node in this window",
      "gpu: 0.1704 kWh = tdp × (0.116 × cards + (1.02 − 0.116) × in_use) × hours ÷ 1000",
      "  tdp = 300 W | TDP of the card | default | gpu_tdp.csv (2026) at half use",
      "  cards = 1 | Cards held | measured | Kubernetes: requests",
      "  in_use = 0.5 | Cards in use, mean | default | gpu_tdp.csv (2026) at half use",
      "  hours = 1 h | Hours of the window | measured | Window",
      "  (Nothing tells how busy the cards were: half is assumed.)",
      "node-dynamic: 0.01125 kWh = max(0, power − p0) × existed ÷ 3600000",
      "  power = 21.25 W | Power of node-a | modelled | Step "Power of node-a"",
      "  p0 = 10 W | Power at 0 % CPU | modelled | instance_types.csv (CCF 2026-04): Teads curve of the type",
      "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
      "node-idle: 0.01 kWh = p0 × existed ÷ 3600000",
      "  p0 = 10 W | Power at 0 % CPU | modelled | instance_types.csv (CCF 2026-04): Teads curve of the type",
      "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
      "node-power: 21.25 W = p_from + (p_to − p_from) × (u − u_from) ÷ (u_to − u_from)",
      "  p_from = 16 W | Power at 10 % CPU | modelled | instance_types.csv (CCF 2026-04): Teads curve of the type",
      "  p_to = 30 W | Power at 50 % CPU | modelled | instance_types.csv (CCF 2026-04): Teads curve of the type",
      "  u = 0.25 | CPU use of node-a | measured | Step "CPU use of node-a"",
      "  u_from = 0.1 | Point below | modelled | aws/m5.xlarge/teads",
      "  u_to = 0.5 | Point above | modelled | aws/m5.xlarge/teads",
      "  (Curve aws/m5.xlarge/teads, straight between its points.)",
      "utilisation: 0.25 = min(1, cpu_seconds ÷ (vcpu × existed))",
      "  cpu_seconds = 3600 s | CPU seconds of the node | measured | Prometheus: node_exporter",
      "  vcpu = 4 | vCPU of the node | measured | Kubernetes: capacity",
      "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
    ]
  `);
});
