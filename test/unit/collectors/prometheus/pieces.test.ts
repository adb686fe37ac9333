import { describe, expect, it } from 'vitest';
import { nextPiece, windowsPerPiece } from '../../../../src/collectors/prometheus/pieces.ts';
import type { Window } from '../../../../src/model/time.ts';

const hour = (index: number): Window => ({ startSeconds: index * 3600, durationSeconds: 3600 });

describe('windowsPerPiece', () => {
  it('takes a day of a small cluster at once', () => {
    expect(windowsPerPiece(3600, { podCount: 50, nodeCount: 5, maxSamples: 60_000 })).toBe(24);
    expect(windowsPerPiece(300, { podCount: 20, nodeCount: 2, maxSamples: 60_000 })).toBe(288);
  });

  it('keeps the answers of 3,000 pods within the limit', () => {
    const count = windowsPerPiece(3600, { podCount: 3000, nodeCount: 100, maxSamples: 60_000 });
    expect(count).toBeGreaterThanOrEqual(1);
    expect(count * 3000 * 4).toBeLessThanOrEqual(60_000);
  });

  it('never goes below one window', () => {
    expect(windowsPerPiece(3600, { podCount: 1_000_000, nodeCount: 5000, maxSamples: 1 })).toBe(1);
    expect(windowsPerPiece(300, { podCount: 0, nodeCount: 0, maxSamples: 1 })).toBe(1);
  });
});

describe('nextPiece', () => {
  it('ends where windows do not follow one another', () => {
    const windows = [hour(1), hour(2), hour(5), hour(6)];
    expect(nextPiece(windows, 0, 10)).toEqual([hour(1), hour(2)]);
    expect(nextPiece(windows, 2, 10)).toEqual([hour(5), hour(6)]);
  });

  it('ends where the length changes, and at the count', () => {
    const short: Window = { startSeconds: 7200, durationSeconds: 300 };
    expect(nextPiece([hour(1), short], 0, 10)).toEqual([hour(1)]);
    expect(nextPiece([hour(1), hour(2), hour(3)], 1, 1)).toEqual([hour(2)]);
    expect(nextPiece([hour(1)], 1, 5)).toEqual([]);
  });
});
