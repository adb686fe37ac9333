import type { BudgetItem } from '../../../contract/schemas/budgets.ts';
import { cx } from '../../ui/class-names.ts';
import { rangeWords, standingOf, usedWords } from './budget-words.ts';

const FILLS = {
  over: 'bg-bad-fill',
  'expected-over': 'bg-warn-fill',
  near: 'bg-warn-fill',
  within: 'bg-fg-2',
  unknown: 'bg-fg-3',
} as const;

/** Used as a bar, the range of the month's end as a line with caps, the limit as a mark; one scale from zero. */
export function BudgetBar({ budget }: { budget: BudgetItem }) {
  const { standing, limit } = budget;
  if (standing === null) return <div className="h-4" />;
  const scale = Math.max(limit, standing.high) * 1.04;
  const at = (value: number): string => `${(Math.max(0, value) / scale) * 100}%`;
  return (
    <div
      role="img"
      aria-label={`${budget.name}: ${usedWords(budget)}; month’s end ${rangeWords(standing, budget)}`}
      className="relative h-4"
    >
      <div className="absolute inset-x-0 top-1 h-2 overflow-hidden rounded-full bg-surface-2">
        <div className={cx('h-2', FILLS[standingOf(budget)])} style={{ width: at(standing.used) }} />
      </div>
      {standing.high > standing.used && (
        <span
          className="absolute top-0.5 h-3 border-x-[1.5px] border-fg-1"
          style={{ left: at(standing.low), width: at(standing.high - standing.low) }}
        >
          <span className="absolute inset-x-0 top-[5px] h-0.5 bg-fg-1" />
        </span>
      )}
      <span className="absolute inset-y-0 -ml-px w-0.5 bg-fg-1 ring-1 ring-surface-1" style={{ left: at(limit) }} />
    </div>
  );
}
