import { X } from 'lucide-react';
import { MetricPicker } from '../../figures/MetricPicker.tsx';
import { Select } from '../../ui/Select.tsx';
import {
  type ExploreGroup,
  type ExplorePatch,
  type ExploreSearch,
  GROUP_NAMES,
  groupOf,
  groupsFor,
  type SpreadChoice,
} from './level.ts';

interface Props {
  readonly search: ExploreSearch;
  readonly onChange: (patch: ExplorePatch) => void;
}

const SPREADS: readonly { readonly value: SpreadChoice; readonly label: string }[] = [
  { value: 'keep', label: 'apart' },
  { value: 'reservation', label: 'by reservation' },
  { value: 'even', label: 'evenly' },
];

/** What narrows the page beside its path, and how its rows are grouped. */
export function FilterBar({ search, onChange }: Props) {
  const group = groupOf(search);
  const groups: readonly ExploreGroup[] = groupsFor(search).includes(group)
    ? groupsFor(search)
    : [...groupsFor(search), group];
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2">
      {search.node !== undefined && (
        <Filter field="Node" value={search.node} onRemove={() => onChange({ node: undefined, group: undefined })} />
      )}
      {search.team !== undefined && (
        <Filter field="Team" value={search.team} onRemove={() => onChange({ team: undefined, group: undefined })} />
      )}
      <span className="min-w-0 flex-1" />
      <Select
        label="Group by"
        prefix="Group by"
        value={group}
        options={groups.map((value) => ({ value, label: GROUP_NAMES[value].one }))}
        onChange={(next) => onChange({ group: next, sort: undefined, order: undefined, search: undefined })}
      />
      <Select
        label="Spare capacity"
        prefix="Spare capacity"
        value={search.spread ?? 'keep'}
        options={SPREADS}
        onChange={(next) => onChange({ spread: next === 'keep' ? undefined : next })}
      />
      <MetricPicker />
    </div>
  );
}

function Filter({
  field,
  value,
  onRemove,
}: {
  readonly field: string;
  readonly value: string;
  readonly onRemove: () => void;
}) {
  return (
    <span className="inline-flex h-7 items-center overflow-hidden rounded-2 border border-line-strong bg-surface-1 text-small">
      <span className="px-2 text-fg-2">{field} is</span>
      <span className="max-w-60 truncate border-l border-line px-2 font-medium">{value}</span>
      <button
        type="button"
        aria-label={`Remove the filter ${field} is ${value}`}
        className="grid size-7 place-items-center border-l border-line text-fg-3 hover:bg-hover hover:text-fg-1"
        onClick={onRemove}
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}
