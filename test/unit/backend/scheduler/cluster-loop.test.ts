import { beforeEach, describe, expect, test } from 'vitest';
import { ClusterLoop, type LoopJob } from '../../../../src/backend/scheduler/cluster-loop.ts';
import { ManualTime, settle } from '../../../fakes/backend/manual-time.ts';

const START = 1_000_000;
let time: ManualTime;
let ranAt: number[];
beforeEach(() => {
  time = new ManualTime(START);
  ranAt = [];
});

function loopOf(work: (signal: AbortSignal, turn: number) => ReturnType<LoopJob['run']>) {
  const job: LoopJob = {
    run: async (signal) => {
      ranAt.push(time.nowSeconds() - START);
      return work(signal, ranAt.length);
    },
  };
  return new ClusterLoop(job, { clock: time, timers: time, random: () => 0 });
}
const inSeconds = (seconds: number) => ({ atSeconds: time.nowSeconds() + seconds });

test('runs at once, then when the job says', async () => {
  const loop = loopOf(async () => inSeconds(300));
  loop.start();
  await time.advance(650);
  expect(ranAt).toEqual([0, 300, 600]);
  expect(loop.nextRunAtSeconds).toBe(START + 900);
  await loop.stop();
  expect(loop.nextRunAtSeconds).toBeNull();
  await time.advance(1000);
  expect(ranAt).toHaveLength(3);
});

test('runs again without a pause while there is more', async () => {
  const loop = loopOf(async (_signal, turn) => (turn < 4 ? 'now' : inSeconds(300)));
  loop.start();
  await settle();
  expect(ranAt).toEqual([0, 0, 0, 0]);
  await loop.stop();
});

test('failures are retried with growing pauses; a success starts anew', async () => {
  const loop = loopOf(async (_signal, turn) => {
    if (turn !== 4) throw new Error('no');
    return inSeconds(100);
  });
  loop.start();
  await time.advance(36 + 100 + 6);
  expect(ranAt).toEqual([0, 5, 15, 35, 135, 140]);
  await loop.stop();
});

test('never runs twice at once, and stop waits for the run under way', async () => {
  let running = 0;
  let most = 0;
  const loop = loopOf(async (signal) => {
    running += 1;
    most = Math.max(most, running);
    await time.wait(1000, signal);
    running -= 1;
    return 'now';
  });
  loop.start();
  loop.wake();
  await time.advance(500);
  loop.wake();
  const stopped = loop.stop();
  await stopped;
  expect([most, running]).toEqual([1, 0]);
});

describe('waking', () => {
  test('runs at once and keeps the pace after', async () => {
    const loop = loopOf(async () => inSeconds(300));
    loop.start();
    await time.advance(100);
    loop.wake();
    await time.advance(0);
    expect(ranAt).toEqual([0, 100]);
    await time.advance(300);
    expect(ranAt).toEqual([0, 100, 400]);
    await loop.stop();
  });

  test('a machine that slept is noticed within half a minute, though its timers stood still', async () => {
    const loop = loopOf(async () => inSeconds(300));
    loop.start();
    await time.advance(10);
    time.sleep(8 * 3600);
    await time.advance(30);
    expect(ranAt).toHaveLength(2);
    await loop.stop();
  });
});
