import type { ReactNode } from 'react';
import type { GridZoneSummary, GridZones } from '../../../contract/schemas/grid.ts';
import { lastValueWords, sourceLook } from '../../app/source-names.ts';
import { INTENSITY_UNIT } from '../../charts/intensity.ts';
import { formatPercent } from '../../format/change.ts';
import type { Parts } from '../../format/parts.ts';
import { joinParts } from '../../format/parts.ts';
import { exactQuantity, formatCarbon, formatEnergy, formatIntensity, formatRange } from '../../format/quantity.ts';
import { formatDuration, toMilliseconds } from '../../format/time.ts';
import { Mark, type Marked } from '../../ui/Mark.tsx';
import { StatusDot } from '../../ui/StatusDot.tsx';
import { markOf, valueWords } from './words.ts';

interface Props {
  readonly zone: GridZoneSummary;
  readonly share: number | null;
  readonly period: GridZones['period'] | undefined;
  readonly nowMs: number;
  readonly tz: string;
}

/** Four figures of a zone: intensity now, its mean over the range, what that emitted, and the feed. */
export function ZoneFigures({ zone, share, period, nowMs, tz }: Props) {
  const { now, feed } = zone;
  return (
    <section
      aria-label="Figures"
      className="grid shrink-0 grid-cols-2 gap-px overflow-hidden rounded-3 border border-line bg-line shadow-1 mid:grid-cols-4"
    >
      <Cell
        label="Now"
        mark={markOf(now.rung)}
        parts={formatIntensity(now.intensity)}
        exact={exactQuantity('intensity', now.intensity)}
      >
        {formatRange(now.low, now.high, INTENSITY_UNIT, now.intensity)}, {valueWords(now, nowMs, tz)}
      </Cell>
      <Cell
        label="Mean of the range"
        mark={null}
        parts={formatIntensity(zone.mean)}
        exact={exactQuantity('intensity', zone.mean)}
      >
        {zone.mean === null ? 'no energy in this range' : `weighted by energy${lengthWords(period)}`}
      </Cell>
      <Cell
        label="Emissions"
        mark={null}
        parts={formatCarbon(zone.co2e_grams)}
        exact={exactQuantity('carbon', zone.co2e_grams)}
      >
        {share === null ? 'operational' : `${formatPercent(share)} of all zones`},{' '}
        {joinParts(formatEnergy(zone.facility_energy_joules))}
      </Cell>
      <div className="min-w-0 bg-surface-1 px-4 py-2.5">
        <div className="text-small font-medium text-fg-2">Feed</div>
        <div className="flex h-7 items-center gap-2 font-strong">
          <StatusDot status={sourceLook(feed).status} />
          <span className="min-w-0 truncate">{feed.id === 'tables' ? 'None' : feed.name}</span>
        </div>
        <div className="text-small text-fg-3">
          {feed.id === 'tables'
            ? 'Bundled tables serve'
            : `${sourceLook(feed).word}. ${lastValueWords(feed, nowMs, tz)}`}
        </div>
      </div>
    </section>
  );
}

function lengthWords(period: Props['period']): string {
  if (period === undefined) return '';
  return `, ${formatDuration((toMilliseconds(period.end) - toMilliseconds(period.start)) / 1000)}`;
}

function Cell(props: {
  readonly label: string;
  readonly mark: Marked | null;
  readonly parts: Parts;
  readonly exact: string;
  readonly children: ReactNode;
}) {
  const { parts } = props;
  return (
    <div className="min-w-0 bg-surface-1 px-4 py-2.5">
      <div className="flex items-center gap-1.5 text-small font-medium text-fg-2">
        {props.label}
        <Mark certainty={props.mark} />
      </div>
      <div
        className={parts.unit === '' ? 'text-figure-s text-fg-3' : 'text-figure-s font-strong tabular-nums'}
        title={props.exact}
      >
        {parts.value}
        {parts.unit !== '' && (
          <span className="ml-1 text-small font-regular tracking-normal text-fg-2">{parts.unit}</span>
        )}
      </div>
      <div className="text-small text-fg-3 tabular-nums">{props.children}</div>
    </div>
  );
}
