import type { Per } from '../../format/savings.ts';
import type { Unit } from '../../format/units.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Head, HeadCell } from '../../ui/Table.tsx';
import type { SortKey, Tab } from './search.ts';

interface Props {
  readonly tab: Tab;
  readonly unit: Unit;
  /** Null where clusters count in different currencies. */
  readonly money: Unit | null;
  readonly per: Per;
  readonly sort: { readonly key: SortKey; readonly order: 'asc' | 'desc' };
  readonly onSort: (key: SortKey) => void;
  readonly all: boolean | 'indeterminate';
  readonly onAll: (isOn: boolean) => void;
}

/** What the last column says of a tab. */
export const LAST_COLUMN: Readonly<Record<Tab, string>> = {
  open: 'Confidence',
  applied: 'Applied',
  verified: 'Found',
  snoozed: 'Until',
  dismissed: 'Reason',
};

export function ListHead({ tab, unit, money, per, sort, onSort, all, onAll }: Props) {
  const column = (key: SortKey) => ({ sorted: sort.key === key ? sort.order : null, onSort: () => onSort(key) });
  return (
    <Head>
      <HeadCell className="w-9">
        <Checkbox label="Select all" hideLabel checked={all} onChange={onAll} />
      </HeadCell>
      <HeadCell className="w-[36%] pl-1 wide:w-[42%]" {...column('title')}>
        Recommendation
      </HeadCell>
      <HeadCell {...column('where')}>Where</HeadCell>
      <HeadCell numeric className="w-20 wide:w-26" {...column('carbon')}>
        {unit.symbol} a {per}
      </HeadCell>
      <HeadCell numeric className="w-29 wide:w-32" {...column('money')}>
        {money === null ? 'cost' : money.symbol} a {per}
      </HeadCell>
      <HeadCell className="w-27 wide:w-36" {...column('last')}>
        {LAST_COLUMN[tab]}
      </HeadCell>
    </Head>
  );
}
