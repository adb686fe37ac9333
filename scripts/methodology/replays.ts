import * as z from 'zod';
import { attributeNode } from '../../src/core/attribution/attribute-node.ts';
import { reservationShare } from '../../src/core/attribution/reservation-share.ts';
import { combineFactors, intervalOf } from '../../src/core/bounds/combine.ts';
import { softwareCarbonIntensity } from '../../src/core/carbon/intensity-of-software.ts';
import { marketBasedGrams } from '../../src/core/carbon/market-based.ts';
import { facilityEnergy, kwhOfJoules, operationalGrams } from '../../src/core/carbon/operational.ts';
import { instanceKilograms, platformKilograms } from '../../src/core/embodied/platform.ts';
import { embodiedGramsPerHour, embodiedShareGrams } from '../../src/core/embodied/share.ts';
import { dynamicWattsAt, wattsAt } from '../../src/core/power/curve.ts';
import { deriveCurve, linearWattsAt } from '../../src/core/power/derived-curve.ts';
import { gpuWatts } from '../../src/core/power/gpu.ts';
import { perVcpuCurve } from '../../src/core/power/per-vcpu-curve.ts';
import { volumeKwh } from '../../src/core/power/volume.ts';
import { carbonOfKwh, Gpu, Kepler, kepler, Sci, ScopeTwo, Storage } from './energy-replays.ts';
import { Rightsizing, rightsizing, TimeShift, timeShift } from './savings-replays.ts';

/** Replays the inputs of one example and answers what it computes, with the keys of `expected`. */
export type Replay = (inputs: unknown) => unknown;

const Curve = z.tuple([z.number(), z.number(), z.number(), z.number()]);

function replay<T>(schema: z.ZodType<T>, compute: (inputs: T) => unknown): Replay {
  return (inputs) => compute(schema.parse(inputs));
}

const Attribution = z.object({
  watts: Curve,
  u: z.number(),
  cpu_alloc: z.number(),
  mem_alloc: z.number(),
  pods: z.array(
    z.object({
      name: z.string(),
      cpu_req: z.number(),
      cpu_use: z.number(),
      mem_req: z.number(),
      mem_use: z.number(),
    }),
  ),
});

function attribution(inputs: z.infer<typeof Attribution>): unknown {
  const parts = attributeNode({
    dynamic: dynamicWattsAt(inputs.watts, inputs.u),
    idle: inputs.watts[0],
    nodeCpu: null,
    pods: inputs.pods.map((pod) => ({
      cpu: pod.cpu_use,
      share: reservationShare(
        { cpuRequest: pod.cpu_req, cpuUse: pod.cpu_use, memoryRequest: pod.mem_req, memoryUse: pod.mem_use },
        { cpu: inputs.cpu_alloc, memory: inputs.mem_alloc },
      ),
    })),
  });
  const pods = parts.pods.map((part, index) => ({
    name: inputs.pods[index]?.name,
    dynamic_w: part.dynamic,
    idle_w: part.idle,
    total_w: part.dynamic + part.idle,
  }));
  const sumOfPods = pods.reduce((sum, pod) => sum + pod.total_w, 0);
  return {
    node_watts: wattsAt(inputs.watts, inputs.u),
    pods,
    unallocated_w: parts.unallocated,
    sum_w: sumOfPods + parts.system + parts.unallocated,
  };
}

const TimeMatched = z.object({
  kwh: z.array(z.number()),
  pue: z.number(),
  g_per_kwh: z.array(z.number()),
});

function timeMatched(inputs: z.infer<typeof TimeMatched>): unknown {
  const hours = inputs.kwh.map((kwh, hour) => ({ kwh, intensity: inputs.g_per_kwh[hour] ?? Number.NaN }));
  const grams = hours.reduce((sum, hour) => sum + operationalGrams(hour.kwh, inputs.pue, hour.intensity), 0);
  const kwh = hours.reduce((sum, hour) => sum + hour.kwh, 0);
  const meanIntensity = hours.reduce((sum, hour) => sum + hour.intensity, 0) / hours.length;
  const withMean = operationalGrams(kwh, inputs.pue, meanIntensity);
  return {
    gco2e: grams,
    gco2e_with_mean_intensity: withMean,
    error_of_mean_pct: (withMean / grams - 1) * 100,
  };
}

const Embodied = z.object({
  platform_mem_gb: z.number(),
  sockets: z.number(),
  ssd: z.number(),
  hdd: z.number(),
  gpu: z.number(),
  platform_vcpu: z.number(),
  vcpu: z.number(),
  lifespan_h: z.number(),
  hours: z.number(),
  pod_share: z.number(),
});

