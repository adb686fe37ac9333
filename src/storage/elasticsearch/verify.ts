import type { StoreProblem } from '../../core/ports/store-care.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { isoOf, secondsOf } from '../sql/instants.ts';
import { PEAK_COLUMNS } from '../sql/sums.ts';
import { hiddenClauses, ofCluster, startsIn } from './clauses.ts';
import { type ClusterHead, isPruned } from './cluster-head.ts';
import { pagesOf } from './documents.ts';
import { periodsWithWindows } from './ledger-days.ts';
import {
  GRAIN_NAMES,
  GRAINS,
  type Grain,
  lineKey,
  type Period,
  type RollupLine,
  rollupLines,
  SECONDS_OF,
} from './rollup-lines.ts';
import { SUM_FIELDS } from './row-sums.ts';
import type { Store } from './store.ts';

const DAY = 86_400;
/** Sums of one set of numbers in another order differ by rounding. */
const TOLERANCE = 1e-12;

/** Health of the indices, and roll-ups against what they are made of, wherever the rows are kept. */
export async function verify(store: Store, signal?: AbortSignal): Promise<readonly StoreProblem[]> {
  const problems = await checkHealth(store, signal);
  for (const head of await store.heads.list([], signal)) {
    // A cluster that is being written has nothing to be compared yet.
    if (head.job !== null) continue;
    for (const day of await periodsWithWindows(store, head, DAY, [], signal)) {
      if (isPruned(head, day)) continue;
      problems.push(...(await checkPeriods(store, head, 'hour', day, signal)));
      problems.push(...(await checkPeriods(store, head, 'day', day, signal)));
    }
  }
  return problems;
}

async function checkHealth({ requests, names }: Store, signal?: AbortSignal): Promise<StoreProblem[]> {
  const health = await requests.send(
    (options) => requests.client.cluster.health({ index: names.pattern, level: 'indices' }, options),
    signal,
  );
  return Object.entries(health.indices ?? {}).flatMap(([table, { status }]) =>
    String(status).toLowerCase() === 'red'
      ? [{ table, what: 'A part of it is not available (its health is red).' }]
      : [],
  );
}

/** The hours of a day, or the day itself, but for those that wait for their roll-ups. */
async function checkPeriods(
  store: Store,
  head: ClusterHead,
  period: Period,
  day: EpochSeconds,
  signal?: AbortSignal,
): Promise<StoreProblem[]> {
  const pending = period === 'hour' ? head.pendingHours : head.pendingDays;
  const range = { startSeconds: day, endSeconds: day + DAY };
  const kept = await keptSums(store, head, period, range, signal);
  const closed = await periodsWithWindows(store, head, SECONDS_OF[period], [startsIn(range)], signal);
  const starts = new Set([...closed, ...GRAINS.flatMap((grain) => [...kept[grain].keys()])]);
  const problems: StoreProblem[] = [];
  for (const start of [...starts].sort((left, right) => left - right)) {
    if (pending.includes(start)) continue;
    const expected = await rollupLines(store, head, period, start, signal);
    for (const grain of GRAINS) {
      const wrong = differences(expected[grain], kept[grain].get(start) ?? new Map());
      if (wrong === 0) continue;
      const what = `${wrong} ${wrong === 1 ? 'sum differs' : 'sums differ'} from the rows at ${isoOf(start)}.`;
      problems.push({ table: `rollup_${period}_${grain}`, what });
    }
  }
  return problems;
}

/** Sums, then peaks: these are missing in hours that an older version wrote, and in other roll-ups. */
const FIGURES = [...SUM_FIELDS.map(({ inRollups }) => inRollups), ...PEAK_COLUMNS.map(({ column }) => column)];

type KeptSums = Record<Grain, Map<EpochSeconds, Map<string, Float64Array>>>;

async function keptSums(
  { requests, names }: Store,
  head: ClusterHead,
  period: Period,
  range: { readonly startSeconds: number; readonly endSeconds: number },
  signal?: AbortSignal,
): Promise<KeptSums> {
  const kept: KeptSums = { pod: new Map(), workload: new Map(), namespace: new Map() };
  const query = { bool: { filter: [ofCluster(head.clusterId), startsIn(range)], must_not: hiddenClauses([head]) } };
  for (const grain of GRAINS) {
    const body = { query, sort: ['timestamp', ...GRAIN_NAMES[grain]] };
    const indices = names.within(`rollup-${period}-${grain}`, range);
    for await (const page of pagesOf(requests, indices, body, signal)) {
      for (const { source } of page) {
        const document = source as Readonly<Record<string, unknown>>;
        const start = secondsOf(String(document['timestamp']));
        const lines = kept[grain].get(start) ?? new Map<string, Float64Array>();
        kept[grain].set(start, lines);
        lines.set(
          lineKey(grain, document),
          Float64Array.from(FIGURES, (field) => Number(document[field] ?? Number.NaN)),
        );
      }
    }
  }
  return kept;
}

/** Lines that are missing, too many, or have another sum. */
function differences(expected: ReadonlyMap<string, RollupLine>, kept: ReadonlyMap<string, Float64Array>): number {
  let wrong = 0;
  for (const [key, { sums, peaks }] of expected) {
    const other = kept.get(key);
    const isWrong =
      other === undefined ||
      sums.some((sum, index) => !isSame(sum, other[index] ?? Number.NaN)) ||
      peaks.some((peak, index) => !isSameOrNone(peak, other[sums.length + index] ?? Number.NaN));
    if (isWrong) wrong += 1;
  }
  for (const key of kept.keys()) if (!expected.has(key)) wrong += 1;
  return wrong;
}

function isSameOrNone(peak: number, kept: number): boolean {
  return Number.isNaN(kept) || isSame(peak, kept);
}

function isSame(left: number, right: number): boolean {
  return Math.abs(left - right) <= TOLERANCE * Math.max(Math.abs(left), Math.abs(right));
}
