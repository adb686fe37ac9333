import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ComponentProps, KeyboardEvent, ReactNode } from 'react';
import { cx } from './class-names.ts';

/** A table of figures. Parts: `Table`, `Head`, `HeadCell`, `Body`, `Row`, `Cell`, `Foot`. `label` names it for readers. */
export function Table({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    <table aria-label={label} className={cx('w-full border-collapse text-small', className)}>
      {children}
    </table>
  );
}

export function Head({ children }: { children: ReactNode }) {
  return (
    <thead className="sticky top-0 z-10 bg-surface-1">
      <tr className="edge-bottom">{children}</tr>
    </thead>
  );
}

const EDGES = 'px-2 first:pl-4 last:pr-4';

export type SortOrder = 'asc' | 'desc';

/** A header cell; with `onSort` it is a button, and `sorted` says how the column is sorted now. */
export function HeadCell(props: {
  children?: ReactNode;
  numeric?: boolean;
  sorted?: SortOrder | null;
  onSort?: () => void;
  className?: string;
}) {
  const aria =
    props.onSort === undefined
      ? undefined
      : props.sorted === 'asc'
        ? 'ascending'
        : props.sorted === 'desc'
          ? 'descending'
          : 'none';
  const Arrow = props.sorted === 'asc' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={aria}
      className={cx(
        'h-7 border-b border-line text-left text-micro font-medium whitespace-nowrap text-fg-3',
        EDGES,
        props.numeric === true && 'text-right',
        props.className,
      )}
    >
      {props.onSort === undefined ? (
        props.children
      ) : (
        <button
          type="button"
          onClick={props.onSort}
          className={cx(
            'inline-flex h-6 items-center gap-1 rounded-1 font-medium hover:text-fg-1',
            props.sorted && 'text-fg-1',
          )}
        >
          {props.sorted && <Arrow aria-hidden="true" className="size-3" />}
          {props.children}
        </button>
      )}
    </th>
  );
}

/** Rows; ↑ and ↓ move the focus between those that can be opened. */
export function Body({ children }: { children: ReactNode }) {
  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    const rows = [...event.currentTarget.querySelectorAll<HTMLTableRowElement>('tr[tabindex]')];
    const index = rows.findIndex((row) => row.isSameNode(document.activeElement));
    const next = rows[index + (event.key === 'ArrowDown' ? 1 : -1)];
    if (index < 0 || next === undefined) return;
    event.preventDefault();
    next.focus();
  };
  return <tbody onKeyDown={onKeyDown}>{children}</tbody>;
}

/** A row; with `onOpen` it takes focus, and Enter or a click opens it. */
export function Row(props: {
  children: ReactNode;
  onOpen?: () => void;
  selected?: boolean;
  label?: string;
  roomy?: boolean;
}) {
  const { onOpen } = props;
  const opens =
    onOpen === undefined
      ? {}
      : {
          tabIndex: 0,
          onClick: onOpen,
          onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
            if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
            event.preventDefault();
            onOpen();
          },
        };
  return (
    <tr
      aria-label={props.label}
      aria-current={props.selected === true ? 'true' : undefined}
      className={cx(
        'group border-b border-line last:border-b-0 focus-visible:relative focus-visible:z-5',
        props.roomy === true ? 'h-10' : 'h-8',
        props.selected === true ? 'bg-selected' : 'hover:bg-hover',
      )}
      {...opens}
    >
      {props.children}
    </tr>
  );
}

export function Cell({ numeric, className, ...rest }: ComponentProps<'td'> & { numeric?: boolean }) {
  return <td className={cx('whitespace-nowrap', EDGES, numeric === true && 'num', className)} {...rest} />;
}

/** The totals row, which equals the sum of the rows above. */
export function Foot({ children }: { children: ReactNode }) {
  return (
    <tfoot className="sticky bottom-0 bg-surface-1">
      <tr className="edge-top h-8 border-t border-line-strong font-strong">{children}</tr>
    </tfoot>
  );
}
