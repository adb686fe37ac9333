import { Columns3, GripVertical } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { COLUMN_IDS, COLUMNS, type ColumnId, moveColumn, toggleColumn } from './columns.ts';

interface Props {
  readonly columns: readonly ColumnId[];
  /** Null goes back to the usual columns. */
  readonly onChange: (columns: readonly ColumnId[] | null) => void;
}

/** Which columns the table has, and in what order: Alt ↑ and ↓ move the one that has the focus. */
export function ColumnChooser({ columns, onChange }: Props) {
  const [search, setSearch] = useState('');
  const order: readonly ColumnId[] = [...columns, ...COLUMN_IDS.filter((id) => !columns.includes(id))];
  const found = order.filter((id) => COLUMNS[id].label.toLowerCase().includes(search.trim().toLowerCase()));
  const onKeyDown = (event: KeyboardEvent, id: ColumnId): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(moveColumn(columns, id, event.key === 'ArrowUp' ? -1 : 1));
  };
  return (
    <Popover
      label="Columns"
      align="end"
      className="w-58"
      trigger={
        <Button kind="ghost" size="small">
          <Columns3 aria-hidden="true" strokeWidth={1.75} />
          Columns
        </Button>
      }
    >
      <SearchField label="Find a column" value={search} onChange={setSearch} className="m-1 w-auto" />
      <ul>
        {found.map((id) => (
          // The key works while the check of the line has the focus; the grip only shows that lines can move.
          <li
            key={id}
            className="flex h-6 items-center rounded-1 px-2 hover:bg-selected"
            onKeyDown={(event) => onKeyDown(event, id)}
          >
            <span className="min-w-0 flex-1 truncate">
              <Checkbox
                label={COLUMNS[id].label}
                checked={columns.includes(id)}
                onChange={() => onChange(toggleColumn(columns, id))}
              />
            </span>
            {columns.includes(id) && <GripVertical aria-hidden="true" className="size-3.5 text-fg-3" />}
          </li>
        ))}
        {found.length === 0 && <li className="px-2 py-1 text-small text-fg-2">No column is called that.</li>}
      </ul>
      <div className="mt-1 flex items-center border-t border-line pt-1">
        <Button kind="ghost" size="small" onClick={() => onChange(null)}>
          Reset
        </Button>
        <span className="flex-1" />
        <span className="pr-2 text-micro text-fg-3">
          {columns.length} of {COLUMN_IDS.length}
        </span>
      </div>
    </Popover>
  );
}
