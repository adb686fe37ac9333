import { expect, test } from 'vitest';
import { liveFromSeconds, liveRange, planHistory } from '../../../../src/backend/clusters/history-plan.ts';
import { emptyResult } from '../../../../src/backend/pipeline/compute-result.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const BEGAN = 100 * DAY + 10 * HOUR + 1000;

test('history ends with the last hour that could be read when collection began', () => {
  expect(liveFromSeconds(BEGAN)).toBe(100 * DAY + 10 * HOUR);
  expect(liveFromSeconds(100 * DAY + 10 * HOUR + 30)).toBe(100 * DAY + 9 * HOUR);
});

test('live reading starts where history ends, or where all is closed, and never looks back for ever', () => {
  expect(liveRange(BEGAN, 0, BEGAN)).toEqual({
    startSeconds: 100 * DAY + 10 * HOUR,
    endSeconds: 100 * DAY + 10 * HOUR + 900,
  });
  const closed = BEGAN + 5 * HOUR - 1000;
  expect(liveRange(BEGAN, closed, BEGAN + 6 * HOUR).startSeconds).toBe(closed);
  const late = liveRange(BEGAN, closed, BEGAN + 60 * DAY);
  expect((late.endSeconds - late.startSeconds) / DAY).toBeCloseTo(31, 1);
  const early = liveRange(BEGAN, BEGAN + HOUR, BEGAN);
  expect(early.startSeconds).toBe(early.endSeconds);
});

test('history comes in days, the newest first, and only what is missing', async () => {
  const store = new MemoryStore();
  const fresh = await planHistory(store, 'c', BEGAN, 3 * DAY);
  expect(fresh.windowCount).toBe(72);
  expect(fresh.pieces.map((piece) => (piece.endSeconds - piece.startSeconds) / HOUR)).toEqual([24, 24, 24]);
  expect(fresh.pieces[0]?.endSeconds).toBe(100 * DAY + 10 * HOUR);
  for (let hour = 0; hour < 24; hour += 1) {
    const window = { startSeconds: 99 * DAY + (10 + hour) * HOUR, durationSeconds: 3600 } as const;
    await store.replaceWindow(emptyResult('c', window, 0, null, [], 0));
  }
  const rest = await planHistory(store, 'c', BEGAN, 3 * DAY);
  expect(rest.windowCount).toBe(48);
  expect(rest.pieces[0]?.endSeconds).toBe(99 * DAY + 10 * HOUR);
  expect((await planHistory(store, 'c', BEGAN, DAY)).pieces).toEqual([]);
});
