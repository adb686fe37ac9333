import { useDelayed } from './use-delayed.ts';

const WIDTHS = ['w-3/5', 'w-4/5', 'w-2/5', 'w-3/4', 'w-1/2'] as const;

/** Grey lines in place of rows that are on their way; after 200 ms, without a pulse. */
export function Skeleton({ rows = 5, label = 'Loading' }: { rows?: number; label?: string }) {
  const shown = useDelayed(true);
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-4 py-2">
      {shown &&
        Array.from({ length: rows }, (_, index) => index).map((index) => (
          <span key={index} className={`skeleton h-3 ${WIDTHS[index % WIDTHS.length]}`} />
        ))}
    </div>
  );
}
