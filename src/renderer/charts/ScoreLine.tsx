interface Props {
  /** 0 to 100, one a day in order; null where there was none. */
  readonly values: readonly (number | null)[];
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

/** Scores day by day on a scale from 0 to 100; a day without one breaks the line. */
export function ScoreLine({ values, label, width = 120, height = 28 }: Props) {
  const inset = 2;
  const step = (width - 2 * inset) / Math.max(1, values.length - 1);
  const at = (value: number, index: number): string =>
    `${(inset + index * step).toFixed(1)} ${(height - inset - (value / 100) * (height - 2 * inset)).toFixed(1)}`;
  let path = '';
  let isOpen = false;
  let last: [number, number] | null = null;
  values.forEach((value, index) => {
    if (value === null) {
      isOpen = false;
      return;
    }
    // A day alone is a dot: a line of no length with round ends.
    path += isOpen ? `L${at(value, index)}` : `M${at(value, index)}l0 0`;
    isOpen = true;
    last = [value, index];
  });
  const [x, y] = last === null ? [] : at(...(last as [number, number])).split(' ');
  return (
    <svg width={width} height={height} role="img" aria-label={label} className="block shrink-0">
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--chart-grid)" />
      <path
        d={path}
        fill="none"
        stroke="var(--text-3)"
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {x !== undefined && <circle cx={x} cy={y} r={2} fill="var(--text-1)" />}
    </svg>
  );
}
