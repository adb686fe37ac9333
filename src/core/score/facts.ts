import type { UsageColumn, UsageHours, UsageKey } from '../ports/usage-hours.ts';
import { SECONDS_PER_HOUR } from '../units.ts';

/** Lines that are added up between two pauses: a few milliseconds. */
const LINES_A_SLICE = 4_096;

/** Sums of a workload over the hours in which it had pods. */
export interface WorkloadFacts {
  readonly key: UsageKey;
  /** Hours with a line. */
  readonly hours: number;
  readonly joules: number;
  readonly joulesDynamic: number;
  /** Σ J × g/kWh. */
  readonly intensityJoules: number;
  readonly cpuUsageMillicoreSeconds: number;
  readonly cpuRequestMillicoreSeconds: number;
  readonly memoryUsageByteSeconds: number;
  readonly memoryRequestByteSeconds: number;
  /** Σ over hours of the pods in it. */
  readonly podHours: number;
  readonly restarts: number;
  /** Received and sent. */
  readonly networkBytes: number;
  /** Of the hour in which a pod drew most by its work, dynamic W a pod. */
  readonly highestPodWatts: number;
  /** Standard deviation ÷ mean of the CPU use of its hours; null without use. */
  readonly cpuVariation: number | null;
  /** Correlation of its pods with its CPU use, −1 to 1; null where either stays the same. */
  readonly podsFollowCpu: number | null;
  /** Σ over hours of dynamic J × g/kWh of that hour in the cluster, of the hours whose intensity is known. */
  readonly dynamicIntensityJoules: number;
  /** Σ dynamic J of the same hours. */
  readonly dynamicJoulesWithIntensity: number;
}

/** Sums over all nodes, and the grid of each hour. */
export interface ClusterFacts {
  readonly joules: number;
  /** Idle energy that pods hold by what they reserve. */
  readonly joulesIdle: number;
  readonly joulesUnallocated: number;
  readonly intensityJoules: number;
  /** g/kWh of each hour of the range, weighted by energy over the nodes; NaN where nothing is known. */
  readonly gramsPerKwhByHour: Float64Array;
}

interface Tally {
  hours: number;
  highestPodWatts: number;
  readonly sums: Float64Array;
  /** Squares of CPU use, pods, squares of pods, pods × CPU use. */
  readonly squares: Float64Array;
}

const SUMMED = [
  'joules',
  'joulesDynamic',
  'intensityJoules',
  'cpuUsageMillicoreSeconds',
  'cpuRequestMillicoreSeconds',
  'memoryUsageByteSeconds',
  'memoryRequestByteSeconds',
  'podCount',
  'restartCount',
  'networkReceiveBytes',
  'networkTransmitBytes',
] as const satisfies readonly UsageColumn[];
/** Behind the summed columns: dynamic J × g/kWh, and the dynamic J of the hours whose intensity is known. */
const EXTRA_SUMS = 2;

/** Adds the lines of nodes up to those of the cluster; pauses between slices. */
export function* clusterFacts(nodes: UsageHours, hourCount: number): Generator<void, ClusterFacts> {
  const joulesByHour = new Float64Array(hourCount);
  const intensityByHour = new Float64Array(hourCount);
  const { joules, joulesIdle, joulesUnallocated, intensityJoules } = nodes.columns;
  const sums = { joules: 0, joulesIdle: 0, joulesUnallocated: 0, intensityJoules: 0 };
  for (let line = 0; line < nodes.keyIndex.length; line += 1) {
    if (line % LINES_A_SLICE === LINES_A_SLICE - 1) yield;
    const hour = nodes.hourIndex[line] ?? 0;
    sums.joules += joules[line] ?? 0;
    sums.joulesIdle += joulesIdle[line] ?? 0;
    sums.joulesUnallocated += joulesUnallocated[line] ?? 0;
    sums.intensityJoules += intensityJoules[line] ?? 0;
    joulesByHour[hour] = (joulesByHour[hour] ?? 0) + (joules[line] ?? 0);
    intensityByHour[hour] = (intensityByHour[hour] ?? 0) + (intensityJoules[line] ?? 0);
  }
  const gramsPerKwhByHour = intensityByHour.map((sum, hour) => sum / (joulesByHour[hour] ?? 0));
  return { ...sums, gramsPerKwhByHour };
}

