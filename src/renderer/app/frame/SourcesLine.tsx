import { useQuery } from '@tanstack/react-query';
import type { SourceState } from '../../../contract/schemas/system.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { type Status, StatusDot } from '../../ui/StatusDot.tsx';
import { sourceName } from '../source-names.ts';
import { useView } from '../view/use-view.ts';

const STATUS: Record<SourceState['state'], Status> = {
  ok: 'healthy',
  partial: 'attention',
  failed: 'broken',
  off: 'off',
  unknown: 'off',
};
const WORDS: Record<SourceState['state'], string> = {
  ok: 'working',
  partial: 'partly working',
  failed: 'failed',
  off: 'off',
  unknown: 'not tried',
};

/** "5 of 6 sources working", and which, at the foot of the side bar. */
export function SourcesLine() {
  const api = useApi();
  const { cluster } = useView();
  const { data } = useQuery(api.system.health.queryOptions({ refetchInterval: 60_000 }));
  const sources = (data?.sources ?? []).filter(
    (source) =>
      source.state !== 'off' && (cluster === null || source.cluster_id === null || source.cluster_id === cluster),
  );
  if (sources.length === 0) return null;
  const working = sources.filter((source) => source.state === 'ok').length;
  const failed = sources.some((source) => source.state === 'failed');
  const status: Status = failed ? 'broken' : working < sources.length ? 'attention' : 'healthy';
  const text = `${working} of ${sources.length} sources working`;
  return (
    <Popover
      label="Sources"
      className="w-90"
      trigger={
        <button
          type="button"
          title={text}
          className="mt-2 flex h-8 w-full items-center justify-center gap-2 border-t border-line px-2 pt-2 text-small text-fg-3 hover:text-fg-1 mid:justify-start"
        >
          <StatusDot status={status} />
          <span className="sr-only truncate mid:not-sr-only">{text}</span>
        </button>
      }
    >
      <ul className="flex max-h-100 flex-col overflow-auto p-2">
        {sources.map((source) => (
          <li key={`${source.cluster_id} ${source.name}`} className="flex gap-2 py-1.5 text-small">
            <StatusDot status={STATUS[source.state]} className="mt-1" />
            <span className="min-w-0">
              <span className="font-medium">{sourceName(source.name)}</span>{' '}
              <span className="text-fg-3">{WORDS[source.state]}</span>
              <span className="block text-fg-2">{source.detail}</span>
              {source.hint !== null && <span className="block text-fg-2">{source.hint}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
