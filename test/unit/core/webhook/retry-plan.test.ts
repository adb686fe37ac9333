import { describe, expect, it } from 'vitest';
import { MOST_TRIES, pauseAfterTry } from '../../../../src/core/webhook/retry-plan.ts';

const tries = [1, 2, 3, 4];
const sum = (pauses: (number | null)[]): number => pauses.reduce<number>((all, pause) => all + (pause ?? 0), 0);

describe('pauses between tries', () => {
  it('grow, and are about an hour together', () => {
    expect(tries.map((count) => pauseAfterTry(count, 0.5, null))).toEqual([60, 240, 900, 2400]);
    expect(sum(tries.map((count) => pauseAfterTry(count, 0, null)))).toBe(2880);
    expect(sum(tries.map((count) => pauseAfterTry(count, 0.999999, null)))).toBe(4320);
  });

  it('end with the fifth try', () => {
    expect(MOST_TRIES).toBe(5);
    expect([5, 6].map((count) => pauseAfterTry(count, 0.5, null))).toEqual([null, null]);
    expect(pauseAfterTry(5, 0.5, 10)).toBeNull();
  });

  it('are never shorter than what the receiver asked for', () => {
    expect(pauseAfterTry(1, 0, 3000)).toBe(3000);
    expect(pauseAfterTry(1, 0, 5)).toBe(48);
    expect(pauseAfterTry(4, 0.5, 86_400)).toBe(86_400);
    expect(pauseAfterTry(1, 0.5, 86_401)).toBeNull();
  });
});
