import { formatIn } from '../format/quantity.ts';
import { formatBucket } from '../format/time.ts';
import type { EvidenceShape } from './evidence.ts';

const HEAD = 'sticky top-0 z-1 h-7 border-b border-line bg-surface-1 px-2 text-micro font-medium text-fg-3';
/** What scrolls takes the focus, so that the arrow keys move it. */
const SCROLLS = { tabIndex: 0 } as const;
const CELL = 'h-7 border-b border-line px-2 whitespace-nowrap';

/** The evidence as its table: one row a step. */
export function EvidenceTable({ shape, name, tz }: { shape: EvidenceShape; name: string; tz: string }) {
  const hasPeak = shape.points.some((point) => point.peak !== null);
  return (
    <section className="h-full overflow-auto" aria-label={`${name}, table`} {...SCROLLS}>
      <table className="w-full border-collapse text-small">
        <caption className="sr-only">
          {name}, {shape.unit.label}
        </caption>
        <thead>
          <tr>
            <th scope="col" className={`${HEAD} text-left`}>
              Time
            </th>
            <th scope="col" className={`${HEAD} num`}>
              Mean, {shape.unit.label}
            </th>
            {hasPeak && (
              <th scope="col" className={`${HEAD} num`}>
                Peak
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {shape.points.map((point) => (
            <tr key={point.startMs}>
              <th scope="row" className={`${CELL} text-left font-regular`}>
                {formatBucket(point.startMs, point.endMs, tz)}
              </th>
              <td className={`${CELL} num`}>{formatIn(shape.unit, point.mean)}</td>
              {hasPeak && <td className={`${CELL} num`}>{formatIn(shape.unit, point.peak)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
