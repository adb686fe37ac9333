import type { Recommendation, SavingsDay } from '../../model/recommendations/recommendation.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { DAY_SECONDS, daysBefore, weekdayOf } from './days.ts';
import { type DaySums, gramsPerJoule, loadRatio, savedBetween, savedByShift, yardstickOf } from './saved.ts';
import { type Peer, shareOn } from './shares.ts';
import type { MeasuredDays } from './verify.ts';

/** True while a change is in force, so that its days are written down. */
export function countsDays({ status, appliedAtSeconds, verification }: Recommendation): boolean {
  if (appliedAtSeconds === null) return false;
  // Regressed by measure is still in force; regressed as undone is not.
  return status === 'applied' || status === 'verified' || (status === 'regressed' && verification?.outcome === 'below');
}

/** The lines of the ledger for these days: what was promised, and what was measured where the day is covered. */
export function savingsDays(
  item: Recommendation,
  days: readonly EpochSeconds[],
  measured: MeasuredDays,
  peers: readonly Peer[] = [],
): readonly SavingsDay[] {
  const at = item.appliedAtSeconds;
  if (at === null) return [];
  const before = daysBefore(at).flatMap((day) => {
    const sums = measured.get(day);
    return sums === undefined ? [] : [{ day, sums }];
  });
  return days.map((day) => {
    const after = measured.get(day);
    const base =
      before.find((each) => weekdayOf(each.day) === weekdayOf(day))?.sums ?? meanDay(before.map((b) => b.sums));
    const saved = after === undefined || base === null ? null : savedOn(item, base, after);
    const share = shareOn(item, peers, day);
    return {
      recommendationId: item.id,
      clusterId: item.target.clusterId,
      dayStartSeconds: day,
      durationSeconds: DAY_SECONDS,
      namespace: item.target.namespace,
      type: item.type,
      promisedCo2eGrams: item.savings.co2eGramsPerDay.central,
      promisedCost: item.savings.costPerDay.central,
      measuredCo2eGrams: saved === null ? null : saved.co2eGrams * share.co2eGrams,
      measuredCost: saved === null ? null : saved.cost * share.cost,
    };
  });
}

function savedOn(item: Recommendation, before: DaySums, after: DaySums) {
  if (item.type === 'CARBON_AWARE_SCHEDULING') return savedByShift(before, after);
  const yardstick = yardstickOf(item);
  const ratio = loadRatio([before], [after], yardstick);
  return savedBetween(before, after, { yardstick, ratio, gramsPerJoule: gramsPerJoule([before, after]) });
}

function meanDay(days: readonly DaySums[]): DaySums | null {
  if (days.length === 0) return null;
  const mean = (of: (day: DaySums) => number) => days.reduce((sum, day) => sum + of(day), 0) / days.length;
  return {
    podHours: mean((day) => day.podHours),
    joules: mean((day) => day.joules),
    joulesDynamic: mean((day) => day.joulesDynamic),
    co2eGrams: mean((day) => day.co2eGrams),
    totalCost: mean((day) => day.totalCost),
    cpuMillicoreSeconds: mean((day) => day.cpuMillicoreSeconds),
  };
}
