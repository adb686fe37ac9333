import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { CONFIDENCE_NAMES } from './words.ts';

const FILLED = { low: 1, medium: 2, high: 3 } as const;
const HEIGHTS = ['h-[7px]', 'h-2.5', 'h-[13px]'] as const;

/** One, two or three bars, and the word. */
export function ConfidenceBars({ confidence }: { confidence: RecommendationItem['confidence'] }) {
  return (
    <span className="inline-flex items-end gap-0.5">
      {HEIGHTS.map((height, index) => (
        <i
          key={height}
          aria-hidden="true"
          className={`${height} mb-px w-1 rounded-[1px] ${index < FILLED[confidence] ? 'bg-fg-2' : 'bg-line-strong'}`}
        />
      ))}
      <span className="ml-1.5 text-small text-fg-2">{CONFIDENCE_NAMES[confidence]}</span>
    </span>
  );
}
