import type { ReactNode } from 'react';
import * as z from 'zod';
import { useSearchState } from '../../app/view/use-search-state.ts';
import { formatCount } from '../../format/digits.ts';
import { Button } from '../../ui/Button.tsx';

export const PAGE_SIZE = 25;

const Offset = z.coerce.number().int().min(0).max(10_000).optional().catch(undefined);
const Offsets = z.object({ workloads: Offset, namespaces: Offset, nodesFrom: Offset, releases: Offset });

/** Where a list of the page begins; it lives in the address. */
export function useOffset(name: keyof z.infer<typeof Offsets>): [number, (offset: number) => void] {
  const [search, setSearch] = useSearchState(Offsets);
  return [search[name] ?? 0, (offset) => setSearch({ [name]: offset === 0 ? undefined : offset })];
}

interface ListPart {
  readonly offset: number;
  readonly shown: number;
  /** Undefined until it is known. */
  readonly total: number | undefined;
  readonly isLowerBound?: boolean;
  readonly onOffset: (offset: number) => void;
}

/** Head and foot of a panel with a list: how many there are, and the way through them where one page is not enough. */
export function partsOfList(list: ListPart): { note?: string; footer?: ReactNode } {
  const { total, offset } = list;
  if (total === undefined) return {};
  const note = `${formatCount(total)}${list.isLowerBound === true ? ' or more' : ''}`;
  if (total <= PAGE_SIZE && offset === 0) return total === 0 ? {} : { note };
  return { note, footer: <PageFoot {...list} count={note} /> };
}

/** `26–50 of 113`, and the way on and back. */
function PageFoot({ offset, shown, total = 0, count, onOffset }: ListPart & { count: string }) {
  return (
    <>
      <span className="tabular-nums">
        {shown === 0 ? 'None' : `${formatCount(offset + 1)}–${formatCount(offset + shown)}`} of {count}
      </span>
      <span className="flex-1" />
      <Button
        kind="ghost"
        size="small"
        disabled={offset === 0}
        onClick={() => onOffset(Math.max(0, offset - PAGE_SIZE))}
      >
        Previous
      </Button>
      <Button kind="ghost" size="small" disabled={offset + shown >= total} onClick={() => onOffset(offset + PAGE_SIZE)}>
        Next
      </Button>
    </>
  );
}
