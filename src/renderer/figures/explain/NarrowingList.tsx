import type { Narrowing } from '../../../contract/schemas/explain.ts';
import { formatPercent } from '../../format/change.ts';
import { cx } from '../../ui/class-names.ts';
import { useGo } from '../use-go.ts';
import { wayOf } from './narrowing-way.ts';

interface Props {
  readonly items: readonly Narrowing[];
  /** Longer bars, where a whole panel is there for it. */
  readonly roomy?: boolean;
}

/** What would narrow a range most: how much of its width each factor causes, and what to do about it. */
export function NarrowingList({ items, roomy = false }: Props) {
  const widest = Math.max(...items.map((item) => item.share), 1e-9);
  return (
    <ol className="text-small">
      {items.map((item) => (
        <li
          key={`${item.factor} ${item.title}`}
          className="flex min-h-10 items-center gap-3 border-b border-line py-1 last:border-b-0"
        >
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium" title={item.title}>
              {item.title}
            </span>
            <span className="block truncate text-micro text-fg-3" title={item.detail}>
              {item.detail}
            </span>
          </span>
          <span aria-hidden="true" className={cx('shrink-0', roomy ? 'w-16 wide:w-28' : 'w-14')}>
            <i
              className="block h-1.5 rounded-[1px] bg-series-other opacity-70"
              style={{ width: `${(item.share / widest) * 100}%` }}
            />
          </span>
          <span className="num w-9 shrink-0 text-fg-2">{formatPercent(item.share)}</span>
          <span className="w-29 shrink-0 text-right leading-4">
            {item.action !== null && <Deed action={item.action} />}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Deed({ action }: { readonly action: NonNullable<Narrowing['action']> }) {
  const go = useGo();
  const way = wayOf(action.kind);
  if (way.kind === 'read') {
    return (
      <a
        className="link rounded-1"
        href={way.url}
        target="_blank"
        rel="noreferrer"
        title={`${action.label}: opens ${way.url}`}
      >
        {action.label}
      </a>
    );
  }
  return (
    <button
      type="button"
      className="link cursor-pointer rounded-1 text-right"
      onClick={() => go('/settings', { section: way.section })}
    >
      {action.label}
    </button>
  );
}
