import { formatIn, formatRange } from '../format/quantity.ts';
import { formatBucket } from '../format/time.ts';
import { walkWindows } from './ChartTable.tsx';
import { INTENSITY_UNIT, type IntensityData, RUNG_NAMES } from './intensity.ts';
import type { TimeRangeMs } from './use-chart-reader.ts';

const HEAD =
  'sticky top-0 z-1 h-7 border-b border-line bg-surface-1 px-2 text-left text-micro font-medium whitespace-nowrap text-fg-3';
const CELL = 'h-7 border-b border-line px-2 whitespace-nowrap';

/** The chart of a zone as its table: an hour a row, newest last, what is to come marked in words. */
export function IntensityTable(props: {
  readonly data: IntensityData;
  readonly title: string;
  readonly tz: string;
  /** A window opens to its own range. */
  readonly onZoom: (range: TimeRangeMs) => void;
}) {
  const { data, title, tz, onZoom } = props;
  return (
    <section className="h-full overflow-auto" aria-label={`${title}, table`}>
      <table className="w-full border-collapse text-small">
        <caption className="sr-only">
          {title}, {INTENSITY_UNIT.label}
        </caption>
        <thead>
          <tr>
            <th scope="col" className={HEAD}>
              Window
            </th>
            <th scope="col" className={`${HEAD} num`}>
              Intensity, {INTENSITY_UNIT.label}
            </th>
            <th scope="col" className={`${HEAD} num`}>
              Between
            </th>
            <th scope="col" className={HEAD}>
              Known from
            </th>
            <th scope="col" className={HEAD}>
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(data).map((row, index) => (
            <tr key={row.startMs}>
              <th scope="row" className={`${CELL} text-left font-regular`}>
                <button
                  type="button"
                  // One stop for Tab; the arrow keys walk on from there.
                  tabIndex={index === 0 ? 0 : -1}
                  className="rounded-1 hover:underline"
                  onClick={() => onZoom({ startMs: row.startMs, endMs: row.endMs })}
                  onKeyDown={walkWindows}
                >
                  {formatBucket(row.startMs, row.endMs, tz)}
                </button>
              </th>
              {row.point === null ? (
                <td colSpan={4} className={`${CELL} text-fg-3`}>
                  no data
                </td>
              ) : (
                <>
                  <td className={`${CELL} num font-medium`}>{formatIn(INTENSITY_UNIT, row.point.value)}</td>
                  <td className={`${CELL} num`}>
                    {formatRange(row.point.low, row.point.high, INTENSITY_UNIT, row.point.value)}
                  </td>
                  <td className={CELL}>{RUNG_NAMES[row.point.rung]}</td>
                  <td className={`${CELL} text-fg-2`}>{row.point.isForecast ? 'to come' : 'past'}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Points and gaps in order of time. */
function rowsOf({ points, gaps }: IntensityData) {
  return [
    ...points.map((point) => ({ startMs: point.startMs, endMs: point.endMs, point })),
    ...gaps.map((gap) => ({ ...gap, point: null })),
  ].toSorted((a, b) => a.startMs - b.startMs);
}
