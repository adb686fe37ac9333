import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import type { BudgetItem } from '../../../contract/schemas/budgets.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { type Status, StatusDot } from '../../ui/StatusDot.tsx';
import { BudgetBar } from './BudgetBar.tsx';
import {
  amountWords,
  basisWords,
  outcomeWords,
  rangeWords,
  type Standing,
  scopeWords,
  standingOf,
  usedWords,
} from './budget-words.ts';

const STATUS: Record<Standing, Status> = {
  over: 'broken',
  'expected-over': 'attention',
  near: 'attention',
  within: 'healthy',
  unknown: 'off',
};

/** A budget: what it is for, where it stands, where it goes. */
export function BudgetRow(props: {
  budget: BudgetItem;
  cluster: string | null;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const { budget, cluster } = props;
  const { standing } = budget;
  return (
    <li
      aria-label={budget.name}
      className="grid items-center gap-x-6 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 mid:grid-cols-[minmax(0,260px)_minmax(0,1fr)_minmax(0,260px)_28px]"
    >
      <div className="min-w-0">
        <div className="truncate font-medium">{budget.name}</div>
        <div className="truncate text-small text-fg-2">
          {scopeWords(budget, cluster)} · {budget.unit === 'carbon' ? 'carbon' : 'money'}
        </div>
      </div>
      <div className="min-w-0">
        <BudgetBar budget={budget} />
        <div className="mt-0.5 flex flex-wrap justify-between gap-x-4 text-small">
          <span className="tabular-nums">{usedWords(budget)}</span>
          {standing !== null && standing.history_days > 0 && (
            <span className="text-fg-2 tabular-nums" title={basisWords(standing)}>
              Month’s end {amountWords(standing.expected, budget)}, {rangeWords(standing, budget)}
            </span>
          )}
        </div>
      </div>
      <div className="min-w-0 text-small">
        <div className="flex items-start gap-2">
          <StatusDot status={STATUS[standingOf(budget)]} className="mt-1" />
          <span>{outcomeWords(budget)}</span>
        </div>
        {standing !== null && standing.history_days > 0 && <div className="pl-4 text-fg-3">{basisWords(standing)}</div>}
      </div>
      <Menu
        label={`More about ${budget.name}`}
        align="end"
        trigger={
          <IconButton label={`More about ${budget.name}`}>
            <Ellipsis aria-hidden="true" strokeWidth={1.75} />
          </IconButton>
        }
        items={[
          { key: 'edit', label: 'Change…', icon: <Pencil aria-hidden="true" />, onSelect: props.onEdit },
          { key: 'delete', label: 'Delete…', icon: <Trash2 aria-hidden="true" />, onSelect: props.onDelete },
        ]}
      />
    </li>
  );
}