function embodied(inputs: z.infer<typeof Embodied>): unknown {
  const platformKg = platformKilograms({
    memoryGb: inputs.platform_mem_gb,
    sockets: inputs.sockets,
    ssdCount: inputs.ssd,
    hddCount: inputs.hdd,
    gpuCount: inputs.gpu,
  });
  const instanceKg = instanceKilograms(platformKg, inputs.vcpu, inputs.platform_vcpu);
  const gramsPerHour = embodiedGramsPerHour(instanceKg, inputs.lifespan_h);
  return {
    platform_kg: platformKg,
    instance_kg: instanceKg,
    instance_g_per_hour: gramsPerHour,
    pod_g: embodiedShareGrams(gramsPerHour, inputs.hours, inputs.pod_share),
  };
}

/** One replay an example id. Each calls the functions that a window is computed with. */
export const REPLAYS: Readonly<Record<string, Replay>> = {
  curve: replay(z.object({ watts_0_10_50_100: Curve, utilisations: z.array(z.number()) }), (inputs) => ({
    watts: inputs.utilisations.map((utilisation) => wattsAt(inputs.watts_0_10_50_100, utilisation)),
  })),
  derived_curve: replay(z.object({ p0: z.number(), p100: z.number(), u: z.number() }), ({ p0, p100, u }) => {
    const points = deriveCurve(p0, p100);
    return { points, watts: wattsAt(points, u), linear_watts: linearWattsAt(p0, p100, u) };
  }),
  microarch_instance: replay(
    z.object({
      vcpu: z.number(),
      mem_gb: z.number(),
      idle_w_vcpu: z.number(),
      max_w_vcpu: z.number(),
      baseline_gb_per_vcpu: z.number(),
      u: z.number(),
    }),
    (inputs) => {
      const curve = perVcpuCurve(inputs.vcpu, inputs.mem_gb, {
        idleWattsPerVcpu: inputs.idle_w_vcpu,
        maxWattsPerVcpu: inputs.max_w_vcpu,
        baselineGbPerVcpu: inputs.baseline_gb_per_vcpu,
      });
      return {
        extra_memory_watts: curve.extraMemoryWatts,
        watts_0_10_50_100: curve.watts,
        watts_at_u: wattsAt(curve.watts, inputs.u),
      };
    },
  ),
  attribution: replay(Attribution, attribution),
  attribution_overcommitted: replay(Attribution, attribution),
  operational: replay(z.object({ joules: z.number(), pue: z.number(), g_per_kwh: z.number() }), (inputs) => {
    const kwh = kwhOfJoules(inputs.joules);
    return {
      it_kwh: kwh,
      facility_kwh: facilityEnergy(kwh, inputs.pue),
      gco2e: operationalGrams(kwh, inputs.pue, inputs.g_per_kwh),
    };
  }),
  time_matched: replay(TimeMatched, timeMatched),
  embodied: replay(Embodied, embodied),
  sci: replay(Sci, (inputs) => {
    const {
      operationalGrams: own,
      totalGrams,
      gramsPerUnit,
    } = softwareCarbonIntensity({
      facilityKwh: inputs.kwh,
      gramsPerKwh: inputs.g_per_kwh,
      embodiedGrams: inputs.M_g,
      functionalUnits: inputs.R,
    });
    return { O_g: own, C_g: totalGrams, sci_g_per_unit: gramsPerUnit };
  }),
  gpu: replay(Gpu, (inputs) => {
    const watts = gpuWatts(inputs.tdp, inputs.count, inputs.u);
    return { watts, ...carbonOfKwh((watts * inputs.hours) / 1000, inputs) };
  }),
  storage: replay(Storage, (inputs) => {
    const volume = {
      terabytes: inputs.tb,
      wattHoursPerTerabyteHour: inputs.wh_per_tbh,
      replication: inputs.replication,
    };
    return carbonOfKwh(volumeKwh(volume, inputs.hours), inputs);
  }),
  kepler: replay(Kepler, kepler),
  time_shift: replay(TimeShift, timeShift),
  rightsizing: replay(Rightsizing, rightsizing),
  scope2_dual: replay(ScopeTwo, (inputs) => ({
    location_based_g: operationalGrams(inputs.kwh, 1, inputs.location_g_per_kwh),
    market_based_g: marketBasedGrams(
      inputs.kwh,
      {
        share: inputs.contract_share,
        contractGramsPerKwh: inputs.contract_g_per_kwh,
        residualGramsPerKwh: inputs.residual_g_per_kwh,
      },
      inputs.location_g_per_kwh,
    ),
  })),
  bounds: replay(z.object({ central: z.number(), factors: z.array(z.tuple([z.number(), z.number()])) }), (inputs) => {
    const factor = combineFactors(inputs.factors.map(([low, high]) => ({ low, high })));
    const { low, high } = intervalOf(inputs.central, factor);
    return { low, high };
  }),
};
