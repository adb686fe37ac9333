/** Sum and place of the cheapest stretch. */
export interface BestStart {
  readonly index: number;
  readonly sum: number;
}

/** One hour of a forecast or of a usual day. */
export interface HourValue {
  readonly startSeconds: number;
  readonly gramsPerKwh: number;
}

export interface CleanStretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Mean of its hours. */
  readonly gramsPerKwh: number;
  /** Share below the mean of all hours given, 0 to 1. */
  readonly belowMean: number;
}

const HOUR = 3600;
const SHORTEST_HOURS = 2;
const LONGEST_HOURS = 4;
const MOST_STRETCHES = 3;
/** Less than that is not worth moving work for. Source: METHODOLOGY 1.14. */
const LEAST_GAIN = 0.05;

/**
 * The start that minimises the sum of `length` values in a row, the earliest on a tie; null where there are fewer.
 * METHODOLOGY 1.14.
 */
export function bestStart(values: readonly number[], length: number): BestStart | null {
  let best: BestStart | null = null;
  for (let index = 0; index + length <= values.length; index += 1) {
    const sum = values.slice(index, index + length).reduce((total, value) => total + value, 0);
    if (best === null || sum < best.sum) best = { index, sum };
  }
  return best;
}

/**
 * The cleanest stretches of 2 to 4 hours in a row, best first, none over another: the best pair of hours, longer while
 * the hour beside it is clean too, then the best pair of what is left. Only such as are 5 % below the mean at least.
 */
export function cleanStretches(hours: readonly HourValue[]): CleanStretch[] {
  const found: CleanStretch[] = [];
  const mean = meanOf(hours);
  if (mean === 0) return found;
  const limit = mean * (1 - LEAST_GAIN);
  let free = runsOf(hours);
  while (found.length < MOST_STRETCHES) {
    const best = bestOf(free);
    if (best === null) break;
    const [from, to] = grown(best.run, best.index, limit);
    const stretch = best.run.slice(from, to);
    const gramsPerKwh = meanOf(stretch);
    const first = stretch[0];
    if (first === undefined || gramsPerKwh > limit) break;
    const endSeconds = first.startSeconds + stretch.length * HOUR;
    found.push({ startSeconds: first.startSeconds, endSeconds, gramsPerKwh, belowMean: 1 - gramsPerKwh / mean });
    free = free.flatMap((run) => (run === best.run ? [run.slice(0, from), run.slice(to)] : [run]));
  }
  return found;
}

/** Hours that follow one another without a gap. */
function runsOf(hours: readonly HourValue[]): HourValue[][] {
  const runs: HourValue[][] = [];
  for (const hour of [...hours].sort((a, b) => a.startSeconds - b.startSeconds)) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)?.startSeconds === hour.startSeconds - HOUR) run.push(hour);
    else runs.push([hour]);
  }
  return runs;
}

function bestOf(runs: readonly HourValue[][]): { run: HourValue[]; index: number } | null {
  let best: { run: HourValue[]; index: number; sum: number } | null = null;
  for (const run of runs) {
    const found = bestStart(
      run.map((hour) => hour.gramsPerKwh),
      SHORTEST_HOURS,
    );
    if (found !== null && (best === null || found.sum < best.sum)) best = { run, ...found };
  }
  return best;
}

/** Takes in the cleaner of the hours beside it while that is clean itself. */
function grown(run: readonly HourValue[], index: number, limit: number): [number, number] {
  let from = index;
  let to = index + SHORTEST_HOURS;
  while (to - from < LONGEST_HOURS) {
    const before = run[from - 1]?.gramsPerKwh ?? Number.POSITIVE_INFINITY;
    const after = run[to]?.gramsPerKwh ?? Number.POSITIVE_INFINITY;
    if (Math.min(before, after) > limit) break;
    if (before <= after) from -= 1;
    else to += 1;
  }
  return [from, to];
}

function meanOf(hours: readonly HourValue[]): number {
  return hours.length === 0 ? 0 : hours.reduce((sum, hour) => sum + hour.gramsPerKwh, 0) / hours.length;
}
