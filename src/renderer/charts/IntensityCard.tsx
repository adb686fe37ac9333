import { formatPercent } from '../format/change.ts';
import { formatRange } from '../format/quantity.ts';
import { formatBucket } from '../format/time.ts';
import { Swatch } from '../ui/Swatch.tsx';
import { amountText } from './amount.ts';
import { gridColour } from './grid-steps.ts';
import { INTENSITY_UNIT, type IntensityData, type IntensityPoint, RUNG_NAMES } from './intensity.ts';

/** What a point holds: hour, value, bounds, and how it is known. Sighted twin of the announced text. */
export function IntensityCard(props: {
  readonly data: IntensityData;
  readonly point: IntensityPoint;
  readonly tz: string;
}) {
  const { data, point, tz } = props;
  const clean = data.clean.find((each) => each.startMs <= point.startMs && point.endMs <= each.endMs);
  return (
    <div className="w-[226px] rounded-3 bg-overlay px-3 py-2.5 text-small shadow-2" data-testid="intensity-card">
      <div className="mb-1 font-medium">{formatBucket(point.startMs, point.endMs, tz)}</div>
      <div className="flex h-[18px] items-center gap-2 font-strong">
        <Swatch colour={gridColour(point.value)} />
        {point.isForecast ? forecastName(data) : 'Intensity'}
        <b className="num ml-auto font-strong">{amountText(point.value, INTENSITY_UNIT)}</b>
      </div>
      <Line label="Between" value={formatRange(point.low, point.high, INTENSITY_UNIT, point.value)} />
      <Line label="Known from" value={RUNG_NAMES[point.rung]} />
      {clean !== undefined && <Line label="Clean hours" value={`${formatPercent(clean.belowMean)} below the mean`} />}
    </div>
  );
}

const forecastName = ({ forecastFrom }: IntensityData): string =>
  forecastFrom === 'published' ? 'Forecast' : 'Usual course';

function Line({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className="flex h-[18px] items-center gap-2 text-fg-2">
      {label}
      <span className="num ml-auto">{value}</span>
    </div>
  );
}
