import type { StoreStatus } from '../../../../contract/schemas/store.ts';
import { momentWords } from '../../../app/store/store-words.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { exactNumber } from '../../../format/digits.ts';
import { joinParts, NO_DATA, type Parts } from '../../../format/parts.ts';
import { exactQuantity, formatAmountOf, formatDisk } from '../../../format/quantity.ts';
import { Value } from '../../../ui/Value.tsx';

const DAYS_A_YEAR = 365;
const UNKNOWN: Parts = { value: 'not known', unit: '' };

/** Size, rows, growth a day, and what that is in a year. `asOf`: since when nothing newer is known. */
export function StoreFigures({ status, asOf }: { status: StoreStatus; asOf: string | null }) {
  const { tz } = useView();
  const now = useNow();
  const rows = status.tables?.reduce((sum, table) => sum + table.rows, 0) ?? null;
  const year = status.bytes_per_day === null ? null : status.bytes_per_day * DAYS_A_YEAR;
  const unknown = status.tables === null ? '' : 'known after a day';
  const old = asOf === null ? null : `as of ${momentWords(asOf, now, tz)}`;
  return (
    <section
      aria-label="Size and growth"
      className="grid grid-cols-2 overflow-hidden rounded-3 border border-line bg-surface-1 shadow-1 mid:grid-cols-4"
    >
      <Piece
        label="Size"
        parts={status.size_bytes === null ? UNKNOWN : formatDisk(status.size_bytes)}
        exact={exactQuantity('disk', status.size_bytes)}
        note={old ?? (status.size_bytes === null ? '' : 'with indexes')}
      />
      <Piece
        label="Rows"
        parts={rows === null ? UNKNOWN : formatAmountOf(rows)}
        exact={rows === null ? NO_DATA.value : exactNumber(rows)}
        note={old ?? (status.tables === null ? '' : `in ${status.tables.length} tables`)}
      />
      <Piece
        label="Growth a day"
        parts={status.bytes_per_day === null ? UNKNOWN : formatDisk(status.bytes_per_day)}
        exact={exactQuantity('disk', status.bytes_per_day)}
        note={
          status.rows_per_day === null ? unknown : `${joinParts(formatAmountOf(Math.round(status.rows_per_day)))} rows`
        }
      />
      <Piece
        label="A year at this pace"
        parts={year === null ? UNKNOWN : formatDisk(year)}
        exact={exactQuantity('disk', year)}
        note={year === null ? unknown : 'about; retention keeps less'}
      />
    </section>
  );
}

function Piece({ label, parts, exact, note }: { label: string; parts: Parts; exact: string; note: string }) {
  const isKnown = parts !== UNKNOWN && parts !== NO_DATA;
  return (
    <div className="min-w-0 border-l border-line px-4 py-3 first:border-l-0 max-mid:nth-[odd]:border-l-0 max-mid:nth-[n+3]:border-t">
      <div className="truncate text-small font-medium text-fg-2">{label}</div>
      <div className="flex h-8 items-end">
        <Value
          parts={parts}
          exact={exact}
          className={isKnown ? 'text-figure-s font-strong [&_.unit]:text-small' : 'text-base text-fg-3'}
        />
      </div>
      <div className="text-small text-fg-3">{note}</div>
    </div>
  );
}
