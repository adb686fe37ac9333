import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import {
  Boxes,
  FileChartColumn,
  Layers,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  Ruler,
  Server,
  Settings,
  Wallet,
  Zap,
} from 'lucide-react';
import { formatCount } from '../../format/digits.ts';
import { useApi } from '../../rpc/provider.tsx';
import { cx } from '../../ui/class-names.ts';
import { keptSearch } from '../view/kept-search.ts';
import { useView } from '../view/use-view.ts';
import { BrandMark } from './BrandMark.tsx';
import { SourcesLine } from './SourcesLine.tsx';

/** Pages at the left: words from 1101 px up, icons with tooltips below. */
export function SideBar() {
  const api = useApi();
  const { data } = useQuery(api.contexts.list.queryOptions());
  const contexts = data?.contexts ?? [];
  const open = useOpenCount();
  const collecting = contexts.filter((context) => context.collecting).length;
  return (
    <aside className="row-span-2 flex flex-col items-center border-r border-line bg-surface-0 px-2 pb-2 mid:items-stretch">
      <div className="flex h-12 items-center gap-2 px-0 text-title font-strong tracking-[-0.01em] mid:px-2">
        <BrandMark />
        <span className="sr-only mid:not-sr-only">Podwatt</span>
      </div>
      <nav aria-label="Main" className="mt-1 flex flex-col gap-px">
        <Item to="/" name="Overview" Icon={LayoutDashboard} />
        <Item to="/explore" name="Explore" Icon={Layers} />
        <Item to="/nodes" name="Nodes" Icon={Server} />
        <Item
          to="/recommendations"
          name="Recommendations"
          Icon={ListChecks}
          {...(open > 0 ? { note: formatCount(open), noteWords: 'open' } : {})}
        />
        <Item to="/grid" name="Grid" Icon={Zap} />
        <Item to="/costs" name="Costs & budgets" Icon={Wallet} />
        <Item to="/reports" name="Reports" Icon={FileChartColumn} />
        <Item to="/quality" name="How sure" Icon={Ruler} />
      </nav>
      <span className="flex-1" />
      <nav aria-label="Set-up" className="flex flex-col gap-px">
        <Item
          to="/clusters"
          name="Clusters"
          Icon={Boxes}
          {...(contexts.length > 0 ? { note: `${collecting} of ${contexts.length}` } : {})}
        />
        <Item to="/settings" name="Settings" Icon={Settings} keys="Control+Comma" />
      </nav>
      <SourcesLine />
    </aside>
  );
}

/** Open recommendations of the picked cluster, or of all; 0 while unknown. */
function useOpenCount(): number {
  const api = useApi();
  const { cluster } = useView();
  const { data } = useQuery(
    api.recommendations.active.queryOptions({ input: { limit: 1, ...(cluster === null ? {} : { cluster }) } }),
  );
  return data?.total ?? 0;
}

interface ItemProps {
  to: string;
  name: string;
  Icon: LucideIcon;
  note?: string;
  /** What the note counts, for readers. */
  noteWords?: string;
  keys?: string;
}

function Item(props: ItemProps) {
  const { to, name, Icon, note, noteWords, keys } = props;
  const { pathname } = useLocation();
  const current = to === '/' ? pathname === '/' : pathname.startsWith(to);
  return (
    <Link
      to={to}
      search={(before: Record<string, unknown>) => keptSearch(before)}
      title={keys === undefined ? name : `${name} (Ctrl or ⌘ and comma)`}
      aria-keyshortcuts={keys}
      aria-current={current ? 'page' : undefined}
      className={cx(
        'flex h-7 w-8 items-center justify-center gap-2 rounded-2 font-medium text-fg-2 mid:w-auto mid:justify-start mid:px-2',
        current ? 'bg-selected text-fg-1' : 'hover:bg-hover hover:text-fg-1',
      )}
    >
      <Icon aria-hidden="true" strokeWidth={1.75} className={cx('size-4 shrink-0', !current && 'text-fg-3')} />
      <span className="sr-only mid:not-sr-only">{name}</span>
      {note !== undefined && (
        <span className="ml-auto hidden text-micro font-regular text-fg-3 mid:inline">
          {note}
          {noteWords !== undefined && <span className="sr-only"> {noteWords}</span>}
        </span>
      )}
    </Link>
  );
}
