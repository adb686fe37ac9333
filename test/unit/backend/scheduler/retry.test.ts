import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS, retrySeconds } from '../../../../src/backend/scheduler/backoff.ts';
import { ClusterLoop } from '../../../../src/backend/scheduler/cluster-loop.ts';
import { closableUntil, nextRunAfter, SETTLE_SECONDS } from '../../../../src/backend/scheduler/next-run.ts';
import { ManualTime, settle } from '../../../fakes/backend/manual-time.ts';

const START = 1_000_000;

/** A loop whose job fails as often as it is told, and the times at which it ran. */
function failing(time: ManualTime, times: number, random: () => number = () => 0) {
  const ranAt: number[] = [];
  const run = async () => {
    ranAt.push(time.nowMilliseconds() / 1000 - START);
    if (ranAt.length <= times) throw new Error('no');
    return { atSeconds: time.nowSeconds() + 300 };
  };
  return { loop: new ClusterLoop({ run }, { clock: time, timers: time, random }), ranAt };
}

describe('pauses after failures', () => {
  test('are never none, never longer than five minutes, and never shrink by more than half', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, random) => {
        const seconds = retrySeconds(failures, random);
        expect(seconds).toBeGreaterThanOrEqual(FIRST_RETRY_SECONDS / 2);
        expect(seconds).toBeLessThanOrEqual(LONGEST_RETRY_SECONDS);
        expect(seconds).toBeGreaterThan(retrySeconds(failures, 0) / 2 - 1e-9);
      },
    );
    fc.assert(property);
  });

  test('never get shorter with one failure more', () => {
    for (let failures = 1; failures < 40; failures += 1) {
      expect(retrySeconds(failures + 1, 0.3)).toBeGreaterThanOrEqual(retrySeconds(failures, 0.3));
    }
  });

  test('two clusters that fail together come back apart', async () => {
    const time = new ManualTime(START);
    const early = failing(time, 3, () => 0.99);
    const late = failing(time, 3, () => 0);
    early.loop.start();
    late.loop.start();
    await time.advance(60);
    expect(late.ranAt).toEqual([0, 5, 15, 35]);
    expect(early.ranAt.length).toBe(4);
    for (const [index, at] of early.ranAt.entries()) {
      if (index > 0) expect(at).toBeLessThan(late.ranAt[index] ?? 0);
    }
    await Promise.all([early.loop.stop(), late.loop.stop()]);
  });

  test('the time of the next try is told while it waits', async () => {
    const time = new ManualTime(START);
    const { loop } = failing(time, 2);
    loop.start();
    await settle();
    expect(loop.nextRunAtSeconds).toBe(START + 5);
    await time.advance(5);
    expect(loop.nextRunAtSeconds).toBe(START + 15);
    await loop.stop();
  });

  test('sleep during a pause ends it on waking, and the pause after goes on growing', async () => {
    const time = new ManualTime(START);
    const { loop, ranAt } = failing(time, 100);
    loop.start();
    await time.advance(160);
    expect(ranAt).toEqual([0, 5, 15, 35, 75, 155]);
    time.sleep(3600);
    await time.advance(30);
    expect(ranAt).toHaveLength(7);
    const next = (loop.nextRunAtSeconds ?? 0) - START - (ranAt.at(-1) ?? 0);
    expect(next).toBe(300);
    await loop.stop();
  });
});

describe('stopping', () => {
  test('during a pause leaves no timer behind', async () => {
    const time = new ManualTime(START);
    const { loop, ranAt } = failing(time, 100);
    loop.start();
    await time.advance(1);
    expect(time.waiting).toBe(1);
    await loop.stop();
    expect([time.waiting, ranAt.length, loop.nextRunAtSeconds]).toEqual([0, 1, null]);
  });

  test('before it started ends nothing, and starting then runs nothing', async () => {
    const time = new ManualTime(START);
    const { loop, ranAt } = failing(time, 0);
    await loop.stop();
    loop.start();
    await time.advance(1000);
    expect(ranAt).toEqual([]);
  });

  test('starting twice is starting once', async () => {
    const time = new ManualTime(START);
    const { loop, ranAt } = failing(time, 0);
    loop.start();
    loop.start();
    await time.advance(299);
    expect(ranAt).toEqual([0]);
    await loop.stop();
  });
});

describe('a clock that is set back', () => {
  test('delays the next run by as much, and runs it once', async () => {
    const time = new ManualTime(START);
    const { loop, ranAt } = failing(time, 0);
    loop.start();
    await time.advance(100);
    time.sleep(-60);
    await time.advance(259);
    expect(ranAt).toHaveLength(1);
    await time.advance(2);
    expect(ranAt).toHaveLength(2);
    await loop.stop();
  });
});

test('whatever the time and the pace, the next run is later, within one pace, and finds a new window to close', () => {
  const property = fc.property(
    fc.integer({ min: 1_600_000_000, max: 2_000_000_000 }),
    fc.constantFrom(60, 300, 600, 3600),
    (now, interval) => {
      const next = nextRunAfter(now, interval);
      expect(next).toBeGreaterThan(now);
      expect(next - now).toBeLessThanOrEqual(interval);
      expect((next - SETTLE_SECONDS) % interval).toBe(0);
      if (interval % 300 === 0) expect(closableUntil(next)).toBeGreaterThan(closableUntil(now));
    },
  );
  fc.assert(property);
});
