import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { cx } from './class-names.ts';

export function SearchField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  className?: string;
  inputRef?: Ref<HTMLInputElement>;
}) {
  return (
    <div
      className={cx(
        'flex h-7 items-center gap-2 rounded-2 bg-surface-2 px-2 text-[12.5px] text-fg-3 focus-within:shadow-(--focus-ring)',
        props.className ?? 'w-52',
      )}
    >
      <Search aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
      <input
        ref={props.inputRef}
        type="search"
        aria-label={props.label}
        placeholder={props.placeholder ?? props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || props.value === '') return;
          event.stopPropagation();
          props.onChange('');
        }}
        className="min-w-0 flex-1 bg-transparent text-fg-1 focus-visible:shadow-none [&::-webkit-search-cancel-button]:hidden"
      />
      {props.value !== '' && (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => props.onChange('')}
          className="rounded-1 p-0.5 hover:text-fg-1"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
    </div>
  );
}
