import * as z from 'zod';
import { facilityEnergy, kwhOfJoules, operationalGrams } from '../../src/core/carbon/operational.ts';
import { idleGrams } from '../../src/core/savings/idle-power.ts';
import { bestShift } from '../../src/core/time-shift/shift.ts';
import { SECONDS_PER_HOUR } from '../../src/core/units.ts';

export const TimeShift = z.object({
  duration_h: z.int().positive(),
  kwh_per_h: z.number(),
  forecast_g_per_kwh: z.array(z.number()).min(1),
});

export function timeShift(inputs: z.infer<typeof TimeShift>): unknown {
  const grams = inputs.forecast_g_per_kwh.map((intensity) => operationalGrams(inputs.kwh_per_h, 1, intensity));
  const shift = bestShift(grams, inputs.duration_h);
  if (shift === null) return { best_start_h: null };
  return {
    now_g: shift.now,
    best_start_h: shift.startHours,
    best_g: shift.best,
    saving_g: shift.gain,
    saving_pct: shift.share * 100,
  };
}

export const Rightsizing = z.object({
  nodes: z.number(),
  idle_w: z.number(),
  removable_nodes: z.number(),
  hours: z.number(),
  pue: z.number(),
  g_per_kwh: z.number(),
  requests_cut_vcpu: z.number(),
  naive_w_per_vcpu: z.number(),
});

/** Also what a tool would claim that counts the requests themselves. */
export function rightsizing(inputs: z.infer<typeof Rightsizing>): unknown {
  const { hours, pue, g_per_kwh: gramsPerKwh } = inputs;
  const count = Math.min(inputs.nodes, inputs.removable_nodes);
  const naiveJoules = inputs.requests_cut_vcpu * inputs.naive_w_per_vcpu * hours * SECONDS_PER_HOUR;
  return {
    saving_g: idleGrams({ count, idleWatts: inputs.idle_w, hours, pue, gramsPerKwh }),
    saving_g_per_request_cpu_claimed_by_naive_method: facilityEnergy(kwhOfJoules(naiveJoules), pue) * gramsPerKwh,
  };
}