/** Adds the lines of workloads up, one entry a workload; pauses between slices. */
export function* workloadFacts(
  workloads: UsageHours,
  { gramsPerKwhByHour }: Pick<ClusterFacts, 'gramsPerKwhByHour'>,
): Generator<void, WorkloadFacts[]> {
  const columns = SUMMED.map((name) => workloads.columns[name]);
  const { cpuUsageMillicoreSeconds: cpu, podCount: pods, joulesDynamic } = workloads.columns;
  const tallies = workloads.keys.map(
    (): Tally => ({
      hours: 0,
      highestPodWatts: 0,
      sums: new Float64Array(SUMMED.length + EXTRA_SUMS),
      squares: new Float64Array(3),
    }),
  );
  for (let line = 0; line < workloads.keyIndex.length; line += 1) {
    if (line % LINES_A_SLICE === LINES_A_SLICE - 1) yield;
    const tally = tallies[workloads.keyIndex[line] ?? -1];
    if (tally === undefined) continue;
    tally.hours += 1;
    columns.forEach((values, column) => {
      add(tally.sums, column, values[line] ?? 0);
    });
    const [used, present] = [cpu[line] ?? 0, pods[line] ?? 0];
    if (present > 0) {
      const watts = (joulesDynamic[line] ?? 0) / (present * SECONDS_PER_HOUR);
      tally.highestPodWatts = Math.max(tally.highestPodWatts, watts);
    }
    add(tally.squares, 0, used * used);
    add(tally.squares, 1, present * present);
    add(tally.squares, 2, present * used);
    const gramsPerKwh = gramsPerKwhByHour[workloads.hourIndex[line] ?? -1] ?? Number.NaN;
    if (Number.isNaN(gramsPerKwh)) continue;
    add(tally.sums, SUMMED.length, (joulesDynamic[line] ?? 0) * gramsPerKwh);
    add(tally.sums, SUMMED.length + 1, joulesDynamic[line] ?? 0);
  }
  return workloads.keys.map((key, index) => factsOf(key, tallies[index]));
}

function add(sums: Float64Array, index: number, value: number): void {
  sums[index] = (sums[index] ?? 0) + value;
}

function factsOf(key: UsageKey, tally: Tally | undefined): WorkloadFacts {
  const sum = (index: number): number => tally?.sums[index] ?? 0;
  const of = (name: (typeof SUMMED)[number]): number => sum(SUMMED.indexOf(name));
  const hours = tally?.hours ?? 0;
  const cpu = spread(of('cpuUsageMillicoreSeconds'), tally?.squares[0] ?? 0, hours);
  const pods = spread(of('podCount'), tally?.squares[1] ?? 0, hours);
  const covariance = hours === 0 ? 0 : (tally?.squares[2] ?? 0) / hours - cpu.mean * pods.mean;
  return {
    key,
    hours,
    joules: of('joules'),
    joulesDynamic: of('joulesDynamic'),
    intensityJoules: of('intensityJoules'),
    cpuUsageMillicoreSeconds: of('cpuUsageMillicoreSeconds'),
    cpuRequestMillicoreSeconds: of('cpuRequestMillicoreSeconds'),
    memoryUsageByteSeconds: of('memoryUsageByteSeconds'),
    memoryRequestByteSeconds: of('memoryRequestByteSeconds'),
    podHours: of('podCount'),
    restarts: of('restartCount'),
    networkBytes: of('networkReceiveBytes') + of('networkTransmitBytes'),
    highestPodWatts: tally?.highestPodWatts ?? 0,
    cpuVariation: cpu.mean > 0 ? cpu.deviation / cpu.mean : null,
    podsFollowCpu: cpu.deviation > 0 && pods.deviation > 0 ? covariance / (cpu.deviation * pods.deviation) : null,
    dynamicIntensityJoules: sum(SUMMED.length),
    dynamicJoulesWithIntensity: sum(SUMMED.length + 1),
  };
}

// Below a millionth of the mean it is the rounding of the sums, not a change.
const LEAST_VARIATION = 1e-6;

function spread(sum: number, squares: number, count: number): { mean: number; deviation: number } {
  if (count === 0) return { mean: 0, deviation: 0 };
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
  return { mean, deviation: deviation > mean * LEAST_VARIATION ? deviation : 0 };
}
