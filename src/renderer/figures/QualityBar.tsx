import type { QualityShares } from '../../contract/schemas/figures.ts';
import { formatPercent } from '../format/change.ts';
import { type Certainty, MARK_NAMES, Mark } from '../ui/Mark.tsx';

const KINDS: readonly Certainty[] = ['measured', 'modelled', 'default'];

/** Shares of energy by how it is known, as a bar and in words. */
export function QualityBar({ quality }: { readonly quality: QualityShares }) {
  return (
    <>
      <div aria-hidden="true" className="flex h-2 gap-px overflow-hidden rounded-[2px]">
        {KINDS.map((kind) => (
          <i key={kind} style={{ flex: quality[kind], background: `var(--q-${kind})` }} />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap justify-between gap-x-3 gap-y-1 text-small text-fg-2">
        {KINDS.map((kind) => (
          <li key={kind} className="flex items-center gap-1.5 whitespace-nowrap">
            <Mark certainty={kind} />
            {MARK_NAMES[kind]} <span className="tabular-nums">{formatPercent(quality[kind])}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
