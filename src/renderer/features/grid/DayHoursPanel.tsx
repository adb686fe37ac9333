import { gridColour } from '../../charts/grid-steps.ts';
import type { IntensityData } from '../../charts/intensity.ts';
import { joinParts } from '../../format/parts.ts';
import { formatIntensity } from '../../format/quantity.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel, type PanelState } from '../../ui/Panel.tsx';
import { dayRows, extremeHours, type HourMean, tellsHours } from './day-hours.ts';

const LABELLED = [0, 6, 12, 18];

/** The past by day and hour of the clock in the colours of the ramp: which hours are clean as a rule. */
export function DayHoursPanel(props: {
  readonly data: IntensityData | undefined;
  readonly state: PanelState;
  readonly tz: string;
}) {
  const { data, tz } = props;
  const isFlat = data !== undefined && data.points.length > 0 && !tellsHours(data);
  const state: PanelState = isFlat && props.state.kind === 'ready' ? { kind: 'empty', content: <Flat /> } : props.state;
  const rows = data === undefined ? [] : dayRows(data, tz);
  const extremes = extremeHours(rows);
  return (
    <Panel title="Hours of the day" note="g/kWh, past" state={state}>
      <div
        role="img"
        aria-label={extremes === null ? 'No hours are known' : `By day and hour. ${sentence(extremes)}`}
        className="grid flex-1 grid-cols-[max-content_minmax(0,1fr)] items-stretch gap-x-2 gap-y-0.5"
      >
        {rows.map((row) => (
          <div key={row.name} className="contents text-micro text-fg-2">
            <span className="flex items-center tabular-nums">{row.name.split(' ').slice(0, 2).join(' ')}</span>
            <span className="grid min-h-4 grid-cols-[repeat(24,minmax(0,1fr))] gap-px">
              {row.hours.map((value, hour) => (
                <i
                  key={`${row.name} ${String(hour)}`}
                  title={`${row.name}, ${clock(hour)}: ${joinParts(formatIntensity(value))}`}
                  className={value === null ? 'hatch-gap rounded-[1px]' : 'rounded-[1px]'}
                  style={value === null ? undefined : { background: gridColour(value) }}
                />
              ))}
            </span>
          </div>
        ))}
        <span />
        <span className="relative h-4 text-micro text-fg-3 tabular-nums">
          {LABELLED.map((hour) => (
            <span key={hour} className="absolute top-0.5" style={{ left: `${(hour / 24) * 100}%` }}>
              {clock(hour)}
            </span>
          ))}
        </span>
      </div>
      {extremes !== null && <p className="pt-2 text-small text-fg-2">{sentence(extremes)}</p>}
    </Panel>
  );
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
const at = ({ hour, mean }: HourMean): string => `${clock(hour)}, ${joinParts(formatIntensity(mean))}`;
const sentence = ({ lowest, highest }: { lowest: HourMean; highest: HourMean }): string =>
  `Lowest as a rule at ${at(lowest)}; highest at ${at(highest)}.`;

function Flat() {
  return (
    <EmptyState title="Every hour has the same value">
      Yearly values don't tell hours apart. With live data, the clean and the dirty hours of each day stand here.
    </EmptyState>
  );
}
