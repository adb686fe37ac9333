import { SeriesSwatch } from './Swatch.tsx';
import type { StackData } from './stack.ts';

interface Props {
  readonly data: StackData;
  readonly solo: string | null;
  readonly onSolo: (key: string | null) => void;
}

/** Names of a chart's series in stack order; a click shows one alone, another click all again. */
export function Legend({ data, solo, onSolo }: Props) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 text-small text-fg-2">
      {data.series.map((series) => (
        <li key={series.key}>
          <button
            type="button"
            aria-pressed={solo === series.key}
            className={`-mx-1 inline-flex h-6 max-w-56 items-center gap-1.5 rounded-1 px-1 hover:bg-hover hover:text-fg-1 ${solo === series.key ? 'bg-selected text-fg-1' : ''}`}
            onClick={() => onSolo(solo === series.key ? null : series.key)}
          >
            <SeriesSwatch paint={series.paint} />
            <span className="truncate">{series.label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
