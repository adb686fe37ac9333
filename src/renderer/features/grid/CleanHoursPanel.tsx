import type { GridHistory, GridZoneSummary } from '../../../contract/schemas/grid.ts';
import { gridColour } from '../../charts/grid-steps.ts';
import { cleanOf } from '../../charts/intensity.ts';
import { GoButton } from '../../figures/GoButton.tsx';
import { panelStateOf, type QueryLike } from '../../figures/panel-state.tsx';
import { formatPercent } from '../../format/change.ts';
import { joinParts } from '../../format/parts.ts';
import { exactQuantity, formatIntensity } from '../../format/quantity.ts';
import { exactMoment, formatBucket, formatDuration, zoneName } from '../../format/time.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Swatch } from '../../ui/Swatch.tsx';
import { isUnknownZone } from './words.ts';

interface Props {
  readonly zone: GridZoneSummary;
  readonly history: QueryLike & { readonly data: GridHistory | undefined };
  readonly nowMs: number;
  readonly tz: string;
}

/** The hours to come that emit least, and what that is known from. */
export function CleanHoursPanel({ zone, history, nowMs, tz }: Props) {
  const from = history.data?.forecast_from;
  const clean = (history.data?.clean_hours ?? []).map(cleanOf).filter((each) => each.endMs > nowMs);
  const isSame = clean.length === 0;
  const state = panelStateOf([history], { nowMs, tz, empty: isSame ? <None zone={zone} from={from} /> : null });
  return (
    <Panel title="Clean hours" note={isSame ? undefined : `the next 24 h, ${zoneName(tz, nowMs)}`} state={state}>
      <ul className="flex flex-col">
        {clean.map((each) => (
          <li
            key={each.startMs}
            className="flex items-start gap-2 border-t border-line py-2 text-small first:border-t-0"
          >
            <Swatch colour={gridColour(each.value)} />
            <span className="min-w-0 flex-1">
              <span
                className="block text-base font-medium tabular-nums"
                title={`${exactMoment(each.startMs, tz)} to ${exactMoment(each.endMs, tz)}`}
              >
                {formatBucket(each.startMs, each.endMs, tz)}
              </span>
              <span className="block text-fg-2">{formatPercent(each.belowMean)} below the mean of the next 24 h</span>
            </span>
            <span className="num shrink-0">
              <span className="block text-base font-medium" title={exactQuantity('intensity', each.value)}>
                {joinParts(formatIntensity(each.value))}
              </span>
              <span className="block text-fg-3">
                {each.startMs <= nowMs ? 'now' : `in ${formatDuration((each.startMs - nowMs) / 1000)}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-auto pt-2 text-micro text-fg-3">
        {from === 'published'
          ? `From the forecast that ${zone.feed.name} publishes.`
          : 'From the usual course of a day, which is no forecast: wind and sun may differ.'}
      </p>
    </Panel>
  );
}

function None({
  zone,
  from,
}: {
  readonly zone: GridZoneSummary;
  readonly from: GridHistory['forecast_from'] | undefined;
}) {
  if (from === 'none') {
    const canConnect = zone.feed.state === 'not-set-up' && !isUnknownZone(zone);
    return (
      <EmptyState
        title="No hour is known to be cleaner"
        actions={
          canConnect ? (
            <GoButton to="/settings" own={{ section: 'sources' }}>
              Connect live grid data
            </GoButton>
          ) : undefined
        }
      >
        A yearly value says nothing of single hours. With live data, their forecast or usual course stands here.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="The next 24 h are much alike">
      No stretch is clearly below their mean, so it does not matter when work runs.
    </EmptyState>
  );
}
