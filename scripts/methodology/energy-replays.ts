import * as z from 'zod';
import { attributeMeasured } from '../../src/core/attribution/attribute-measured.ts';
import { facilityEnergy, operationalGrams } from '../../src/core/carbon/operational.ts';

export const Sci = z.object({ kwh: z.number(), g_per_kwh: z.number(), M_g: z.number(), R: z.number() });

export const Gpu = z.object({
  tdp: z.number(),
  count: z.number(),
  u: z.number(),
  hours: z.number(),
  pue: z.number(),
  g_per_kwh: z.number(),
});

export const Storage = z.object({
  tb: z.number(),
  hours: z.number(),
  wh_per_tbh: z.number(),
  replication: z.number(),
  pue: z.number(),
  g_per_kwh: z.number(),
});

export const ScopeTwo = z.object({
  kwh: z.number(),
  location_g_per_kwh: z.number(),
  contract_share: z.number(),
  contract_g_per_kwh: z.number(),
  residual_g_per_kwh: z.number().nullable().default(null),
});

export const Kepler = z.object({
  pod_active_j: z.record(z.string(), z.number()),
  node_active_j: z.number(),
  node_idle_j: z.number(),
  reservation_share: z.record(z.string(), z.number()),
  rapl_to_wall: z.number(),
});

/** Energy of one use on through PUE and intensity, with the keys of the examples. */
export function carbonOfKwh(kwh: number, place: { readonly pue: number; readonly g_per_kwh: number }): object {
  return {
    kwh,
    kwh_facility: facilityEnergy(kwh, place.pue),
    gco2e: operationalGrams(kwh, place.pue, place.g_per_kwh),
  };
}

/** A meter's joules, shared by the function that computes metered nodes; a pod may have only one of the two inputs. */
export function kepler(inputs: z.infer<typeof Kepler>): unknown {
  const names = [...new Set([...Object.keys(inputs.pod_active_j), ...Object.keys(inputs.reservation_share)])];
  const parts = attributeMeasured({
    activeJoules: inputs.node_active_j,
    idleJoules: inputs.node_idle_j,
    wallFactor: inputs.rapl_to_wall,
    pods: names.map((name) => ({
      activeJoules: inputs.pod_active_j[name] ?? 0,
      share: inputs.reservation_share[name] ?? 0,
    })),
  });
  const ofPods = names.map((name, index) => {
    const part = parts.pods[index];
    return [name, (part?.dynamic ?? 0) + (part?.idle ?? 0)] as const;
  });
  return {
    pod_wall_j: Object.fromEntries(ofPods),
    unallocated_and_system_wall_j: parts.system + parts.unallocated,
    node_wall_j: parts.dynamic + parts.idle,
  };
}
