import { describe, expect, it } from 'vitest';
import { shortPath } from '../../../../src/renderer/format/path.ts';
import {
  exactMoment,
  formatAge,
  formatBucket,
  formatClock,
  formatCoverage,
  formatDay,
  formatDuration,
  formatMoment,
  formatPeriod,
  zoneName,
} from '../../../../src/renderer/format/time.ts';

const PARIS = 'Europe/Paris';
const at = (text: string) => Date.parse(text);

describe('moments', () => {
  it('are written on the clocks of the zone', () => {
    expect(formatClock('2026-11-12T13:00:00Z', PARIS)).toBe('14:00');
    expect(formatClock('2026-11-12T13:00:00Z', 'UTC')).toBe('13:00');
    expect(formatMoment('2026-11-12T23:30:00Z', PARIS)).toBe('13 Nov 00:30');
    expect(formatDay('2026-11-13T12:00:00Z', 'UTC')).toBe('Fri 13 Nov');
    expect(formatMoment('2026-09-01T00:00:00Z', 'UTC')).toBe('1 Sep 00:00');
  });

  it('name their zone', () => {
    expect(zoneName(PARIS, '2026-11-12T13:00:00Z')).toBe('CET');
    expect(zoneName(PARIS, '2026-07-12T13:00:00Z')).toBe('CEST');
    expect(zoneName('UTC', 0)).toBe('UTC');
    expect(exactMoment('2026-11-12T13:00:05Z', PARIS)).toBe('Thu 12 Nov 2026, 14:00:05 CET');
  });
});

describe('formatPeriod', () => {
  it.each([
    ['2026-11-12T14:00:00Z', '2026-11-19T14:00:00Z', '12 Nov 14:00 – 19 Nov 14:00'],
    ['2026-11-12T00:00:00Z', '2026-11-19T00:00:00Z', '12–18 Nov'],
    ['2026-10-28T00:00:00Z', '2026-11-04T00:00:00Z', '28 Oct – 3 Nov'],
    ['2026-11-12T00:00:00Z', '2026-11-13T00:00:00Z', '12 Nov'],
    ['2026-11-12T02:00:00Z', '2026-11-12T06:00:00Z', '12 Nov 02:00–06:00'],
  ])('%s to %s', (start, end, text) => {
    expect(formatPeriod(start, end, 'UTC')).toBe(text);
  });
});

describe('formatBucket', () => {
  it.each([
    ['2026-11-13T02:00:00Z', '2026-11-13T04:00:00Z', 'Fri 13 Nov, 02:00–04:00'],
    ['2026-11-13T00:00:00Z', '2026-11-14T00:00:00Z', 'Fri 13 Nov'],
    ['2026-11-09T00:00:00Z', '2026-11-16T00:00:00Z', '9–15 Nov'],
    ['2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z', 'November 2026'],
    ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', '2026'],
    ['2026-11-13T00:00:00Z', '2026-11-13T00:05:00Z', 'Fri 13 Nov, 00:00–00:05'],
  ])('%s to %s', (start, end, text) => {
    expect(formatBucket(start, end, 'UTC')).toBe(text);
  });

  it('knows a day of 23 and of 25 hours', () => {
    expect(formatBucket('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', PARIS)).toBe('Sun 29 Mar');
    expect(formatBucket('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', PARIS)).toBe('Sun 25 Oct');
  });
});

describe('formatAge', () => {
  const now = at('2026-11-19T14:30:00Z');
  it.each([
    ['2026-11-19T14:29:30Z', 'now'],
    ['2026-11-19T14:26:30Z', '3 min ago'],
    ['2026-11-19T13:31:00Z', '59 min ago'],
    ['2026-11-19T12:25:00Z', '12:25'],
    ['2026-11-12T14:00:00Z', '12 Nov 14:00'],
    ['2026-11-19T15:00:00Z', '19 Nov 15:00'],
  ])('%s is %s', (moment, text) => {
    expect(formatAge(moment, now, 'UTC')).toBe(text);
  });
});

describe('lengths', () => {
  it.each([
    [40, '40 s'],
    [300, '5 min'],
    [18_000, '5 h'],
    [5_400, '1 h 30 min'],
    [40_000, '11 h'],
    [183_600, '2 d 3 h'],
    [172_800, '2 d'],
    [30 * 86_400, '30 d'],
    [-4, '0 s'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('counts coverage without rounding up', () => {
    expect(formatCoverage(163 * 3600, 168 * 3600)).toBe('163 of 168 hours');
    expect(formatCoverage(163.9 * 3600, 168 * 3600)).toBe('163 of 168 hours');
    expect(formatCoverage(1500, 3600)).toBe('25 of 60 min');
  });
});

describe('shortPath', () => {
  it.each([
    ['/home/ada/.kube/config', '~/.kube/config'],
    ['/Users/ada/.kube/config', '~/.kube/config'],
    ['/root/.kube/config', '~/.kube/config'],
    ['/etc/kubernetes/admin.conf', '/etc/kubernetes/admin.conf'],
    ['/rooted/x', '/rooted/x'],
  ])('%s is %s', (path, text) => {
    expect(shortPath(path)).toBe(text);
  });
});
