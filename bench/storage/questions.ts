import type { ResultsStore } from '../../src/core/ports/results-store.ts';
import { floorTo, type TimeRange } from '../../src/model/time.ts';
import { DAY, HOUR } from '../../test/contract/storage/sample-windows.ts';
import { NOW } from './fleet.ts';

const ALL = { clusterIds: [] };
const REPEATS = 20;

/** How long one question took, over its repeats. */
export interface Figure {
  readonly question: string;
  readonly p50Milliseconds: number;
  readonly p95Milliseconds: number;
}

/** Ranges as the pages ask for them: up to the hour that is going on. */
function last(seconds: number): TimeRange {
  const end = floorTo(NOW, HOUR) + HOUR;
  return { startSeconds: end - seconds, endSeconds: end };
}

function cut({ startSeconds, endSeconds }: TimeRange, step: number): readonly TimeRange[] {
  const first = floorTo(startSeconds, step);
  return Array.from({ length: Math.ceil((endSeconds - first) / step) }, (_, index) => ({
    startSeconds: first + index * step,
    endSeconds: first + (index + 1) * step,
  }));
}

/** What the API asks for each of the seven questions of the overview and its lists. */
const QUESTIONS: Readonly<Record<string, (store: ResultsStore) => Promise<unknown>>> = {
  'summary 24h': (store) => summary(store, last(DAY)),
  'summary 30d': (store) => summary(store, last(30 * DAY)),
  'summary 1y': (store) => summary(store, last(365 * DAY)),
  'timeseries day 30d': (store) => series(store, cut(last(30 * DAY), DAY)),
  'timeseries hour 7d': (store) => series(store, cut(last(7 * DAY), HOUR)),
  'namespaces 24h': (store) =>
    store.breakdown({
      filter: ALL,
      range: last(DAY),
      by: 'namespace',
      sort: 'co2e',
      descending: true,
      limit: 100,
      offset: 0,
      search: null,
    }),
  'metrics 24h, first page': (store) =>
    store.rows({ filter: ALL, podPattern: null, range: last(DAY), limit: 100, offset: 0 }),
};

async function summary(store: ResultsStore, range: TimeRange): Promise<unknown> {
  const length = range.endSeconds - range.startSeconds;
  const previous = { startSeconds: range.startSeconds - length, endSeconds: range.startSeconds };
  return Promise.all([store.totals(ALL, range), store.totals(ALL, previous), store.coverage([], [range])]);
}

function series(store: ResultsStore, buckets: readonly TimeRange[]): Promise<unknown> {
  return Promise.all([store.series({ filter: ALL, buckets, groupBy: null, top: null }), store.coverage([], buckets)]);
}

/** Asks each question once to warm up, then again and again. */
export async function askAll(store: ResultsStore): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [question, ask] of Object.entries(QUESTIONS)) {
    await ask(store);
    const times: number[] = [];
    for (let index = 0; index < REPEATS; index += 1) {
      const started = performance.now();
      await ask(store);
      times.push(performance.now() - started);
    }
    times.sort((left, right) => left - right);
    const at = (share: number): number => times[Math.ceil(share * times.length) - 1] ?? Number.NaN;
    figures.push({ question, p50Milliseconds: at(0.5), p95Milliseconds: at(0.95) });
  }
  return figures;
}

/** A line a question; `goalMilliseconds` is for the 95th percentile. */
export function printFigures(store: string, figures: readonly Figure[], goalMilliseconds: number): void {
  console.log(`${store} (goal p95 < ${goalMilliseconds} ms):`);
  for (const { question, p50Milliseconds, p95Milliseconds } of figures) {
    const verdict = p95Milliseconds < goalMilliseconds ? '' : '  MISSED';
    console.log(
      `  ${question.padEnd(24)} p50 ${p50Milliseconds.toFixed(1).padStart(7)} ms   p95 ${p95Milliseconds.toFixed(1).padStart(7)} ms${verdict}`,
    );
  }
}
