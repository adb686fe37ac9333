import type * as z from 'zod';
import {
  OTHER_GROUP,
  type Timeseries,
  type TimeseriesInput,
  type TimeseriesPoint,
} from '../../contract/schemas/metrics.ts';
import type { Dimension, SeriesPoint } from '../../core/ports/results-store.ts';
import { bucketsOf } from '../ranges/buckets.ts';
import { toIso, toPeriod } from '../ranges/instants.ts';
import { coverageOf } from './coverage.ts';
import type { ApiDeps } from './deps.ts';
import { figuresOf, partsOf, qualityOf } from './figures.ts';
import { groupName } from './group-names.ts';
import { type Scope, scopeOf } from './scope.ts';

export async function timeseries(
  input: TimeseriesInput,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof Timeseries>> {
  const scope = await scopeOf(input, '7d', deps);
  const { buckets, approximatedByHours } = bucketsOf(scope.range, input.granularity, scope.timeZone);
  const groupBy = input.group_by ?? null;
  const [points, coverage] = await Promise.all([
    deps.store.series({ filter: scope.filter, buckets, groupBy, top: input.top ?? null }, signal),
    coverageOf(scope.clusters, buckets, deps, signal),
  ]);
  return {
    timeseries: points.map((point) => pointOf(point, groupBy, scope)),
    buckets: buckets.map((bucket, index) => ({
      timestamp: toIso(bucket.startSeconds),
      end: toIso(bucket.endSeconds),
      covered_seconds: coverage[index]?.coveredSeconds ?? 0,
      expected_seconds: coverage[index]?.expectedSeconds ?? 0,
    })),
    period: toPeriod(scope.range),
    granularity: input.granularity,
    tz: scope.timeZone,
    currency: scope.currency,
    approximated_by_hours: approximatedByHours,
  };
}

function pointOf(point: SeriesPoint, groupBy: Dimension | null, scope: Scope): TimeseriesPoint {
  return {
    timestamp: toIso(point.bucketStartSeconds),
    ...figuresOf(point),
    parts: partsOf(point),
    quality: qualityOf(point),
    ...groupFields(point, groupBy, scope),
  };
}

function groupFields(point: SeriesPoint, groupBy: Dimension | null, scope: Scope) {
  if (point.isOther) return { group: OTHER_GROUP, group_label: 'Other', other_count: point.otherCount };
  if (groupBy === null || point.group === null) return {};
  const { key, label } = groupName(point.group, groupBy, scope);
  return { group: key, group_label: label };
}
