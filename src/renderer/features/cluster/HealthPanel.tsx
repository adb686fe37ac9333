import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { HEALTH_DOTS, HEALTH_NAMES } from '../../app/kubernetes/health-words.ts';
import { formatAge } from '../../format/time.ts';
import { failureOf } from '../../rpc/failure.ts';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { panelStateOf } from '../../ui/panel-state.ts';
import { StatusDot } from '../../ui/StatusDot.tsx';
import { HealthStrip } from './HealthStrip.tsx';

const MOST_OBJECTS = 6;
/** The strip goes by all of them, the list names the newest. */
const MOST_CHANGES = 500;
const LISTED_CHANGES = 5;

/** Why a cluster is as it is, and how it was before: as a strip, and the newest changes as a list. */
export function HealthPanel({ id, nowMs, tz }: { id: string; nowMs: number; tz: string }) {
  const api = useApi();
  const health = useQuery(api.k8s.health.queryOptions({ input: { id } }));
  const history = useQuery(api.k8s.healthHistory.queryOptions({ input: { id, limit: MOST_CHANGES } }));
  const reasons = health.data?.reasons ?? [];
  const changes = history.data?.changes ?? [];
  const empty =
    health.data !== undefined && reasons.length === 0 && changes.length === 0 ? (
      <EmptyState icon={<CircleCheck strokeWidth={1.75} />} title={HEALTH_NAMES[health.data.health_status]}>
        No reason to worry was found, and no change of health is kept yet.
      </EmptyState>
    ) : null;
  const since = health.data?.since ?? null;
  return (
    <Panel
      title="Health"
      {...(since === null ? {} : { note: `since ${formatAge(since, nowMs, tz)}` })}
      state={panelStateOf(health, empty)}
    >
      {health.data !== undefined && reasons.length === 0 && (
        <p className="flex items-center gap-2">
          <StatusDot status={HEALTH_DOTS[health.data.health_status]} />
          {health.data.health_status === 'healthy' ? 'Nothing is wrong with it.' : 'No reason is known.'}
        </p>
      )}
      <ul aria-label="Reasons" className="flex flex-col gap-2">
        {reasons.map((reason) => (
          <li key={reason.code}>
            <p className="font-medium">{reason.message}</p>
            {reason.objects.length > 0 && (
              <p className="text-small break-words text-fg-3" title={reason.objects.join(', ')}>
                {reason.objects.slice(0, MOST_OBJECTS).join(', ')}
                {reason.objects.length > MOST_OBJECTS && ` and ${reason.objects.length - MOST_OBJECTS} more`}
              </p>
            )}
          </li>
        ))}
      </ul>
      {history.data !== undefined && changes.length > 0 && <HealthStrip history={history.data} tz={tz} />}
      {history.data === undefined && history.error !== null && (
        <p className="mt-3 border-t border-line pt-2 text-small text-fg-3">
          Its history could not be read: {failureOf(history.error).message}.
        </p>
      )}
      {changes.length > 0 && (
        <ol aria-label="Changes of health" className="mt-2 flex flex-col gap-1 text-small">
          {changes.slice(0, LISTED_CHANGES).map((change) => (
            <li key={change.at} className="flex items-center gap-2 text-fg-2">
              <StatusDot status={HEALTH_DOTS[change.health_status]} />
              {HEALTH_NAMES[change.health_status]}
              <span className="text-fg-3">{formatAge(change.at, nowMs, tz)}</span>
              <span className="min-w-0 truncate text-fg-3">
                {change.reasons.map(({ message }) => message).join(' ')}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
