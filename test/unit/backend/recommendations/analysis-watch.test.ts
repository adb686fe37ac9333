import { expect, it } from 'vitest';
import { ChangeFeed } from '../../../../src/backend/changes/change-feed.ts';
import type { Attempt } from '../../../../src/backend/recommendations/analysis-desk.ts';
import {
  AGAIN_SECONDS,
  ANALYSIS_INTERVAL_SECONDS,
  AnalysisWatch,
  FAILED_AGAIN_SECONDS,
  SOON_SECONDS,
} from '../../../../src/backend/recommendations/analysis-watch.ts';
import type { LastRun, RunNotice } from '../../../../src/backend/recommendations/run-state.ts';
import { ManualTime, settle } from '../../../fakes/backend/manual-time.ts';
import { outcomeOf } from './desk-bench.ts';
import { HOUR, NOW } from './samples.ts';

function watching(clusters: readonly string[] = [], analysedAt: number | null = null) {
  const time = new ManualTime(NOW);
  const changes = new ChangeFeed();
  const last = new Map<string, LastRun>();
  const run = (at: number): LastRun => {
    const { clusterDay } = outcomeOf([]);
    return { analysedAtSeconds: at, hoursObserved: 168, hoursPossible: 168, clusterDay, notices: [] };
  };
  for (const id of clusters) if (analysedAt !== null) last.set(id, run(analysedAt));
  const bench = {
    attempt: 'done' as Attempt,
    runs: [] as string[],
    watches: 0,
    specsChanged: (_id: string): void => undefined,
  };
  const desk = {
    run: async (id: string) => {
      bench.runs.push(`${id} ${time.nowSeconds() - NOW}`);
      if (bench.attempt === 'done') last.set(id, run(time.nowSeconds()));
      return bench.attempt;
    },
    watch: async () => {
      bench.watches += 1;
      return 'done' as const;
    },
    lastRun: (id: string) => last.get(id) ?? null,
    problemOf: (): RunNotice | null =>
      bench.attempt === 'failed' ? { code: 'analysis-failed', message: 'broken', hint: null } : null,
  };
  const watch = new AnalysisWatch({
    desk,
    store: { listClusters: async () => clusters.map((id) => ({ id })) },
    layouts: {
      layout: () => null,
      onSpecChange: (listener) => {
        bench.specsChanged = listener;
        return () => undefined;
      },
    },
    changes,
    timers: time,
    clock: time,
  });
  watch.start();
  const windows = (clusterId: string, startSeconds = time.nowSeconds() - 300) =>
    changes.publish({ kind: 'windows', clusterId, range: { startSeconds, endSeconds: startSeconds + 300 } });
  return { ...bench, bench, watch, time, windows };
}

it('analyses soon after the first windows of a cluster, then every six hours', async () => {
  const { bench, watch, time, windows } = watching();
  await settle();
  expect(time.waiting).toBe(0);
  windows('a');
  await time.advance(SOON_SECONDS - 1);
  expect(bench.runs).toEqual([]);
  await time.advance(2);
  expect(bench.runs).toEqual([`a ${SOON_SECONDS}`]);
  await time.advance(ANALYSIS_INTERVAL_SECONDS - 2 - SOON_SECONDS);
  windows('a');
  expect(bench.runs).toHaveLength(1);
  await time.advance(SOON_SECONDS + 2);
  expect(bench.runs).toHaveLength(2);
  await watch.stop();
  expect(watch.status()).toMatchObject({ name: 'recommendations', isRunning: false, counts: { runs: 2 } });
});

it('takes up where the last run was, after a start', async () => {
  const { bench, watch, time } = watching(['a'], NOW - ANALYSIS_INTERVAL_SECONDS + 600);
  await time.advance(590);
  expect(bench.runs).toEqual([]);
  await time.advance(20);
  expect(bench.runs).toEqual(['a 600']);
  await watch.stop();
});

it('analyses again when the past changed, not more often than every five minutes', async () => {
  const { bench, watch, time, windows } = watching(['a'], NOW);
  await settle();
  windows('a', NOW - 10 * HOUR);
  windows('a', NOW - 20 * HOUR);
  await time.advance(AGAIN_SECONDS - 1);
  expect(bench.runs).toEqual([]);
  await time.advance(2);
  expect(bench.runs).toEqual([`a ${AGAIN_SECONDS}`]);
  windows('a', NOW - 30 * HOUR);
  await time.advance(AGAIN_SECONDS - 10);
  expect(bench.runs).toHaveLength(1);
  await watch.stop();
});

it('looks at the specs after they changed, once for many', async () => {
  const { bench, watch, time } = watching(['a'], NOW);
  await settle();
  bench.specsChanged('a');
  await time.advance(SOON_SECONDS - 5);
  bench.specsChanged('a');
  await time.advance(10);
  expect(bench.watches).toBe(1);
  expect(bench.runs).toEqual([]);
  await watch.stop();
});

it('waits for a layout instead of trying on, and runs when there is one', async () => {
  const { bench, watch, time } = watching(['a']);
  bench.attempt = 'unknown-layout';
  await time.advance(HOUR);
  expect(bench.runs).toHaveLength(1);
  bench.attempt = 'done';
  bench.specsChanged('a');
  await time.advance(SOON_SECONDS + 1);
  expect(bench.runs).toHaveLength(2);
  expect(bench.watches).toBe(0);
  await watch.stop();
});

it('tries again some minutes after a failure, and says it meanwhile', async () => {
  const { bench, watch, time } = watching(['a']);
  bench.attempt = 'failed';
  await time.advance(SOON_SECONDS + 1);
  expect(watch.status()).toMatchObject({ lastError: 'broken', clusters: [{ clusterId: 'a', lastError: 'broken' }] });
  await time.advance(FAILED_AGAIN_SECONDS + 1);
  expect(bench.runs).toHaveLength(2);
  await watch.stop();
});

it('looks at everything anew when asked to', async () => {
  const { bench, watch, time } = watching(['a', 'b'], NOW);
  await settle();
  watch.all();
  await time.advance(1);
  expect(bench.runs).toEqual(['a 0', 'b 0']);
  await watch.stop();
});
