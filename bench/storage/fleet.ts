import type { NodeSnapshot, NodeWindowRow, ResultRow, WindowResult } from '../../src/model/results.ts';
import { floorTo, type WindowSeconds } from '../../src/model/time.ts';
import {
  DAY,
  HOUR,
  NEW_YEAR,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
} from '../../test/contract/storage/sample-windows.ts';

/** The moment at which the questions are asked: in the middle of an hour, as always. */
export const NOW = NEW_YEAR + 200 * DAY + 14 * HOUR + 1800;

/** A cluster that was watched for some days up to NOW. */
export interface Fleet {
  readonly clusterId: string;
  readonly pods: number;
  readonly nodes: number;
  readonly days: number;
  readonly windowSeconds: WindowSeconds;
}

const LARGE = { clusterId: '0c9f2a54-7a0e-4a77-9a5b-000000000001', pods: 3000, nodes: 60, windowSeconds: 300 } as const;
const SMALL = { clusterId: '0c9f2a54-7a0e-4a77-9a5b-000000000002', pods: 140, nodes: 8, windowSeconds: 3600 } as const;
const SMALL_DAYS = 400;

/**
 * Two clusters that together have about this many rows: one of 3,000 pods in live windows of 5 minutes for the last days,
 * and one of 140 pods that was read back 400 days, in windows of an hour, so that a year is a real question.
 */
export function fleetsOf(rows: number): readonly Fleet[] {
  const share = Math.min(1, rows / 10_000_000);
  const small = { ...SMALL, days: Math.max(2, Math.round(SMALL_DAYS * share)) };
  const left = rows - rowsOf(small);
  const large = { ...LARGE, days: Math.max(1 / 8, left / rowsOf({ ...LARGE, days: 1 })) };
  return [small, large];
}

function rowsOf({ pods, nodes, days, windowSeconds }: Fleet): number {
  return (pods + 2 * nodes) * days * (DAY / windowSeconds);
}

/** Starts of the windows of a fleet, oldest first. */
export function startsOf({ days, windowSeconds }: Fleet): readonly number[] {
  const end = floorTo(NOW, windowSeconds);
  const count = Math.floor((days * DAY) / windowSeconds);
  return Array.from({ length: count }, (_, index) => end - (count - index) * windowSeconds);
}

const REASONS = ['power is modelled from utilisation', 'intensity is the yearly mean of the zone'];
const FEWER_SAMPLES = ['usage is a single sample', ...REASONS];

/** A window with a row for each pod (one in 200 is replaced by another each hour), and two for each node. */
export function windowOf(fleet: Fleet, startSeconds: number): WindowResult {
  const random = randomFrom(startSeconds);
  const hour = Math.floor(startSeconds / HOUR);
  const rows: ResultRow[] = [];
  for (let index = 0; index < fleet.pods; index += 1) rows.push(podRow(fleet, index, hour, random));
  const nodeWindows: NodeWindowRow[] = [];
  const nodeSnapshots: NodeSnapshot[] = [];
  for (let index = 0; index < fleet.nodes; index += 1) {
    const of = { clusterId: fleet.clusterId, node: nodeName(index) };
    for (const rowKind of ['system', 'unallocated'] as const) {
      const part = { rowKind, namespace: `__${rowKind}__`, podName: `node/${of.node}`, podUid: null };
      rows.push(sampleRow({ ...figures(hour, fleet.windowSeconds, random), ...of, ...part, ...NO_OWNER }));
    }
    nodeWindows.push(sampleNodeWindow({ ...of, cpuSeconds: random() * 900, utilisation: random() }));
    nodeSnapshots.push(sampleSnapshot({ clusterId: fleet.clusterId, name: of.node }));
  }
  return sampleWindow(startSeconds, rows, {
    clusterId: fleet.clusterId,
    durationSeconds: fleet.windowSeconds,
    nodeWindows,
    nodeSnapshots,
  });
}

const NO_OWNER = { ownerKind: null, ownerName: null, team: null } as const;

function podRow(
  { clusterId, pods, nodes, windowSeconds }: Fleet,
  index: number,
  hour: number,
  random: Random,
): ResultRow {
  // Every hour another 200th of the pods is made anew, under another name.
  const generation = Math.floor((hour + index) / 200);
  const workload = Math.floor(index / 5);
  const name = `service-${workload}-7d9f8b6c5-${(index + generation * pods).toString(36).padStart(5, 'x')}`;
  return sampleRow({
    ...figures(hour, windowSeconds, random),
    clusterId,
    namespace: `team-${workload % 40}`,
    podName: name,
    podUid: `00000000-0000-4000-8000-${(index + generation * pods).toString().padStart(12, '0')}`,
    ownerName: `service-${workload}`,
    node: nodeName((index + generation) % nodes),
    team: `team-${workload % 12}`,
    estimationReasons: index % 97 === 0 ? FEWER_SAMPLES : REASONS,
  });
}

function nodeName(index: number): string {
  return `ip-10-0-${index}-1.eu-west-3.compute.internal`;
}

/** Numbers that have nothing in common but what the method gives them: bounds and sums. */
function figures(hour: number, seconds: number, random: Random): Partial<ResultRow> {
  const dynamic = random() * 14 * seconds;
  const idle = random() * 7 * seconds;
  const joules = dynamic + idle;
  const intensity = 40 + (hour % 24);
  const grams = (joules / 3.6e6) * 1.14 * intensity;
  const embodied = random() * 1e-4 * seconds;
  const costCpu = random() * 1e-5 * seconds;
  const costMemory = random() * 1e-5 * seconds;
  const totalCost = costCpu + costMemory;
  return {
    joules,
    joulesLow: joules * 0.8,
    joulesHigh: joules * 1.3,
    joulesDynamic: dynamic,
    joulesIdle: idle,
    joulesMemory: idle * 0.31,
    co2eGrams: grams,
    co2eLowGrams: grams * 0.7,
    co2eHighGrams: grams * 1.4,
    embodiedCo2eGrams: embodied,
    embodiedLowGrams: embodied * 0.6,
    embodiedHighGrams: embodied * 1.9,
    gridIntensity: intensity,
    gridIntensityAtSeconds: hour * HOUR,
    costCpu,
    costMemory,
    costNetwork: 0,
    totalCost,
    costLow: totalCost * 0.9,
    costHigh: totalCost * 1.2,
    cpuRequestMillicores: 200,
    cpuUsageMillicores: random() * 400,
    memoryRequestBytes: 2 ** 29,
    memoryUsageBytes: Math.floor(random() * 1e9),
    networkReceiveBytes: Math.floor(random() * 1e8),
    networkTransmitBytes: Math.floor(random() * 1e8),
    diskReadBytes: Math.floor(random() * 1e6),
    diskWriteBytes: Math.floor(random() * 1e7),
    ephemeralStorageUsageBytes: Math.floor(random() * 1e8),
    restartCount: random() < 0.001 ? 1 : 0,
  };
}

type Random = () => number;

/** The same numbers for the same seed, on every machine. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
