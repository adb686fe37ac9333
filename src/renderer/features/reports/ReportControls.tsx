import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { EXPORT_GRANULARITIES, EXPORT_GROUPS } from '../export/export-request.ts';
import {
  FILTER_NAMES,
  FILTERS,
  type FilterField,
  filterProblem,
  type ReportPatch,
  type ReportSearch,
} from './report-search.ts';

interface Props {
  readonly search: ReportSearch;
  readonly onSearch: (patch: ReportPatch) => void;
}

/** What a row stands for, and what is left in. Range and cluster are those at the top. */
export function ReportControls({ search, onSearch }: Props) {
  const isByRow = search.aggregate === '0';
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2">
      <Segmented
        label="Rows"
        value={isByRow ? 'rows' : 'sums'}
        options={[
          { value: 'sums', label: 'Added up' },
          { value: 'rows', label: 'Row by row' },
        ]}
        onChange={(next) => onSearch({ aggregate: next === 'rows' ? '0' : undefined })}
      />
      {!isByRow && (
        <>
          <Select
            label="One row for each"
            prefix="One row for each"
            value={search.group ?? 'namespace'}
            options={EXPORT_GROUPS}
            onChange={(group) => onSearch({ group: group === 'namespace' ? undefined : group })}
          />
          <Select
            label="and each"
            prefix="and each"
            value={search.every ?? 'daily'}
            options={EXPORT_GRANULARITIES}
            onChange={(every) => onSearch({ every: every === 'daily' ? undefined : every })}
          />
        </>
      )}
      {FILTERS.map((field) => {
        const value = search[field];
        return (
          value !== undefined && (
            <Chosen key={field} field={field} value={value} onRemove={() => onSearch({ [field]: undefined })} />
          )
        );
      })}
      <AddFilter search={search} onAdd={(field, value) => onSearch({ [field]: value })} />
    </div>
  );
}

function Chosen({ field, value, onRemove }: { field: FilterField; value: string; onRemove: () => void }) {
  const name = FILTER_NAMES[field];
  return (
    <span className="inline-flex h-7 items-center overflow-hidden rounded-2 border border-line-strong bg-surface-1 text-small">
      <span className="px-2 text-fg-2">{name} is</span>
      <span className="max-w-60 truncate border-l border-line px-2 font-medium">{value}</span>
      <button
        type="button"
        aria-label={`Remove the filter ${name} is ${value}`}
        className="grid size-7 place-items-center border-l border-line text-fg-3 hover:bg-hover hover:text-fg-1"
        onClick={onRemove}
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}

function AddFilter({ search, onAdd }: { search: ReportSearch; onAdd: (field: FilterField, value: string) => void }) {
  const free = FILTERS.filter((field) => search[field] === undefined);
  const [isOpen, setOpen] = useState(false);
  const [picked, setPicked] = useState<FilterField>('namespace');
  const [value, setValue] = useState('');
  const [isTried, setTried] = useState(false);
  const field = free.includes(picked) ? picked : free[0];
  if (field === undefined) return null;
  const problem = filterProblem(field, value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem !== null) return;
    onAdd(field, value.trim());
    setValue('');
    setTried(false);
    setOpen(false);
  };
  return (
    <Popover
      label="Add a filter"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button kind="ghost">Add filter</Button>}
      className="w-72"
    >
      <form onSubmit={submit} className="flex flex-col gap-2 p-2" noValidate>
        <Select
          label="Field"
          size="large"
          value={field}
          options={free.map((each) => ({ value: each, label: FILTER_NAMES[each] }))}
          onChange={setPicked}
        />
        <TextField
          label={`${FILTER_NAMES[field]} is`}
          value={value}
          onChange={setValue}
          error={isTried ? problem : null}
          {...(field === 'workload' ? { placeholder: 'Deployment/cart' } : {})}
        />
        <Button kind="primary" type="submit">
          Add
        </Button>
      </form>
    </Popover>
  );
}
