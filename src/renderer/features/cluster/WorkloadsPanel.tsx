import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { WorkloadList } from '../../../contract/schemas/kubernetes/objects.ts';
import { HEALTH_DOTS, HEALTH_NAMES } from '../../app/kubernetes/health-words.ts';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { panelStateOf } from '../../ui/panel-state.ts';
import { StatusDot } from '../../ui/StatusDot.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { PAGE_SIZE, partsOfList, useOffset } from './list-pages.tsx';
import { PodsDialog } from './PodsDialog.tsx';

/** Deployments and the other workloads of a cluster, those in trouble first; a row opens its pods. */
export function WorkloadsPanel({ id, nowMs, tz }: { id: string; nowMs: number; tz: string }) {
  const api = useApi();
  const [offset, setOffset] = useOffset('workloads');
  const workloads = useQuery(api.k8s.workloads.queryOptions({ input: { id, limit: PAGE_SIZE, offset } }));
  const [opened, setOpened] = useState<WorkloadList['workloads'][number] | null>(null);
  const items = workloads.data?.workloads ?? [];
  const empty = items.length === 0 && offset === 0 ? <EmptyState title="No workload was read yet" /> : null;
  return (
    <Panel
      title="Workloads"
      padded={false}
      state={panelStateOf(workloads, empty)}
      {...partsOfList({
        offset,
        shown: items.length,
        total: workloads.data?.total,
        isLowerBound: workloads.data?.total_is_lower_bound ?? false,
        onOffset: setOffset,
      })}
    >
      <Table label="Workloads">
        <Head>
          <HeadCell>Workload</HeadCell>
          <HeadCell>Kind</HeadCell>
          <HeadCell>Namespace</HeadCell>
          <HeadCell>Health</HeadCell>
          <HeadCell numeric>Ready</HeadCell>
          <HeadCell numeric>Unavailable</HeadCell>
          <HeadCell>Images</HeadCell>
        </Head>
        <Body>
          {items.map((workload) => {
            const images = workload.containers.map(({ image }) => image).join(', ');
            return (
              <Row key={workload.id} label={`Pods of ${workload.name}`} onOpen={() => setOpened(workload)}>
                <Cell className="max-w-70 truncate font-medium" title={workload.name}>
                  {workload.name}
                </Cell>
                <Cell className="text-fg-2">{workload.kind}</Cell>
                <Cell className="text-fg-2">{workload.namespace}</Cell>
                <Cell>
                  <span className="inline-flex items-center gap-2">
                    <StatusDot status={HEALTH_DOTS[workload.health_status]} />
                    {HEALTH_NAMES[workload.health_status]}
                  </span>
                </Cell>
                <Cell numeric>
                  {workload.replicas_ready} of {workload.replicas_desired}
                </Cell>
                <Cell numeric className={workload.replicas_unavailable > 0 ? 'text-bad' : 'text-fg-2'}>
                  {workload.replicas_unavailable}
                </Cell>
                <Cell className="max-w-80 truncate text-fg-2" title={images}>
                  {images}
                </Cell>
              </Row>
            );
          })}
        </Body>
      </Table>
      {opened !== null && <PodsDialog workload={opened} nowMs={nowMs} tz={tz} onClose={() => setOpened(null)} />}
    </Panel>
  );
}
