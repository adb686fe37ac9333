import type { Interval } from '../../model/bounds.ts';
import type { Recommendation, Verification } from '../../model/recommendations/recommendation.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import { toIso } from '../ranges/instants.ts';
import { DAY_SECONDS, daysBefore, weekdayOf } from './days.ts';
import {
  type DaySums,
  gramsPerJoule,
  loadRatio,
  type Saved,
  savedBetween,
  savedByShift,
  type Yardstick,
  yardstickOf,
} from './saved.ts';
import { type Peer, shareOn } from './shares.ts';

/** Sums of the whole days that were covered, by their start. */
export type MeasuredDays = ReadonlyMap<EpochSeconds, DaySums>;

export const LEAST_DAYS = 2;
/** So long is waited for weekdays that are missing. */
export const LONGEST_WAIT_SECONDS = 28 * DAY_SECONDS;
/** Load that changed by less is not normalised. */
const SAME_LOAD = 0.1;
/** Less than this share of what was before is no difference. */
const NOTICEABLE = 0.01;
/** Two-sided 95 % of Student's t by degrees of freedom. */
const STUDENT = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45] as const;

interface Pair {
  readonly beforeDay: EpochSeconds;
  readonly afterDay: EpochSeconds;
  readonly before: DaySums;
  readonly after: DaySums;
}

/** Compares the days before with days of the same weekdays after. Waits until each weekday that is known before has come. */
export function verify(
  item: Recommendation,
  days: MeasuredDays,
  now: EpochSeconds,
  peers: readonly Peer[] = [],
): Verification | null {
  const at = item.appliedAtSeconds;
  if (at === null) return null;
  const known = daysBefore(at).filter((day) => days.has(day));
  const pairs = pairsOf(known, at, days);
  const base = { measuredAtSeconds: now, ...timesOf(pairs, at) };
  if (pairs.length < LEAST_DAYS) {
    const nothing = { central: 0, low: 0, high: 0 };
    const note = waitingNote(known.length);
    return { ...base, co2eSavedGramsPerDay: nothing, costSavedPerDay: nothing, outcome: 'waiting', note };
  }
  const compared = compare(item, pairs, peers);
  const isWhole = pairs.length === known.length || now - at >= LONGEST_WAIT_SECONDS;
  const outcome = isWhole ? outcomeOf(item, compared, pairs) : 'waiting';
  return {
    ...base,
    co2eSavedGramsPerDay: compared.co2e,
    costSavedPerDay: compared.cost,
    outcome,
    note: noteOf(item, pairs, compared, isWhole ? null : known.length),
  };
}

function pairsOf(known: readonly EpochSeconds[], at: EpochSeconds, days: MeasuredDays): readonly Pair[] {
  const after = [...days.keys()].filter((day) => day > at).sort((a, b) => a - b);
  return known.flatMap((beforeDay) => {
    const afterDay = after.find((day) => weekdayOf(day) === weekdayOf(beforeDay));
    const before = days.get(beforeDay);
    const sums = afterDay === undefined ? undefined : days.get(afterDay);
    return afterDay === undefined || before === undefined || sums === undefined
      ? []
      : [{ beforeDay, afterDay, before, after: sums }];
  });
}

interface Compared {
  readonly co2e: Interval;
  readonly cost: Interval;
  readonly yardstick: Yardstick;
  readonly ratio: number;
  /** Others are in force at the same thing. */
  readonly isShared: boolean;
}

function compare(item: Recommendation, pairs: readonly Pair[], peers: readonly Peer[]): Compared {
  const yardstick = yardstickOf(item);
  const [before, after] = [pairs.map((pair) => pair.before), pairs.map((pair) => pair.after)];
  const measured = loadRatio(before, after, yardstick);
  const ratio = Math.abs(measured - 1) > SAME_LOAD ? measured : 1;
  const by = { yardstick, ratio, gramsPerJoule: gramsPerJoule([...before, ...after]) };
  const shares = pairs.map(({ afterDay }) => shareOn(item, peers, afterDay));
  const saved: readonly Saved[] = pairs.map(({ before, after }, index) => {
    const whole =
      item.type === 'CARBON_AWARE_SCHEDULING' ? savedByShift(before, after) : savedBetween(before, after, by);
    const share = shares[index] ?? { co2eGrams: 1, cost: 1 };
    return { co2eGrams: whole.co2eGrams * share.co2eGrams, cost: whole.cost * share.cost };
  });
  const isShared = shares.some(({ co2eGrams, cost }) => co2eGrams < 1 || cost < 1);
  const co2e = meanOf(saved.map((each) => each.co2eGrams));
  return { co2e, cost: meanOf(saved.map((each) => each.cost)), yardstick, ratio, isShared };
}

