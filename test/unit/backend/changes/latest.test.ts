import { expect, test } from 'vitest';
import { Latest } from '../../../../src/backend/changes/latest.ts';
import { ManualTime, settle } from '../../../fakes/backend/manual-time.ts';

test('a follower sees the value now, then the newest at most once in 200 ms', async () => {
  const time = new ManualTime(0);
  const latest = new Latest(0);
  const seen: number[] = [];
  const stop = new AbortController();
  const done = (async () => {
    for await (const value of latest.follow(stop.signal, time, 200)) seen.push(value);
  })();
  for (let value = 1; value <= 50; value += 1) {
    latest.set(value);
    await time.advance(0.02);
  }
  expect(seen.length).toBeLessThanOrEqual(6);
  await time.advance(0.2);
  expect(seen.at(-1)).toBe(50);
  stop.abort();
  await done;
});

test('nothing is told while nothing changes, and the end comes with the signal', async () => {
  const time = new ManualTime(0);
  const latest = new Latest('a');
  const stop = new AbortController();
  const followed = latest.follow(stop.signal, time, 200);
  expect((await followed.next()).value).toBe('a');
  const next = followed.next();
  await time.advance(10);
  stop.abort();
  expect(await next).toEqual({ done: true, value: undefined });
  await settle();
  expect(time.waiting).toBe(0);
});
