import type { KeyboardEvent } from 'react';
import type { GridZoneSummary } from '../../../contract/schemas/grid.ts';
import { sourceLook } from '../../app/source-names.ts';
import { GRID_STEPS, gridColour } from '../../charts/grid-steps.ts';
import { INTENSITY_UNIT } from '../../charts/intensity.ts';
import { formatPercent } from '../../format/change.ts';
import { exactQuantity, formatIn, formatRange } from '../../format/quantity.ts';
import { Mark } from '../../ui/Mark.tsx';
import { StatusDot } from '../../ui/StatusDot.tsx';
import { Swatch } from '../../ui/Swatch.tsx';
import { extentWords, feedWords, isUnknownZone, markOf, valueWords } from './words.ts';

interface Line {
  readonly zone: GridZoneSummary;
  readonly share: number | null;
}

interface Props {
  readonly lines: readonly Line[];
  readonly chosen: GridZoneSummary | null;
  readonly nowMs: number;
  readonly tz: string;
  readonly onChoose: (zone: string) => void;
}

/** Zones in use, with most emissions first; ↑ and ↓ walk through them. */
export function ZoneList({ lines, chosen, nowMs, tz, onChoose }: Props) {
  return (
    <section
      aria-label="Zones"
      className="flex max-h-120 min-w-0 flex-col overflow-hidden rounded-3 border border-line bg-surface-1 shadow-1 mid:max-h-none"
    >
      <div className="flex h-10 shrink-0 items-center justify-between px-4">
        <h2 className="text-base font-strong">Zones in use</h2>
        <span className="text-micro font-medium text-fg-3">g/kWh now</span>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto" data-zones="">
        {lines.map((line) => (
          <li key={line.zone.zone}>
            <ZoneLine line={line} isChosen={line.zone === chosen} nowMs={nowMs} tz={tz} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      <Ramp />
    </section>
  );
}

interface LineProps extends Pick<Props, 'nowMs' | 'tz' | 'onChoose'> {
  readonly line: Line;
  readonly isChosen: boolean;
}

function ZoneLine({ line: { zone, share }, isChosen, nowMs, tz, onChoose }: LineProps) {
  const { now, feed } = zone;
  const name = isUnknownZone(zone) ? 'Place not known' : zone.name;
  const isOwnName = name !== zone.zone;
  return (
    <button
      type="button"
      aria-current={isChosen}
      data-zone={zone.zone}
      onClick={() => onChoose(zone.zone)}
      onKeyDown={walk}
      className={`flex w-full flex-col gap-0.5 border-t border-line px-4 py-2.5 text-left text-small focus-visible:relative focus-visible:z-5 ${isChosen ? 'bg-selected' : 'hover:bg-hover'}`}
    >
      <span className="flex w-full items-center gap-2 text-base">
        <Mark certainty={markOf(now.rung)} />
        <span className="min-w-0 truncate font-medium">{name}</span>
        {isOwnName && <span className="shrink-0 font-mono text-small text-fg-3">{zone.zone}</span>}
        <span className="min-w-0 flex-1" />
        <Swatch colour={gridColour(now.intensity)} />
        <span className="num shrink-0 font-strong" title={exactQuantity('intensity', now.intensity)}>
          {formatIn(INTENSITY_UNIT, now.intensity)}
        </span>
      </span>
      <span className="flex w-full justify-between gap-3 text-fg-2">
        <span className="min-w-0 truncate">{valueWords(now, nowMs, tz)}</span>
        <span className="num shrink-0 text-fg-3">{formatRange(now.low, now.high, INTENSITY_UNIT, now.intensity)}</span>
      </span>
      <span className="flex w-full justify-between gap-3 text-fg-2">
        <span className="min-w-0 truncate">{extentWords(zone)}</span>
        <span className="num shrink-0">{share === null ? 'no emissions' : `${formatPercent(share)} of emissions`}</span>
      </span>
      <span className="flex w-full items-center justify-between gap-3 text-fg-2">
        <span className="flex min-w-0 items-center gap-1.5">
          <StatusDot status={sourceLook(feed).status} />
          <span className="truncate">{feedWords(feed)}</span>
        </span>
        <span className="num shrink-0 text-fg-3">
          {zone.mean === null ? 'no mean' : `mean ${formatIn(INTENSITY_UNIT, zone.mean)}`}
        </span>
      </span>
    </button>
  );
}

/** The steps of the ramp, once, for all swatches of the page. */
function Ramp() {
  const steps = [0, ...GRID_STEPS];
  return (
    <div className="flex h-9 shrink-0 items-center gap-1.5 border-t border-line px-4 text-micro whitespace-nowrap text-fg-3">
      <span className="sr-only">Steps of intensity in g/kWh:</span>
      {steps.map((from) => (
        <span key={from} className="flex items-center gap-1 tabular-nums">
          <Swatch colour={gridColour(from)} />
          {from}
        </span>
      ))}
      <span className="ml-auto">and up</span>
    </div>
  );
}

/** ↑ and ↓ between the zones of the list. */
function walk(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  const list = event.currentTarget.closest('[data-zones]');
  const buttons = [...(list?.querySelectorAll<HTMLButtonElement>('button[data-zone]') ?? [])];
  const next = buttons[buttons.indexOf(event.currentTarget) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
