import { Swatch } from '../ui/Swatch.tsx';
import { type IntensityData, RUNG_NAMES } from './intensity.ts';
import { FORECAST_STYLE, type LineStyle, lineStyle } from './intensity-lines.ts';

/** Names of what the chart of a zone draws, and only of that. */
export function IntensityLegend({ data }: { readonly data: IntensityData }) {
  const past = data.points.filter((point) => !point.isForecast);
  const rungs = [...new Set(past.map((point) => point.rung))];
  const hasForecast = past.length < data.points.length;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-small text-fg-2">
      {rungs.map((rung) => (
        <li key={rung} className="flex items-center gap-1.5">
          <LineSample style={lineStyle({ rung, isForecast: false })} />
          {RUNG_NAMES[rung]}
        </li>
      ))}
      {hasForecast && (
        <li className="flex items-center gap-1.5">
          <LineSample style={FORECAST_STYLE} />
          {data.forecastFrom === 'published' ? 'Forecast' : 'Usual course of a day'}
        </li>
      )}
      <li className="flex items-center gap-1.5">
        <i aria-hidden="true" className="size-2.5 rounded-[2px] bg-(--chart-band)" />
        Low to high
      </li>
      {data.clean.length > 0 && (
        <li className="flex items-center gap-1.5">
          <i aria-hidden="true" className="h-2.5 w-3 border-[1.5px] border-t-0 border-good-fill bg-good-soft" />
          Clean hours
        </li>
      )}
      {data.gaps.length > 0 && (
        <li className="flex items-center gap-1.5">
          <Swatch kind="gap" />
          No data
        </li>
      )}
    </ul>
  );
}

function LineSample({ style }: { readonly style: LineStyle }) {
  return (
    <svg aria-hidden="true" width="22" height="8" className="shrink-0">
      <line
        x1="0"
        x2="22"
        y1="4"
        y2="4"
        stroke="var(--power-dynamic)"
        strokeWidth={style.width}
        strokeDasharray={style.dash}
      />
    </svg>
  );
}
