import { describe, expect, test } from 'vitest';
import { isSignInFailure, SignInRenewal } from '../../../../src/backend/sync/sign-in-renewal.ts';

describe('a refused sign-in', () => {
  test.each([
    ['unauthenticated', true],
    ['tls', true],
    ['exec-plugin', true],
    ['forbidden', false],
    ['unreachable', false],
    ['timeout', false],
  ] as const)('%s may end with newer credentials: %s', (code, expected) => {
    expect(isSignInFailure({ code })).toBe(expected);
  });

  test('is none where nothing failed', () => expect(isSignInFailure(null)).toBe(false));

  test('is tried anew at once, then after pauses that double up to a quarter of an hour', () => {
    const renewal = new SignInRenewal();
    const due: number[] = [];
    for (let now = 1_000; now < 6_000; now += 10) if (renewal.isDue(now)) due.push(now - 1_000);
    expect(due).toEqual([0, 60, 180, 420, 900, 1_860, 2_820, 3_780, 4_740]);
  });

  test('once it was well again begins anew', () => {
    const renewal = new SignInRenewal();
    expect([renewal.isDue(1_000), renewal.isDue(1_001)]).toEqual([true, false]);
    renewal.over();
    expect([renewal.isDue(1_002), renewal.isDue(1_003)]).toEqual([true, false]);
  });
});
