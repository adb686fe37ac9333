import type { HealthHistory } from '../../../contract/schemas/kubernetes/clusters.ts';
import { toMilliseconds } from '../../format/time.ts';

type Answer = Pick<HealthHistory, 'changes' | 'period'>;
type Change = Answer['changes'][number];

/** A part of the period in which the health was the same. */
export interface HealthSpan {
  readonly startMs: number;
  readonly endMs: number;
  /** Null: nothing is kept of it. */
  readonly status: Change['health_status'] | null;
  readonly reasons: readonly string[];
}

/** The period from its start to its end, without holes; changes come newest first. Changes of reasons alone are joined. */
export function spansOf({ changes, period }: Answer): HealthSpan[] {
  const [start, end] = [toMilliseconds(period.start), toMilliseconds(period.end)];
  const oldestFirst = [...changes].sort((a, b) => toMilliseconds(a.at) - toMilliseconds(b.at));
  const spans: HealthSpan[] = [];
  const add = (span: HealthSpan) => {
    const before = spans.at(-1);
    if (before !== undefined && before.status === span.status) {
      const reasons = [...new Set([...before.reasons, ...span.reasons])];
      spans[spans.length - 1] = { ...before, endMs: span.endMs, reasons };
    } else if (span.endMs > span.startMs) spans.push(span);
  };
  const first = oldestFirst[0];
  const known = first === undefined ? end : Math.max(start, toMilliseconds(first.at));
  if (known > start) add({ startMs: start, endMs: known, status: null, reasons: [] });
  for (const [index, change] of oldestFirst.entries()) {
    const next = oldestFirst[index + 1];
    add({
      startMs: Math.max(start, toMilliseconds(change.at)),
      endMs: next === undefined ? end : Math.max(start, toMilliseconds(next.at)),
      status: change.health_status,
      reasons: change.reasons.map(({ message }) => message),
    });
  }
  return spans;
}

/** Of less than this a share says nothing. */
const LEAST_KNOWN_MS = 3_600_000;

/** Share of the known time in which it was healthy; null where less than an hour is known. */
export function healthyShare(spans: readonly HealthSpan[]): number | null {
  const length = (some: readonly HealthSpan[]) => some.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const known = spans.filter(({ status }) => status !== null && status !== 'unknown');
  const knownMs = length(known);
  return knownMs < LEAST_KNOWN_MS ? null : length(known.filter(({ status }) => status === 'healthy')) / knownMs;
}
