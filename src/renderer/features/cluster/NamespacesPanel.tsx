import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../format/digits.ts';
import { joinParts } from '../../format/parts.ts';
import { exactQuantity, formatCpu, formatMemory, formatMoney } from '../../format/quantity.ts';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { panelStateOf } from '../../ui/panel-state.ts';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { PAGE_SIZE, partsOfList, useOffset } from './list-pages.tsx';
import { QuotaCell } from './QuotaCell.tsx';

/** Namespaces with who owns them, what they use of their quotas, and what they cost a day. */
export function NamespacesPanel({ id, currency }: { id: string; currency: string }) {
  const api = useApi();
  const [offset, setOffset] = useOffset('namespaces');
  const namespaces = useQuery(api.k8s.namespaces.queryOptions({ input: { id, limit: PAGE_SIZE, offset } }));
  const items = namespaces.data?.namespaces ?? [];
  const empty = items.length === 0 && offset === 0 ? <EmptyState title="No namespace was read yet" /> : null;
  return (
    <Panel
      title="Namespaces"
      padded={false}
      state={panelStateOf(namespaces, empty)}
      {...partsOfList({ offset, shown: items.length, total: namespaces.data?.total, onOffset: setOffset })}
    >
      <Table label="Namespaces">
        <Head>
          <HeadCell>Namespace</HeadCell>
          <HeadCell>Team</HeadCell>
          <HeadCell>Cost center</HeadCell>
          <HeadCell numeric>Pods</HeadCell>
          <HeadCell numeric>CPU</HeadCell>
          <HeadCell numeric>Memory</HeadCell>
          <HeadCell numeric>Cost a day</HeadCell>
        </Head>
        <Body>
          {items.map((namespace) => {
            const millicores = namespace.cpu_usage_cores === null ? null : namespace.cpu_usage_cores * 1000;
            return (
              <Row key={namespace.id}>
                <Cell className="max-w-70 truncate font-medium" title={namespace.name}>
                  {namespace.name}
                  {namespace.deleted_at !== null && <span className="text-fg-3">, gone</span>}
                </Cell>
                <Cell className="text-fg-2">{namespace.team_name ?? ''}</Cell>
                <Cell className="text-fg-2">{namespace.cost_center ?? ''}</Cell>
                <QuotaCell used={namespace.pod_count} limit={namespace.pod_limit} say={formatCount} />
                <QuotaCell
                  used={millicores}
                  limit={namespace.cpu_limit}
                  say={(value) => joinParts(formatCpu(value))}
                  exact={exactQuantity('cpu', millicores)}
                />
                <QuotaCell
                  used={namespace.memory_usage_bytes}
                  limit={namespace.memory_limit}
                  say={(value) => joinParts(formatMemory(value))}
                  exact={exactQuantity('memory', namespace.memory_usage_bytes)}
                />
                <Cell numeric title={exactQuantity('money', namespace.estimated_daily_cost, currency)}>
                  {joinParts(formatMoney(namespace.estimated_daily_cost, currency))}
                </Cell>
              </Row>
            );
          })}
        </Body>
      </Table>
    </Panel>
  );
}