/** Mean of days with the range in which it lies by how much the days differ. What errs alike on both sides cancels. */
export function meanOf(values: readonly number[]): Interval {
  const count = values.length;
  const central = values.reduce((sum, value) => sum + value, 0) / Math.max(1, count);
  if (count < 2) return { central, low: central, high: central };
  const squares = values.reduce((sum, value) => sum + (value - central) ** 2, 0);
  const student = STUDENT[Math.min(count - 2, STUDENT.length - 1)] ?? 1.96;
  const half = student * Math.sqrt(squares / (count - 1) / count);
  return { central, low: central - half, high: central + half };
}

type Outcome = Exclude<Verification['outcome'], 'waiting'>;

function outcomeOf({ savings }: Recommendation, { co2e, cost, yardstick }: Compared, pairs: readonly Pair[]): Outcome {
  const { co2eGramsPerDay, costPerDay } = savings;
  if (co2eGramsPerDay.high <= 0 && costPerDay.high <= 0) return 'within';
  const mean = (of: (day: DaySums) => number) => pairs.reduce((sum, pair) => sum + of(pair.before), 0) / pairs.length;
  const grams = NOTICEABLE * mean((day) => day.co2eGrams);
  const money = NOTICEABLE * mean((day) => day.totalCost);
  const both = [
    ...(yardstick.energy === 'nothing' ? [] : [against(co2e, co2eGramsPerDay, grams)]),
    against(cost, costPerDay, money),
  ];
  if (both.includes('below')) return 'below';
  return both.includes('above') ? 'above' : 'within';
}

function against(measured: Interval, promised: Interval, tolerance: number): Outcome {
  if (measured.high < promised.low - tolerance) return 'below';
  return measured.low > promised.high + tolerance ? 'above' : 'within';
}

function timesOf(pairs: readonly Pair[], at: EpochSeconds): { before: TimeRange; after: TimeRange } {
  const span = (days: readonly EpochSeconds[]): TimeRange =>
    days.length === 0
      ? { startSeconds: at, endSeconds: at }
      : { startSeconds: Math.min(...days), endSeconds: Math.max(...days) + DAY_SECONDS };
  return { before: span(pairs.map((pair) => pair.beforeDay)), after: span(pairs.map((pair) => pair.afterDay)) };
}

function waitingNote(known: number): string {
  if (known < LEAST_DAYS) {
    return `Only ${known} of the 7 days before it was applied are covered: at least ${LEAST_DAYS} are needed to compare with.`;
  }
  return `Compared as soon as ${LEAST_DAYS} days after it have the weekdays of days before it.`;
}

function noteOf(item: Recommendation, pairs: readonly Pair[], compared: Compared, waitsFor: number | null): string {
  const { yardstick, ratio } = compared;
  const first = pairs[0];
  const words = [
    `${pairs.length} days after it compared with the same weekdays before it${first === undefined ? '' : `, from ${toIso(first.beforeDay).slice(0, 10)} and ${toIso(first.afterDay).slice(0, 10)}`}.`,
  ];
  if (waitsFor !== null) words.push(`It is settled when ${waitsFor} days are there.`);
  if (item.type === 'CARBON_AWARE_SCHEDULING')
    words.push('Its own intensity before and after counts, at the energy after.');
  else if (yardstick.energy === 'nothing') {
    words.push('A smaller request stops no energy by itself: its carbon counts with the node that goes.');
  } else words.push('Energy counts at the mean intensity of both times, so that a change of the grid does not.');
  if (compared.isShared) {
    words.push('Other changes of the same are in force: what they save together is shared out by what each promised.');
  }
  if (ratio !== 1) {
    const unit = yardstick.load === 'cpu' ? 'CPU use' : 'pod-hours';
    words.push(`${percent(ratio - 1)} ${unit}: the days before were set to that load.`);
  }
  const grid = gridChange(pairs);
  if (grid !== null && item.type !== 'CARBON_AWARE_SCHEDULING')
    words.push(`The grid had ${percent(grid)} grams per kWh.`);
  return words.join(' ');
}

function gridChange(pairs: readonly Pair[]): number | null {
  const before = gramsPerJoule(pairs.map((pair) => pair.before));
  const after = gramsPerJoule(pairs.map((pair) => pair.after));
  const change = before > 0 && after > 0 ? after / before - 1 : 0;
  return Math.abs(change) >= 0.05 ? change : null;
}

function percent(change: number): string {
  return `${Math.round(Math.abs(change) * 100)} % ${change < 0 ? 'fewer' : 'more'}`;
}
