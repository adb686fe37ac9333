import type { SavingsBucket } from '../../charts/savings-days.ts';
import { formatIn } from '../../format/quantity.ts';
import { formatDay } from '../../format/time.ts';
import type { Unit } from '../../format/units.ts';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';

/** What scrolls takes the focus, so that the arrow keys move it. */
const SCROLLS = { tabIndex: 0 } as const;

/** The chart of savings as its table: one row a day. */
export function SavingsDays({ buckets, unit, name }: { buckets: readonly SavingsBucket[]; unit: Unit; name: string }) {
  return (
    <section aria-label={`${name}, table`} className="h-full overflow-auto" {...SCROLLS}>
      <Table label={name}>
        <Head>
          <HeadCell>Day (UTC)</HeadCell>
          <HeadCell numeric>Promised, {unit.label}</HeadCell>
          <HeadCell numeric>Measured</HeadCell>
        </Head>
        <Body>
          {buckets.map((bucket) => (
            <Row key={bucket.startMs}>
              <Cell>{formatDay(bucket.startMs, 'UTC')}</Cell>
              <Cell numeric>{formatIn(unit, bucket.promised)}</Cell>
              <Cell numeric className={bucket.measured === null ? 'text-fg-3' : 'font-medium'}>
                {bucket.measured === null ? 'not yet' : formatIn(unit, bucket.measured)}
              </Cell>
            </Row>
          ))}
        </Body>
      </Table>
    </section>
  );
}
