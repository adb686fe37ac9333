import { useDelayed } from '../ui/use-delayed.ts';

const COLUMNS = Array.from({ length: 42 }, (_, index) => ({
  index,
  height: 45 + 22 * Math.sin((index / 42) * Math.PI * 7) + 3 * ((index * 7) % 5),
}));

/** The place of a chart that is on its way: same size, nothing moves. */
export function ChartSkeleton({ heightClass, label }: { readonly heightClass: string; readonly label: string }) {
  const shown = useDelayed(true);
  return (
    <div role="status" aria-label={label}>
      <div className={`flex items-end gap-[3px] border-b border-line pl-11 ${heightClass}`}>
        {shown &&
          COLUMNS.map(({ index, height }) => (
            <span key={index} className="skeleton flex-1" style={{ height: `${height}%` }} />
          ))}
      </div>
      <div className="flex h-7.5 items-end gap-3 pt-1.5 pl-11">
        {shown && ['w-18', 'w-12', 'w-15'].map((width) => <span key={width} className={`skeleton h-2.5 ${width}`} />)}
      </div>
    </div>
  );
}
