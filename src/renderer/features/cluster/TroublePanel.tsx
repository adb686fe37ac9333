import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { formatCount } from '../../format/digits.ts';
import { formatAge } from '../../format/time.ts';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { panelStateOf } from '../../ui/panel-state.ts';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { isWell } from './pod-words.ts';

/** What scrolls takes the focus, so that the arrow keys reach all of it. */
const SCROLLS = { tabIndex: 0 } as const;

/** Pods that crash, wait or were killed for memory, the worst first. */
export function TroublePanel({ id, nowMs, tz }: { id: string; nowMs: number; tz: string }) {
  const api = useApi();
  const pods = useQuery(api.k8s.troubledPods.queryOptions({ input: { id, limit: 50 } }));
  const items = pods.data?.pods ?? [];
  const empty =
    items.length === 0 ? (
      <EmptyState icon={<CircleCheck strokeWidth={1.75} />} title="No pod is in trouble">
        Crash loops, pods that wait and kills for memory would stand here.
      </EmptyState>
    ) : null;
  return (
    <Panel
      title="Pods in trouble"
      {...(items.length === 0 ? {} : { note: formatCount(items.length) })}
      padded={false}
      state={panelStateOf(pods, empty)}
    >
      <section {...SCROLLS} aria-label="List of pods in trouble" className="max-h-80 overflow-y-auto">
        <Table label="Pods in trouble">
          <Head>
            <HeadCell>Pod</HeadCell>
            <HeadCell>Status</HeadCell>
            <HeadCell numeric>Restarts</HeadCell>
            <HeadCell numeric>OOM kills</HeadCell>
            <HeadCell numeric>Since</HeadCell>
          </Head>
          <Body>
            {items.map((pod) => (
              <Row key={pod.id} roomy>
                <Cell className="max-w-60" title={`${pod.namespace}/${pod.name}`}>
                  <span className="block truncate font-medium">{pod.name}</span>
                  <span className="block truncate text-fg-3">{pod.namespace}</span>
                </Cell>
                <Cell className={isWell(pod) ? '' : 'text-bad'} title={pod.reason ?? undefined}>
                  {pod.status ?? pod.phase}
                </Cell>
                <Cell numeric>{formatCount(pod.restart_count)}</Cell>
                <Cell numeric>{formatCount(pod.oom_kills)}</Cell>
                <Cell numeric className="text-fg-2">
                  {formatAge(pod.started_at ?? pod.created_at, nowMs, tz)}
                </Cell>
              </Row>
            ))}
          </Body>
        </Table>
      </section>
    </Panel>
  );
}
