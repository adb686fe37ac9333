interface Props {
  /** One value a bucket; null where there is no data. */
  readonly values: readonly (number | null)[];
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

/** A trend in a table cell: thin columns from zero; a gap stays empty above a short dash. */
export function Sparkline({ values, label, width = 72, height = 16 }: Props) {
  const highest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const step = width / Math.max(1, values.length);
  const thick = Math.max(0.75, step * 0.62);
  let path = '';
  let gaps = '';
  values.forEach((value, index) => {
    const x = (index * step).toFixed(2);
    if (value === null) gaps += `M${x} ${height - 0.5}h${step.toFixed(2)}`;
    else if (highest > 0 && value > 0) {
      const tall = Math.max(1, (value / highest) * height);
      path += `M${x} ${(height - tall).toFixed(2)}h${thick.toFixed(2)}V${height}H${x}z`;
    }
  });
  return (
    <svg width={width} height={height} role="img" aria-label={label} className="block">
      <path d={path} fill="var(--text-3)" />
      {gaps !== '' && <path d={gaps} stroke="var(--chart-gap-line)" strokeDasharray="1 1" fill="none" />}
    </svg>
  );
}
