import type { NodeDetail } from '../../contract/schemas/nodes.ts';

type CurvePoints = NonNullable<NodeDetail['curve']>['points'];

/** Watts and their range at a utilisation (0 to 1), on straight segments between the points; null off the curve. */
export function curveAt(points: CurvePoints, utilisation: number): { watts: number; low: number; high: number } | null {
  const ordered = points.toSorted((a, b) => a.utilisation - b.utilisation);
  for (let index = 1; index < ordered.length; index += 1) {
    const from = ordered[index - 1];
    const to = ordered[index];
    if (from === undefined || to === undefined || utilisation < from.utilisation || utilisation > to.utilisation)
      continue;
    const share =
      to.utilisation === from.utilisation ? 0 : (utilisation - from.utilisation) / (to.utilisation - from.utilisation);
    const between = (a: number, b: number): number => a + (b - a) * share;
    return {
      watts: between(from.watts, to.watts),
      low: between(from.low_watts, to.low_watts),
      high: between(from.high_watts, to.high_watts),
    };
  }
  return null;
}

/** The youngest window of a node; null without windows. */
export function latestWindow(windows: NodeDetail['windows']): NodeDetail['windows'][number] | null {
  return windows.reduce<NodeDetail['windows'][number] | null>(
    (latest, window) =>
      latest === null || Date.parse(window.timestamp) > Date.parse(latest.timestamp) ? window : latest,
    null,
  );
}
