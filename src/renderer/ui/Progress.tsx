/** A bar of what is done; words with the counts stand beside it. An unknown total has a bar without a value. */
export function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={total > 0 ? done : undefined}
      className="h-1 min-w-0 flex-1 overflow-hidden rounded-full bg-surface-2"
    >
      <div className="h-1 bg-fg-2 transition-[width] motion-base" style={{ width: `${share * 100}%` }} />
    </div>
  );
}
