import { formatDate } from '../format/time.ts';
import type { Unit } from '../format/units.ts';
import { amountText } from './amount.ts';
import { frameFor, positionX, valueY } from './frame.ts';
import { Hatches, useHatchIds } from './Hatches.tsx';
import { Plot } from './Plot.tsx';
import { type SavingsBucket, savingsExtent } from './savings-days.ts';
import { timeTicks } from './time-ticks.ts';
import { useSize } from './use-size.ts';
import { tickText, valueScale } from './value-ticks.ts';

/** Measured savings as columns, promised ones as a dashed step line; a day not measured yet is hatched. */
export function SavingsChart({ buckets, unit, name }: { buckets: readonly SavingsBucket[]; unit: Unit; name: string }) {
  const [ref, size] = useSize<HTMLDivElement>({ width: 800, height: 180 });
  const ids = useHatchIds();
  const { high } = savingsExtent(buckets);
  const scale = valueScale(high, unit, 5);
  const frame = frameFor(
    size.width,
    size.height,
    scale.ticks.map((tick) => tickText(scale, tick)),
  );
  const from = buckets[0]?.startMs ?? 0;
  const to = buckets.at(-1)?.endMs ?? 1;
  const x = positionX(frame, from, to);
  const y = valueY(frame, scale.max);
  const ticks = timeTicks(buckets, 'UTC').map(({ atMs, label }) => ({ at: atMs, label }));
  const promised = buckets
    .map(({ startMs, endMs, promised: value }, index) => {
      const top = y(value).toFixed(1);
      return `${index === 0 ? 'M' : 'L'}${x(startMs).toFixed(1)} ${top}H${x(endMs).toFixed(1)}`;
    })
    .join('');
  return (
    <div ref={ref} className="relative size-full min-h-0">
      <div role="img" aria-label={savingsSentence(buckets, unit, name)} className="absolute inset-0 overflow-hidden">
        <Plot frame={frame} from={from} to={to} ticks={ticks} tickAnchor="start" scale={scale}>
          <Hatches ids={ids} />
          {buckets.map(({ startMs, endMs, measured, promised: value }) => {
            const left = x(startMs) + 1;
            const width = Math.max(1, x(endMs) - x(startMs) - 2);
            const amount = Math.max(0, measured ?? value);
            return (
              <rect
                key={startMs}
                x={left}
                y={y(amount)}
                width={width}
                height={Math.max(0, y(0) - y(amount))}
                fill={measured === null ? `url(#${ids.gap})` : 'var(--series-3)'}
              />
            );
          })}
          <path d={promised} fill="none" stroke="var(--chart-ghost)" strokeWidth={1.5} strokeDasharray="3 3" />
        </Plot>
      </div>
    </div>
  );
}

/** `Carbon saved a day, 1–30 Nov: promised 4.1 kg, measured 3.9 kg on 23 of 30 days` */
export function savingsSentence(buckets: readonly SavingsBucket[], unit: Unit, name: string): string {
  const [first] = buckets;
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return `${name}: no days`;
  const sum = (pick: (bucket: SavingsBucket) => number): number => buckets.reduce((all, each) => all + pick(each), 0);
  const measured = buckets.filter((bucket) => bucket.measured !== null);
  const days = `${formatDate(first.startMs, 'UTC')} to ${formatDate(last.startMs, 'UTC')}`;
  const promised = amountText(
    sum((bucket) => bucket.promised),
    unit,
  );
  const found = amountText(
    sum((bucket) => bucket.measured ?? 0),
    unit,
  );
  return `${name}, ${days}: promised ${promised}, measured ${found} on ${measured.length} of ${buckets.length} days`;
}
