import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { Summary } from '../../../contract/schemas/metrics.ts';
import { useSelectedClusters } from '../../app/clusters-query.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import type { Gap } from '../../charts/buckets.ts';
import { granularityFor } from '../../charts/granularity.ts';
import { panelStateOf, type QueryLike } from '../../figures/panel-state.tsx';
import { rangeSecondsOf } from '../../figures/use-queries.ts';
import { formatPercent } from '../../format/change.ts';
import { formatCoverage, formatDuration, formatPeriod } from '../../format/time.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Swatch } from '../../ui/Swatch.tsx';
import { missingOf } from './coverage-gaps.ts';
import { FillGaps } from './FillGaps.tsx';

const SHOWN = 4;

interface Props {
  readonly summary: QueryLike & { readonly data: Summary | undefined };
}

/** How much of the range was collected, where it wasn't, and a way to read that again. */
export function CoveragePanel({ summary }: Props) {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const [showsAll, setShowsAll] = useState(false);
  const clusters = useSelectedClusters();
  const series = useQuery(
    api.metrics.timeseries.queryOptions({
      input: { ...view.query, granularity: granularityFor(rangeSecondsOf(view)) },
    }),
  );
  const state = panelStateOf([summary, series], { nowMs, tz: view.tz });
  const { gaps, partialSeconds } = series.data === undefined ? NOTHING : missingOf(series.data);
  const newest = gaps.toReversed();
  const shown = showsAll ? newest : newest.slice(0, SHOWN);
  const data = summary.data;
  return (
    <Panel title="What was collected" state={state}>
      {data !== undefined && (
        <>
          <p className="flex items-baseline gap-2">
            <span className="text-figure-s font-strong tabular-nums">{formatPercent(data.coverage)}</span>
            <span className="text-small text-fg-2">{formatCoverage(data.covered_seconds, data.expected_seconds)}</span>
          </p>
          {gaps.length === 0 && partialSeconds < 600 ? (
            <p className="mt-2 flex items-center gap-2 text-small text-fg-2">
              <CircleCheck aria-hidden="true" strokeWidth={1.75} className="size-4 text-fg-3" />
              Nothing is missing. Figures that are left out of a total would stand here.
            </p>
          ) : (
            <ul aria-label="Gaps" className="mt-2 flex flex-col gap-1 text-small">
              {shown.map((gap) => (
                <GapLine key={gap.startMs} gap={gap} tz={view.tz} />
              ))}
              {partialSeconds >= 600 && (
                <li className="text-fg-2">{formatDuration(partialSeconds)} more are missing inside of other hours.</li>
              )}
            </ul>
          )}
          <div className="mt-2 flex flex-wrap items-center gap-2">
            {gaps.length > SHOWN && (
              <Button kind="ghost" size="small" onClick={() => setShowsAll((before) => !before)}>
                {showsAll ? 'Show the newest' : `Show all ${gaps.length}`}
              </Button>
            )}
            {gaps.length > 0 && <FillGaps gaps={gaps} clusters={clusters} />}
          </div>
        </>
      )}
    </Panel>
  );
}

const NOTHING = { gaps: [], partialSeconds: 0 } as const;

function GapLine({ gap, tz }: { readonly gap: Gap; readonly tz: string }) {
  return (
    <li className="flex items-center gap-2">
      <Swatch kind="gap" />
      {formatPeriod(gap.startMs, gap.endMs, tz)}
      <span className="text-fg-3">{formatDuration((gap.endMs - gap.startMs) / 1000)}, left out of the totals</span>
    </li>
  );
}
