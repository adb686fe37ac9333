/** The sign of Podwatt: a hexagon with a bolt, in ink. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4.5 shrink-0">
      <path d="M8 .6 14.4 4.3v7.4L8 15.4 1.6 11.7V4.3z" fill="var(--ink)" />
      <path d="M8.9 3.6 4.9 8.7h2.5l-.4 3.7 4.1-5.2H8.5z" fill="var(--text-inverse)" />
    </svg>
  );
}
