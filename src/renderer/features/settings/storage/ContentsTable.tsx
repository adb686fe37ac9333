import type { StoreStatus } from '../../../../contract/schemas/store.ts';
import { exactNumber, formatCount } from '../../../format/digits.ts';
import { exactQuantity, formatIn } from '../../../format/quantity.ts';
import { exactMoment, formatDate, formatYear } from '../../../format/time.ts';
import { chooseUnit } from '../../../format/units.ts';
import { cx } from '../../../ui/class-names.ts';
import { Body, Cell, Foot, Head, HeadCell, Row, Table } from '../../../ui/Table.tsx';

type Tables = NonNullable<StoreStatus['tables']>;

/** The names are those that other tools see; the sum is over all tables, shown or not. */
export function ContentsTable(props: { tables: Tables; shown: Tables; name: string; tz: string }) {
  const { tables, tz, name } = props;
  const sizes = tables.flatMap((table) => (table.size_bytes === null ? [] : [table.size_bytes]));
  // A file of SQLite knows its own size and not that of its tables.
  const hasSizes = sizes.length > 0;
  const unit = chooseUnit('disk', Math.max(0, ...sizes));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return (
    <Table label="Contents of the store" className="[&_tbody_tr]:h-7">
      <Head>
        <HeadCell>{`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`}</HeadCell>
        <HeadCell numeric>Rows</HeadCell>
        {hasSizes && <HeadCell numeric>{unit.label}</HeadCell>}
        <HeadCell className="pl-8">Oldest</HeadCell>
        <HeadCell>Newest</HeadCell>
      </Head>
      <Body>
        {props.shown.map((table) => (
          <Row key={table.table}>
            <Cell className="font-mono">{table.table}</Cell>
            <Cell numeric title={exactNumber(table.rows)}>
              {formatCount(table.rows)}
            </Cell>
            {hasSizes && (
              <Cell numeric title={exactQuantity('disk', table.size_bytes)} className="text-fg-2">
                {formatIn(unit, table.size_bytes)}
              </Cell>
            )}
            <Day at={table.oldest} tz={tz} className="pl-8" />
            <Day at={table.newest} tz={tz} />
          </Row>
        ))}
      </Body>
      <Foot>
        <Cell>All</Cell>
        <Cell numeric>{formatCount(sum(tables.map((table) => table.rows)))}</Cell>
        {hasSizes && <Cell numeric>{formatIn(unit, sum(sizes))}</Cell>}
        <Cell colSpan={2} />
      </Foot>
    </Table>
  );
}

/** A day with its year; the moment is on hover. Some tables know no time. */
function Day({ at, tz, className }: { at: string | null; tz: string; className?: string }) {
  return (
    <Cell
      title={at === null ? undefined : exactMoment(at, tz)}
      className={cx('tabular-nums', at === null ? 'text-fg-3' : 'text-fg-2', className)}
    >
      {at === null ? 'none' : `${formatDate(at, tz)} ${formatYear(at, tz)}`}
    </Cell>
  );
}
