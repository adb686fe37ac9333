import type { ScoreCard } from '../../../../contract/schemas/score.ts';
import { Tooltip } from '../../../ui/Tooltip.tsx';
import { DIMENSION_NAMES, dimensionWords, scoreText } from './score-words.ts';

/** A bar for each dimension, all on one scale from 0 to 100; one that is left out is hatched. */
export function DimensionBars({ card }: { card: ScoreCard }) {
  return (
    <ul aria-label="Dimensions" className="grid grid-cols-2 gap-x-4 gap-y-1 text-small">
      {card.dimensions.map((dimension) => (
        <li key={dimension.dimension}>
          <Tooltip text={dimensionWords(dimension)}>
            <button type="button" className="flex w-full items-center gap-2 rounded-1 text-left">
              <span className="w-24 shrink-0 truncate text-fg-2">{DIMENSION_NAMES[dimension.dimension]}</span>
              <ScoreBar score={dimension.score} />
              <span className={`num w-6 shrink-0 ${dimension.score === null ? 'text-fg-3' : 'font-medium'}`}>
                {dimension.score === null ? 'out' : scoreText(dimension.score)}
              </span>
            </button>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}

/** A share of 100 as a bar; hatched where there is none. */
export function ScoreBar({ score }: { score: number | null }) {
  if (score === null) return <span aria-hidden="true" className="hatch-gap h-1.5 min-w-0 flex-1 rounded-[1px]" />;
  return (
    <span aria-hidden="true" className="h-1.5 min-w-0 flex-1 overflow-hidden rounded-[1px] bg-surface-2">
      <span className="block h-1.5 rounded-[1px] bg-series-other" style={{ width: `${Math.min(100, score)}%` }} />
    </span>
  );
}
