import { expect, test } from 'vitest';
import { LONGEST_RETRY_SECONDS, retrySeconds } from '../../../../src/backend/scheduler/backoff.ts';
import { closableUntil, nextRunAfter } from '../../../../src/backend/scheduler/next-run.ts';

test('pauses double from 5 seconds to 5 minutes', () => {
  expect([1, 2, 3, 4, 7, 50, 10_000].map((failures) => retrySeconds(failures, 0))).toEqual([
    5, 10, 20, 40, 300, 300, 300,
  ]);
});

test('jitter takes away up to half', () => {
  expect(retrySeconds(1, 0.999_999)).toBeCloseTo(2.5);
  expect(retrySeconds(100, 0.5)).toBe(LONGEST_RETRY_SECONDS * 0.75);
});

test('a window can be closed 90 seconds after its end', () => {
  expect(closableUntil(689)).toBe(300);
  expect(closableUntil(690)).toBe(600);
});

test('the next run comes when the next window can be closed', () => {
  expect(nextRunAfter(690, 300)).toBe(990);
  expect(nextRunAfter(989, 300)).toBe(990);
  expect(nextRunAfter(690, 60)).toBe(750);
});
