import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../format/digits.ts';
import { joinParts } from '../../format/parts.ts';
import { formatCpu, formatMemory } from '../../format/quantity.ts';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { panelStateOf } from '../../ui/panel-state.ts';
import { StatusDot } from '../../ui/StatusDot.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { PAGE_SIZE, partsOfList, useOffset } from './list-pages.tsx';
import { ofQuota } from './quota.ts';

const NODE_WORDS = {
  Ready: { dot: 'healthy', words: 'Ready' },
  NotReady: { dot: 'broken', words: 'Not ready' },
  Unknown: { dot: 'attention', words: 'Not known' },
} as const;

/** Nodes with their state and how full they are. */
export function NodesPanel({ id }: { id: string }) {
  const api = useApi();
  const [offset, setOffset] = useOffset('nodesFrom');
  const nodes = useQuery(api.k8s.nodes.queryOptions({ input: { id, limit: PAGE_SIZE, offset } }));
  const items = nodes.data?.nodes ?? [];
  const empty = items.length === 0 && offset === 0 ? <EmptyState title="No node was read yet" /> : null;
  return (
    <Panel
      title="Nodes"
      padded={false}
      state={panelStateOf(nodes, empty)}
      {...partsOfList({ offset, shown: items.length, total: nodes.data?.total, onOffset: setOffset })}
    >
      <Table label="Nodes">
        <Head>
          <HeadCell>Node</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell>Role</HeadCell>
          <HeadCell>Type</HeadCell>
          <HeadCell numeric>CPU</HeadCell>
          <HeadCell numeric>Memory</HeadCell>
          <HeadCell numeric>Pods</HeadCell>
        </Head>
        <Body>
          {items.map((node) => {
            const { dot, words } = NODE_WORDS[node.status];
            const ready = node.conditions.find((condition) => condition.type === 'Ready');
            const millicores = node.cpu_usage_cores === null ? null : node.cpu_usage_cores * 1000;
            return (
              <Row key={node.id}>
                <Cell className="max-w-70 truncate font-medium" title={node.name}>
                  {node.name}
                </Cell>
                <Cell title={ready?.message ?? undefined}>
                  <span className="inline-flex items-center gap-2">
                    <StatusDot status={dot} />
                    {words}
                    {node.status !== 'Ready' && ready?.reason != null && (
                      <span className="text-fg-3">{ready.reason}</span>
                    )}
                  </span>
                </Cell>
                <Cell className="text-fg-2">{node.node_type ?? ''}</Cell>
                <Cell className="text-fg-2">{node.instance_type ?? ''}</Cell>
                <Cell numeric>{ofQuota(millicores, node.cpu_allocatable, (value) => joinParts(formatCpu(value)))}</Cell>
                <Cell numeric>
                  {ofQuota(node.memory_usage_bytes, node.memory_allocatable, (value) => joinParts(formatMemory(value)))}
                </Cell>
                <Cell numeric>{ofQuota(node.pod_count, node.pod_allocatable, formatCount)}</Cell>
              </Row>
            );
          })}
        </Body>
      </Table>
    </Panel>
  );
}
