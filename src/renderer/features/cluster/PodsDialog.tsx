import { useQuery } from '@tanstack/react-query';
import type { Pod, WorkloadList } from '../../../contract/schemas/kubernetes/objects.ts';
import { formatCount } from '../../format/digits.ts';
import { joinParts } from '../../format/parts.ts';
import { formatCpu, formatMemory } from '../../format/quantity.ts';
import { formatAge } from '../../format/time.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { isWell } from './pod-words.ts';

const MOST_PODS = 100;

/** Pods of a workload: where they run, how they are, what they ask for. */
export function PodsDialog(props: {
  workload: WorkloadList['workloads'][number];
  nowMs: number;
  tz: string;
  onClose: () => void;
}) {
  const { workload, nowMs, tz } = props;
  const api = useApi();
  const pods = useQuery(api.k8s.deploymentPods.queryOptions({ input: { id: workload.id, limit: MOST_PODS } }));
  const items = pods.data?.pods ?? [];
  const total = pods.data?.total ?? 0;
  return (
    <Dialog
      open
      onClose={props.onClose}
      width="wide"
      title={`Pods of ${workload.name}`}
      description={`${workload.kind} in ${workload.namespace}, those that ended within their time of keeping too`}
    >
      {pods.data === undefined && pods.error === null && <Skeleton rows={5} label="Loading the pods" />}
      {pods.data === undefined && pods.error !== null && (
        <ErrorState error={pods.error} onRetry={() => void pods.refetch()} />
      )}
      {pods.data !== undefined && items.length === 0 && (
        <p className="py-6 text-center text-fg-2">No pod of it is kept: none ran since it is followed.</p>
      )}
      {items.length > 0 && (
        <div className="-mx-6 overflow-x-auto">
          <Table label={`Pods of ${workload.name}`}>
            <Head>
              <HeadCell>Pod</HeadCell>
              <HeadCell>Status</HeadCell>
              <HeadCell numeric>Restarts</HeadCell>
              <HeadCell numeric>OOM kills</HeadCell>
              <HeadCell numeric>Asks for</HeadCell>
              <HeadCell numeric>Since</HeadCell>
            </Head>
            <Body>
              {items.map((pod) => (
                <Row key={pod.id} roomy>
                  <Cell className="max-w-60" title={pod.name}>
                    <span className="block truncate font-medium">{pod.name}</span>
                    <span className="block truncate text-fg-3">{pod.node_name ?? 'on no node'}</span>
                  </Cell>
                  <Cell title={pod.reason ?? undefined} className={isWell(pod) ? '' : 'text-bad'}>
                    {pod.status ?? pod.phase}
                  </Cell>
                  <Cell numeric>{formatCount(pod.restart_count)}</Cell>
                  <Cell numeric>{formatCount(pod.oom_kills)}</Cell>
                  <Cell numeric className="text-fg-2">
                    {requestWords(pod)}
                  </Cell>
                  <Cell numeric className="text-fg-2">
                    {formatAge(pod.started_at ?? pod.created_at, nowMs, tz)}
                  </Cell>
                </Row>
              ))}
            </Body>
          </Table>
        </div>
      )}
      {total > items.length && (
        <p className="mt-2 text-small text-fg-3">
          {formatCount(items.length)} of {formatCount(total)} are shown.
        </p>
      )}
    </Dialog>
  );
}

function requestWords({ cpu_request: millicores, memory_request: bytes }: Pod): string {
  const parts = [
    millicores === null || millicores === 0 ? null : joinParts(formatCpu(millicores)),
    bytes === null || bytes === 0 ? null : joinParts(formatMemory(bytes)),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}
