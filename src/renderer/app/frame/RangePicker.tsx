import { Calendar, ChevronDown, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { formatPeriod, zoneName } from '../../format/time.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { cx } from '../../ui/class-names.ts';
import { Menu } from '../../ui/Menu.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useShortcuts } from '../shortcuts.ts';
import { useNow } from '../use-now.ts';
import { nameOfLast, PRESETS } from '../view/range.ts';
import { useView } from '../view/use-view.ts';
import { DEFAULT_LAST } from '../view/view-search.ts';
import { localZone, useDefaultZone } from '../view/zone.ts';
import { CustomRange } from './CustomRange.tsx';

const PIECE = 'flex h-full items-center gap-1.5 px-2 hover:bg-hover first:rounded-l-[5px] focus-visible:rounded-1';

/** Range, zone and compare: one for all pages, kept in the address. R opens it, [ and ] move it by its length. */
export function RangePicker() {
  const [open, setOpen] = useState(false);
  const view = useView();
  const now = useNow();
  const { range, tz } = view;
  useShortcuts(
    useMemo(() => ({ r: () => setOpen(true), '[': () => view.shift(-1), ']': () => view.shift(1) }), [view]),
  );
  const local = localZone();
  const usual = useDefaultZone();
  const text = range.kind === 'last' ? nameOfLast(range.last) : formatPeriod(range.start, range.end, tz);
  return (
    <div className="flex h-7 shrink-0 items-center divide-x divide-line rounded-2 border border-line-strong bg-surface-1 text-small">
      <Popover
        label="Choose a range"
        align="end"
        open={open}
        onOpenChange={setOpen}
        className="w-72"
        trigger={
          <button type="button" aria-label={`Range: ${text}`} className={cx(PIECE, 'font-medium')}>
            <Calendar aria-hidden="true" strokeWidth={1.75} className="size-4" />
            <span className="whitespace-nowrap">{text}</span>
            <ChevronDown aria-hidden="true" className="size-3.5" />
          </button>
        }
      >
        <div className="flex flex-col">
          {PRESETS.map((last) => {
            const chosen = range.kind === 'last' && range.last === last;
            return (
              <button
                key={last}
                type="button"
                aria-pressed={chosen}
                onClick={() => {
                  view.setRange({ kind: 'last', last });
                  setOpen(false);
                }}
                className={cx(
                  'flex h-7 items-center rounded-1 px-2 text-[12.5px] hover:bg-hover focus-visible:relative focus-visible:z-1',
                  chosen && 'bg-selected font-medium',
                )}
              >
                {nameOfLast(last)}
              </button>
            );
          })}
          {/* Where the bar is narrow, zone and compare live here. */}
          <div className="mt-1 flex items-center gap-3 border-t border-line px-2 pt-2 mid:hidden">
            <Segmented
              label="Time zone"
              value={tz === 'UTC' ? 'UTC' : 'local'}
              options={[
                { value: 'local', label: zoneName(local, now) },
                { value: 'UTC', label: 'UTC' },
              ]}
              onChange={(zone) => view.setZone(zone === 'UTC' ? 'UTC' : local)}
            />
            <Checkbox label="Compare" checked={view.compare} onChange={view.setCompare} />
          </div>
          <CustomRange
            key={`${text} ${tz}`}
            range={range}
            tz={tz}
            now={now}
            onApply={(next) => {
              view.setRange(next);
              setOpen(false);
            }}
          />
        </div>
      </Popover>
      {range.kind === 'between' && (
        <button
          type="button"
          aria-label={`Back to ${nameOfLast(DEFAULT_LAST).toLowerCase()}`}
          title={`Back to ${nameOfLast(DEFAULT_LAST).toLowerCase()}`}
          onClick={() => view.setRange({ kind: 'last', last: DEFAULT_LAST })}
          className={PIECE}
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
      <Menu
        label="Time zone"
        align="end"
        trigger={
          <button type="button" aria-label={`Time zone: ${tz}`} className={cx(PIECE, 'hidden text-fg-2 mid:flex')}>
            {zoneName(tz, now)}
          </button>
        }
        items={[
          ...(usual === local || usual === 'UTC'
            ? []
            : [{ key: 'usual', label: usual, checked: tz === usual, onSelect: () => view.setZone(usual) }]),
          { key: 'local', label: `Local, ${local}`, checked: tz === local, onSelect: () => view.setZone(local) },
          { key: 'utc', label: 'UTC', checked: tz === 'UTC' && local !== 'UTC', onSelect: () => view.setZone('UTC') },
        ]}
      />
      <span className="hidden h-full items-center px-2 mid:flex">
        <Checkbox label="Compare" checked={view.compare} onChange={view.setCompare} />
      </span>
    </div>
  );
}
