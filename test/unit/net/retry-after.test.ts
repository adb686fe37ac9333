import { describe, expect, test } from 'vitest';
import { retryAfterSeconds } from '../../../src/net/retry-after.ts';

const NOW = Date.UTC(2026, 2, 10, 12);

describe('Retry-After', () => {
  test.each([
    ['120', 120],
    [' 0 ', 0],
    ['Tue, 10 Mar 2026 12:00:30 GMT', 30],
    ['Tue, 10 Mar 2026 11:00:00 GMT', 0],
    ['', null],
    [null, null],
    ['soon', null],
    ['1.5', null],
    ['-3', null],
    ['99999999999999', null],
  ])('%j is %j seconds', (header, seconds) => {
    expect(retryAfterSeconds(header, NOW)).toBe(seconds);
  });
});
