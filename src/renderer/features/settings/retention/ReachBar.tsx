const TICKS: readonly (readonly [number, string])[] = [
  [1, '1 d'],
  [7, '1 w'],
  [30, '1 mo'],
  [365, '1 y'],
  [3650, '10 y'],
];
const MOST_DAYS = 3650;

/** Days on a scale by magnitudes: a month and a decade both have to be seen. */
const at = (days: number): number => Math.min(1, Math.log10(Math.max(1, days)) / Math.log10(MOST_DAYS)) * 100;

/** How far back a level reaches. The field beside it says the same in words, so readers pass over it. */
export function ReachBar({ days, hasScale }: { days: number; hasScale: boolean }) {
  const isForEver = days === Number.POSITIVE_INFINITY;
  return (
    <div aria-hidden="true" className="relative mt-1.5 hidden h-7 mid:block">
      <div className="relative h-2 overflow-hidden rounded-[2px] bg-surface-2">
        {!Number.isNaN(days) && (
          <div
            className={isForEver ? 'h-2 w-full bg-fg-2' : 'h-2 bg-fg-3'}
            style={isForEver ? undefined : { width: `${at(days)}%` }}
          />
        )}
      </div>
      {hasScale &&
        TICKS.map(([tick, label], index) => (
          <span
            key={label}
            className="absolute top-3 text-micro text-fg-3"
            style={
              index === 0
                ? { left: 0 }
                : index === TICKS.length - 1
                  ? { right: 0 }
                  : { left: `${at(tick)}%`, transform: 'translateX(-50%)' }
            }
          >
            {label}
          </span>
        ))}
    </div>
  );
}
