import { describe, expect, test } from 'vitest';
import { explainRow } from '../../../../src/core/explain/row.ts';
import type { ExplainMetric } from '../../../../src/core/explain/step.ts';
import { nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';
import { factsOfKind, windowOf } from './stored.ts';
import { written } from './written.ts';

/**
 * m5.xlarge (10, 16, 30 and 40 W), 4 vCPU and 16 GB, an hour; 3,600 of 14,400 CPU seconds used, 1,800 of them by the pod,
 * which asks for 1 vCPU and 4 GB. PUE 1.2, 100 g/kWh, 35.04 kg over 35,040 h.
 */
const rows = windowOf(nodeFactsOf());
const of = (kind: 'pod' | 'system' | 'unallocated', metric: ExplainMetric) =>
  written(explainRow(factsOfKind(rows, kind), metric));

describe('a worked row', () => {
  test('carbon of the pod: 21.25 W, of which 11.25 W by use and 10 W by a quarter of the node', () => {
    expect(of('pod', 'carbon')).toMatchInlineSnapshot(`
      [
        "carbon: 1.225 g = operational + embodied",
        "  operational = 0.975 g | Operational | modelled | Step "Operational"",
        "  embodied = 0.25 g | Embodied | modelled | Step "Embodied"",
        "operational: 0.975 g = energy × intensity",
        "  energy = 0.00975 kWh | Energy at the meter | modelled | Step "Energy at the meter"",
        "  intensity = 100 g/kWh | Grid intensity of FR | modelled | electricity_maps_yearly_ODbL.csv (Electricity Maps, ODbL 1.0, 2021–2025): FR",
        "facility-energy: 0.00975 kWh = it_energy × pue",
        "  it_energy = 0.008125 kWh | IT energy | modelled | Step "IT energy"",
        "  pue = 1.2 | PUE | modelled | pue.csv (2021–2024): mean of aws eu-west-3a",
        "it-energy: 0.008125 kWh = dynamic + idle",
        "  dynamic = 0.005625 kWh | Energy of work | modelled | Step "Energy of work"",
        "  idle = 0.0025 kWh | Idle energy of the reservation | modelled | Step "Idle energy of the reservation"",
        "  (Before PUE.)",
        "dynamic: 0.005625 kWh = node_dynamic × cpu ÷ cpu_all",
        "  node_dynamic = 0.01125 kWh | Energy above idle of node-a | modelled | Step "Energy above idle of node-a"",
        "  cpu = 1800 s | CPU seconds of this row | measured | Prometheus: cAdvisor",
        "  cpu_all = 3600 s | CPU seconds of all pods and the system | measured | Prometheus: cAdvisor",
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
        "embodied: 0.25 g = kilograms × 1000 × hours ÷ lifespan × share",
        "  kilograms = 35.04 kg | Making m5.xlarge, whole life | modelled | instance_types.csv (CCF 2026-04): embodied of the type",
        "  hours = 1 h | Hours that the node existed | measured | Window",
        "  lifespan = 35040 h | Hours that a machine lives | default | Methodology 1.10",
        "  share = 0.25 | Share of the node that is reserved | measured | Step "Share of the node that is reserved"",
      ]
    `);
  });

  test('cost of the pod', () => {
    expect(of('pod', 'cost')).toMatchInlineSnapshot(`
      [
        "cost: 0.06 USD = cpu + memory",
        "  cpu = 0.04 USD | Cost of CPU | default | Step "Cost of CPU"",
        "  memory = 0.02 USD | Cost of memory | default | Step "Cost of memory"",
        "cost-cpu: 0.04 USD = price × max(request, use) ÷ 1000 × hours",
        "  price = 0.04 USD | Price of a vCPU-hour | default | Default prices (methodology 0.12)",
        "  request = 1000 mCPU | CPU requested, mean of the window | measured | Kubernetes: requests",
        "  use = 500 mCPU | CPU used, mean of the window | measured | Usage of the window",
        "  hours = 1 h | Hours of the window | measured | Window",
        "cost-memory: 0.02 USD = price × max(request, use) ÷ 1000000000 × hours",
        "  price = 0.005 USD | Price of a GB-hour | default | Default prices (methodology 0.12)",
        "  request = 4000000000 B | Memory requested, mean of the window | measured | Kubernetes: requests",
        "  use = 2000000000 B | Memory used, mean of the window | measured | Usage of the window",
        "  hours = 1 h | Hours of the window | measured | Window",
      ]
    `);
  });

  test('energy of the system', () => {
    expect(of('system', 'energy')).toMatchInlineSnapshot(`
      [
        "facility-energy: 0.00675 kWh = it_energy × pue",
        "  it_energy = 0.005625 kWh | IT energy | modelled | Step "IT energy"",
        "  pue = 1.2 | PUE | modelled | pue.csv (2021–2024): mean of aws eu-west-3a",
        "it-energy: 0.005625 kWh = dynamic",
        "  dynamic = 0.005625 kWh | Energy of work | modelled | Step "Energy of work"",
        "  (Before PUE.)",
        "dynamic: 0.005625 kWh = node_dynamic × cpu ÷ cpu_all",
        "  node_dynamic = 0.01125 kWh | Energy above idle of node-a | modelled | Step "Energy above idle of node-a"",
        "  cpu = 1800 s | CPU seconds of this row | measured | Prometheus: cAdvisor",
        "  cpu_all = 3600 s | CPU seconds of all pods and the system | measured | Prometheus: cAdvisor",
        "node-dynamic: 0.01125 kWh = max(0, power − p0) × existed ÷ 3600000",
        "  power = 21.25 W | Power of node-a | modelled | Step "Power of node-a"",
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

  test('carbon and cost of spare capacity', () => {
    expect(of('unallocated', 'carbon')).toMatchInlineSnapshot(`
      [
        "carbon: 1.65 g = operational + embodied",
        "  operational = 0.9 g | Operational | modelled | Step "Operational"",
        "  embodied = 0.75 g | Embodied | modelled | Step "Embodied"",
        "operational: 0.9 g = energy × intensity",
        "  energy = 0.009 kWh | Energy at the meter | modelled | Step "Energy at the meter"",
        "  intensity = 100 g/kWh | Grid intensity of FR | modelled | electricity_maps_yearly_ODbL.csv (Electricity Maps, ODbL 1.0, 2021–2025): FR",
        "facility-energy: 0.009 kWh = it_energy × pue",
        "  it_energy = 0.0075 kWh | IT energy | modelled | Step "IT energy"",
        "  pue = 1.2 | PUE | modelled | pue.csv (2021–2024): mean of aws eu-west-3a",
        "it-energy: 0.0075 kWh = idle",
        "  idle = 0.0075 kWh | Idle energy that nobody reserved | modelled | Step "Idle energy that nobody reserved"",
        "  (Before PUE.)",
        "idle: 0.0075 kWh = node_idle × share",
        "  node_idle = 0.01 kWh | Idle energy of node-a | modelled | Step "Idle energy of node-a"",
        "  share = 0.75 | Share of the node that is reserved | measured | Step "Share of the node that is reserved"",
        "reservation: 0.75 = 1 − min(1, reserved)",
        "  reserved = 0.25 | Shares of 1 pods together | measured | Rows of the node in this window",
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
        "embodied: 0.75 g = kilograms × 1000 × hours ÷ lifespan × share",
        "  kilograms = 35.04 kg | Making m5.xlarge, whole life | modelled | instance_types.csv (CCF 2026-04): embodied of the type",
        "  hours = 1 h | Hours that the node existed | measured | Window",
        "  lifespan = 35040 h | Hours that a machine lives | default | Methodology 1.10",
        "  share = 0.75 | Share of the node that is reserved | measured | Step "Share of the node that is reserved"",
      ]
    `);
    expect(of('unallocated', 'cost')).toMatchInlineSnapshot(`
      [
        "cost: 0.18 USD = cpu + memory",
        "  cpu = 0.12 USD | Cost of CPU | default | Step "Cost of CPU"",
        "  memory = 0.06 USD | Cost of memory | default | Step "Cost of memory"",
        "cost-cpu: 0.12 USD = price × max(0, allocatable ÷ 1000 × hours − held)",
        "  price = 0.04 USD | Price of a vCPU-hour | default | Default prices (methodology 0.12)",
        "  allocatable = 4000 mCPU | CPU that the node can give | measured | Kubernetes: allocatable",
        "  hours = 1 h | Hours of the window | measured | Window",
        "  held = 1 h | vCPU-hours that pods pay for | measured | Rows of the node in this window",
        "cost-memory: 0.06 USD = price × max(0, allocatable ÷ 1000000000 × hours − held)",
        "  price = 0.005 USD | Price of a GB-hour | default | Default prices (methodology 0.12)",
        "  allocatable = 16000000000 B | Memory that the node can give | measured | Kubernetes: allocatable",
        "  hours = 1 h | Hours of the window | measured | Window",
        "  held = 4 h | GB-hours that pods pay for | measured | Rows of the node in this window",
      ]
    `);
  });

  test('carbon of a pod on a metered node', () => {
    const meter = {
      exporter: 'kepler',
      zone: 'package',
      activeJoules: 60_000,
      idleJoules: 90_000,
      isModelled: false,
    } as const;
    const metered = windowOf(nodeFactsOf({ meter, pods: [podFactsOf({ activeJoules: 40_000 })] }));
    expect(written(explainRow(factsOfKind(metered, 'pod'), 'carbon'))).toMatchInlineSnapshot(`
      [
        "carbon: 2.95833333 g = operational + embodied",
        "  operational = 2.70833333 g | Operational | modelled | Step "Operational"",
        "  embodied = 0.25 g | Embodied | modelled | Step "Embodied"",
        "operational: 2.70833333 g = energy × intensity",
        "  energy = 0.0270833333 kWh | Energy at the meter | modelled | Step "Energy at the meter"",
        "  intensity = 100 g/kWh | Grid intensity of FR | modelled | electricity_maps_yearly_ODbL.csv (Electricity Maps, ODbL 1.0, 2021–2025): FR",
        "facility-energy: 0.0270833333 kWh = it_energy × pue",
        "  it_energy = 0.0225694444 kWh | IT energy | modelled | Step "IT energy"",
        "  pue = 1.2 | PUE | modelled | pue.csv (2021–2024): mean of aws eu-west-3a",
        "it-energy: 0.0225694444 kWh = dynamic + idle",
        "  dynamic = 0.0144444444 kWh | Energy of work | modelled | Step "Energy of work"",
        "  idle = 0.008125 kWh | Idle energy of the reservation | modelled | Step "Idle energy of the reservation"",
        "  (Before PUE.)",
        "dynamic: 0.0144444444 kWh = meter_active × to_plug",
        "  meter_active = 0.0111111111 kWh | Metered above idle for this row | measured | kepler package: Energy meter of the machine (Kepler)",
        "  to_plug = 1.3 | From the meter to the plug | modelled | Losses of the power supply (methodology 1.8)",
        "  (The meter tells pods apart.)",
        "idle: 0.008125 kWh = node_idle × share",
        "  node_idle = 0.0325 kWh | Idle energy of node-a | modelled | Step "Idle energy of node-a"",
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
        "node-dynamic: 0.0216666667 kWh = meter_active × to_plug",
        "  meter_active = 0.0166666667 kWh | Metered above idle | measured | kepler package: Energy meter of the machine (Kepler)",
        "  to_plug = 1.3 | From the meter to the plug | modelled | Losses of the power supply (methodology 1.8)",
        "node-idle: 0.0325 kWh = meter_idle × to_plug",
        "  meter_idle = 0.025 kWh | Metered at idle | measured | kepler package: Energy meter of the machine (Kepler)",
        "  to_plug = 1.3 | From the meter to the plug | modelled | Losses of the power supply (methodology 1.8)",
        "node-power: 54.1666667 W = meter × to_plug ÷ existed",
        "  meter = 150000 J | Metered energy of the window | measured | kepler package: Energy meter of the machine (Kepler)",
        "  to_plug = 1.3 | From the meter to the plug | modelled | Losses of the power supply (methodology 1.8)",
        "  existed = 3600 s | Seconds that the node existed | measured | Kubernetes: life of the node in the window",
        "  (Energy meter of the machine; zones of the meter are never added up.)",
        "embodied: 0.25 g = kilograms × 1000 × hours ÷ lifespan × share",
        "  kilograms = 35.04 kg | Making m5.xlarge, whole life | modelled | instance_types.csv (CCF 2026-04): embodied of the type",
        "  hours = 1 h | Hours that the node existed | measured | Window",
        "  lifespan = 35040 h | Hours that a machine lives | default | Methodology 1.10",
        "  share = 0.25 | Share of the node that is reserved | measured | Step "Share of the node that is reserved"",
      ]
    `);
  });

  test('energy of a pod that holds a GPU at 60 %', () => {
    const gpu = {
      model: 'A100 SXM4 40GB',
      tdpWatts: 400,
      isKnown: true,
      factors: {
        measured: { low: 0.9, high: 1.15 },
        utilisation: { low: 0.5, high: 1.6 },
        assumed: { low: 0.4, high: 2 },
      },
    };
    const pod = { namespace: 'shop', name: 'cart-1' };
    const used = [{ card: 'a', model: null, joules: null, utilisation: 0.6, pod }];
    const node = nodeFactsOf({ node: nodeOf({ gpuCount: 1 }), gpus: used, pods: [podFactsOf({ gpuRequest: 1 })] });
    expect(written(explainRow(factsOfKind(windowOf(node, { gpu }), 'pod'), 'energy'))).toMatchInlineSnapshot(`
      [
        "facility-energy: 0.325782 kWh = it_energy × pue",
        "  it_energy = 0.271485 kWh | IT energy | modelled | Step "IT energy"",
        "  pue = 1.2 | PUE | modelled | pue.csv (2021–2024): mean of aws eu-west-3a",
        "it-energy: 0.271485 kWh = dynamic + idle + gpu",
        "  dynamic = 0.005625 kWh | Energy of work | modelled | Step "Energy of work"",
        "  idle = 0.0025 kWh | Idle energy of the reservation | modelled | Step "Idle energy of the reservation"",
        "  gpu = 0.26336 kWh | Energy of GPUs | modelled | Step "Energy of GPUs"",
        "  (Before PUE.)",
        "dynamic: 0.005625 kWh = node_dynamic × cpu ÷ cpu_all",
        "  node_dynamic = 0.01125 kWh | Energy above idle of node-a | modelled | Step "Energy above idle of node-a"",
        "  cpu = 1800 s | CPU seconds of this row | measured | Prometheus: cAdvisor",
        "  cpu_all = 3600 s | CPU seconds of all pods and the system | measured | Prometheus: cAdvisor",
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
        "gpu: 0.26336 kWh = tdp × (0.116 × cards + (1.02 − 0.116) × in_use) × hours ÷ 1000",
        "  tdp = 400 W | TDP of A100 SXM4 40GB | modelled | gpu_tdp.csv (2026) × use of the card",
        "  cards = 1 | Cards held | measured | Kubernetes: requests",
        "  in_use = 0.6 | Cards in use, mean | measured | gpu_tdp.csv (2026) × use of the card",
        "  hours = 1 h | Hours of the window | measured | Window",
        "  (Methodology 1.3.)",
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
});
