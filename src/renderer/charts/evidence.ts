import type * as z from 'zod';
import type { Evidence, EvidenceSeries } from '../../contract/schemas/recommendations.ts';
import { chooseUnit, type Unit } from '../format/units.ts';
import type { Gap } from './buckets.ts';

export type WireEvidence = z.infer<typeof Evidence>;
export type WireSeries = z.infer<typeof EvidenceSeries>;
export type WireLine = WireEvidence['lines'][number];

/** One step of a series; null where nothing is known. */
export interface EvidencePoint {
  readonly startMs: number;
  readonly endMs: number;
  readonly mean: number | null;
  readonly peak: number | null;
}

export interface EvidenceShape {
  readonly points: readonly EvidencePoint[];
  readonly gaps: readonly Gap[];
  readonly unit: Unit;
  /** Horizontal lines; the maximum is a mark on its step. */
  readonly lines: readonly WireLine[];
  readonly maximum: { readonly atMs: number; readonly value: number } | null;
  /** Highest of all that is drawn. */
  readonly highest: number;
}

const plain = (symbol: string, size = 1): Unit => ({ kind: 'cpu', symbol, label: symbol, size });

/** Unit of a series whose values are as the backend sends them: cores (not millicores), bytes, watts. */
function unitOf(unit: WireSeries['unit'], highest: number): Unit {
  switch (unit) {
    case 'cores':
      return plain('cores');
    case 'pods':
      return plain('pods');
    case 'bytes':
      return chooseUnit('memory', highest);
    case 'watts':
      return chooseUnit('power', highest);
    case 'gramsPerKwh':
      return chooseUnit('intensity', highest);
    case 'share':
      return chooseUnit('share', highest);
  }
}

/** A series with its lines, ready to be drawn. */
export function shapeEvidence(series: WireSeries, lines: readonly WireLine[]): EvidenceShape {
  const start = Date.parse(series.start);
  const step = series.step_seconds * 1000;
  const points = series.mean.map((mean, index) => ({
    startMs: start + index * step,
    endMs: start + (index + 1) * step,
    mean,
    peak: series.peak?.[index] ?? null,
  }));
  const gaps: Gap[] = [];
  for (const point of points) {
    if (point.mean !== null || point.peak !== null) continue;
    const last = gaps.at(-1);
    if (last !== undefined && last.endMs === point.startMs)
      gaps[gaps.length - 1] = { startMs: last.startMs, endMs: point.endMs };
    else gaps.push({ startMs: point.startMs, endMs: point.endMs });
  }
  const horizontal = lines.filter((line) => line.kind !== 'maximum');
  const maximum = highestStep(points, lines.find((line) => line.kind === 'maximum')?.value ?? null);
  const highest = Math.max(
    0,
    maximum?.value ?? 0,
    ...horizontal.map((line) => line.value),
    ...points.map((point) => Math.max(point.mean ?? 0, point.peak ?? 0)),
  );
  return { points, gaps, unit: unitOf(series.unit, highest), lines: horizontal, maximum, highest };
}

/** The step with the highest value; a known maximum within a step stands above that step's own value. */
function highestStep(points: readonly EvidencePoint[], known: number | null): EvidenceShape['maximum'] {
  let best: EvidenceShape['maximum'] = null;
  for (const point of points) {
    const value = point.peak ?? point.mean;
    if (value === null || (best !== null && value <= best.value)) continue;
    best = { atMs: (point.startMs + point.endMs) / 2, value };
  }
  if (best === null || known === null) return best;
  return { atMs: best.atMs, value: Math.max(best.value, known) };
}

/** Neighbouring steps that have a value, as runs. */
export function runsOf(
  points: readonly EvidencePoint[],
  pick: (point: EvidencePoint) => number | null,
): readonly (readonly EvidencePoint[])[] {
  const runs: EvidencePoint[][] = [];
  let open: EvidencePoint[] | null = null;
  for (const point of points) {
    if (pick(point) === null) open = null;
    else if (open === null) {
      open = [point];
      runs.push(open);
    } else open.push(point);
  }
  return runs;
}

/**
 * Labels at the right of their lines, moved apart so that none covers another; in the order given. `wanted` are pixels
 * from the top.
 */
export function spreadLabels(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = wanted.map(() => 0);
  let least = top;
  for (const index of order) {
    const at = Math.max(least, wanted[index] ?? 0);
    placed[index] = at;
    least = at + gap;
  }
  // What was pushed below the plot goes back up, and pushes those above it.
  let most = bottom;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(most, placed[index] ?? 0);
    most = (placed[index] ?? 0) - gap;
  }
  return placed;
}
