import { expect, it } from 'vitest';
import type { Refreshed } from '../../../../src/backend/score/score-desk.ts';
import { SCORE_LOOK_SECONDS, SCORE_PACE_SECONDS, ScoreWorker } from '../../../../src/backend/score/score-worker.ts';
import type { ClusterRecord } from '../../../../src/model/cluster.ts';
import { ManualTime, settle } from '../../../fakes/backend/manual-time.ts';

const START = 1_772_000_000;

function working(ids: string[] = ['a', 'b']) {
  const time = new ManualTime(START);
  const asked: string[] = [];
  const state = { answer: 'scored' as Refreshed, failure: null as Error | null, ids };
  const worker = new ScoreWorker({
    desk: {
      refresh: async (id, oldestSeconds) => {
        expect(oldestSeconds).toBe(SCORE_PACE_SECONDS);
        asked.push(id);
        return state.answer;
      },
      problemOf: (id) => (id === 'b' ? 'No lease' : null),
    },
    store: {
      listClusters: async () => {
        if (state.failure !== null) throw state.failure;
        return state.ids.map((id) => ({ id }) as ClusterRecord);
      },
    },
    clock: time,
    timers: time,
  });
  return { worker, time, asked, state };
}

it('looks a minute after the start, then every ten minutes, one cluster after the other', async () => {
  const { worker, time, asked, state } = working();
  worker.start();
  worker.start();
  await time.advance(59);
  expect(asked).toEqual([]);
  await time.advance(1);
  expect(asked).toEqual(['a', 'b']);
  expect(worker.status()).toMatchObject({ name: 'score', isRunning: true, counts: { scored: 2 }, lastError: null });
  state.answer = 'fresh';
  await time.advance(SCORE_LOOK_SECONDS);
  expect(asked).toEqual(['a', 'b', 'a', 'b']);
  expect(worker.status().counts).toEqual({ scored: 2 });
  expect(worker.status().clusters).toEqual([
    { clusterId: 'a', state: 'fresh', lastRunAtSeconds: START + 660, lastError: null },
    { clusterId: 'b', state: 'fresh', lastRunAtSeconds: START + 660, lastError: 'No lease' },
  ]);
  await worker.stop();
  expect(worker.status().isRunning).toBe(false);
});

it('forgets clusters that are gone', async () => {
  const { worker, time, state } = working();
  worker.start();
  await time.advance(60);
  state.ids = ['b'];
  await time.advance(SCORE_LOOK_SECONDS);
  expect(worker.status().clusters.map(({ clusterId }) => clusterId)).toEqual(['b']);
  await worker.stop();
});

it('goes on after the store failed, and says it meanwhile', async () => {
  const { worker, time, asked, state } = working();
  state.failure = new Error('gone');
  worker.start();
  await time.advance(60);
  expect(worker.status().lastError).not.toBeNull();
  state.failure = null;
  await time.advance(SCORE_LOOK_SECONDS);
  expect([worker.status().lastError, asked]).toEqual([null, ['a', 'b']]);
  await worker.stop();
});

it('stops before it has begun', async () => {
  const { worker, asked } = working();
  worker.start();
  await worker.stop();
  await settle();
  expect(asked).toEqual([]);
});
