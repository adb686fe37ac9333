import type { StoreStatus } from '../../../../contract/schemas/store.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { exactMoment, formatClock, toMilliseconds } from '../../../format/time.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../../ui/Table.tsx';

/** Which process collects which cluster: one at a time, whoever shares the store. */
export function LeasesPanel({ status }: { status: StoreStatus }) {
  const { tz } = useView();
  const now = useNow();
  const { leases } = status;
  if (leases.length === 0) {
    return (
      <Panel title="Who collects">
        <p className="pb-1 text-small text-fg-2">
          {status.state === 'away'
            ? 'Not known while the store is away. Each process goes on with the clusters it had.'
            : 'No process collects a cluster into this store now.'}
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Who collects" note="one process a cluster" padded={false} bodyClassName="overflow-x-auto">
      <Table label="Who collects" className="[&_tbody_tr]:h-7">
        <Head>
          <HeadCell>Cluster</HeadCell>
          <HeadCell>Process</HeadCell>
          <HeadCell>Until</HeadCell>
        </Head>
        <Body>
          {leases.map((lease) => (
            <Row key={lease.cluster_id}>
              <Cell className="font-medium">{lease.cluster_name ?? lease.cluster_id}</Cell>
              <Cell>
                <span className="mr-2 font-mono">{lease.holder}</span>
                {lease.is_own && <Chip>this process</Chip>}
              </Cell>
              <Cell className="text-fg-2 tabular-nums" title={exactMoment(lease.expires_at, tz)}>
                {toMilliseconds(lease.expires_at) < now
                  ? 'run out, another process may take over'
                  : `${formatClock(lease.expires_at, tz)}, renewed while it runs`}
              </Cell>
            </Row>
          ))}
        </Body>
      </Table>
    </Panel>
  );
}
