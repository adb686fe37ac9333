import { describe, expect, it } from 'vitest';
import type { HealthHistory } from '../../../../src/contract/schemas/kubernetes/clusters.ts';
import { healthyShare, spansOf } from '../../../../src/renderer/features/cluster/health-spans.ts';

const period = { start: '2026-11-01T00:00:00Z', end: '2026-11-11T00:00:00Z' };
type Status = HealthHistory['changes'][number]['health_status'];

const change = (day: number, health_status: Status, ...messages: string[]): HealthHistory['changes'][number] => ({
  at: new Date(Date.UTC(2026, 10, day)).toISOString(),
  health_status,
  reasons: messages.map((message) => ({ code: message, message, objects: [] })),
});
const days = (...changes: HealthHistory['changes']) =>
  spansOf({ changes, period }).map(({ startMs, endMs, status }) => [
    new Date(startMs).getUTCDate(),
    new Date(endMs).getUTCDate(),
    status,
  ]);

describe('spans of health', () => {
  it('cover the period without holes, from changes that come newest first', () => {
    expect(days(change(8, 'healthy'), change(6, 'critical'), change(3, 'healthy'))).toEqual([
      [1, 3, null],
      [3, 6, 'healthy'],
      [6, 8, 'critical'],
      [8, 11, 'healthy'],
    ]);
  });

  it('are one hole where nothing is kept', () => {
    expect(days()).toEqual([[1, 11, null]]);
  });

  it('begin with what held at the start, though it came before', () => {
    const before = { ...change(1, 'degraded'), at: '2026-10-20T00:00:00Z' };
    expect(days(change(5, 'healthy'), before)).toEqual([
      [1, 5, 'degraded'],
      [5, 11, 'healthy'],
    ]);
  });

  it('join changes of reasons alone, and name each reason once', () => {
    const spans = spansOf({
      changes: [change(7, 'degraded', 'a node', 'a pod'), change(4, 'degraded', 'a node')],
      period,
    });
    expect(spans.map(({ status, reasons }) => [status, reasons])).toEqual([
      [null, []],
      ['degraded', ['a node', 'a pod']],
    ]);
  });

  it('leave out what lasted no time', () => {
    const two = [change(5, 'healthy'), { ...change(5, 'critical') }];
    expect(days(...two).every(([from, to]) => from !== to)).toBe(true);
  });
});

describe('the share of time in health', () => {
  it('counts what is known alone', () => {
    const spans = spansOf({ changes: [change(9, 'degraded'), change(3, 'healthy')], period });
    expect(healthyShare(spans)).toBeCloseTo(6 / 8, 10);
  });

  it('takes "not known" for not known', () => {
    const spans = spansOf({ changes: [change(9, 'healthy'), change(3, 'unknown')], period });
    expect(healthyShare(spans)).toBe(1);
  });

  it('is not said of less than an hour, or of nothing', () => {
    const fresh = { ...change(10, 'critical'), at: '2026-11-10T23:59:00Z' };
    expect(healthyShare(spansOf({ changes: [fresh], period }))).toBeNull();
    expect(healthyShare([])).toBeNull();
  });
});
