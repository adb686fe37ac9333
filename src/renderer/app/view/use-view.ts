import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Metric } from '../../../contract/schemas/primitives.ts';
import { shiftRange } from './range.ts';
import { rangeOf, type ViewRange, ViewSearch } from './view-search.ts';
import { useDefaultZone } from './zone.ts';

/** Fields that every query of figures takes. */
export interface ViewQuery {
  readonly last?: string;
  readonly start?: string;
  readonly end?: string;
  readonly tz: string;
  readonly cluster?: string;
}

/** What is looked at, read from the address; the setters write it there, so Back and reload keep it. */
export interface View {
  /** Cluster id; null means all clusters. */
  readonly cluster: string | null;
  readonly range: ViewRange;
  /** IANA zone in which days begin and times are written. */
  readonly tz: string;
  readonly compare: boolean;
  readonly metric: Metric;
  /** Range, zone and cluster as operations take them; the same object until one of them changes. */
  readonly query: ViewQuery;
  setCluster(cluster: string | null): void;
  /** Also what brushing a chart calls; Back returns to the range before. */
  setRange(range: ViewRange): void;
  /** Moves the range by its own length. */
  shift(direction: -1 | 1): void;
  setZone(tz: string): void;
  setCompare(compare: boolean): void;
  setMetric(metric: Metric): void;
}

type Patch = Partial<Record<keyof ViewSearch, string | undefined>>;

export function useView(): View {
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const zone = useDefaultZone();
  return useMemo(() => {
    const search = ViewSearch.parse(raw);
    const range = rangeOf(search);
    const cluster = search.cluster ?? null;
    const tz = search.tz ?? zone;
    const patch = (changes: Patch) => {
      void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, ...changes }) });
    };
    const setRange = (next: ViewRange) =>
      patch(
        next.kind === 'last'
          ? { last: next.last, start: undefined, end: undefined }
          : { last: undefined, start: next.start, end: next.end },
      );
    return {
      cluster,
      range,
      tz,
      compare: search.compare !== '0',
      metric: search.metric ?? 'carbon',
      query: {
        tz,
        ...(range.kind === 'last' ? { last: range.last } : { start: range.start, end: range.end }),
        ...(cluster === null ? {} : { cluster }),
      },
      setCluster: (id) =>
        patch({ cluster: id ?? undefined, namespace: undefined, workload: undefined, node: undefined }),
      setRange,
      shift: (direction) => setRange(shiftRange(range, direction, Date.now())),
      setZone: (zone) => patch({ tz: zone }),
      setCompare: (compare) => patch({ compare: compare ? undefined : '0' }),
      setMetric: (metric) => patch({ metric: metric === 'carbon' ? undefined : metric }),
    };
  }, [raw, navigate, zone]);
}
