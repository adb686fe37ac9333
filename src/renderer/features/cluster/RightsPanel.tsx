import { useQuery } from '@tanstack/react-query';
import { CopyButton } from '../../figures/CopyButton.tsx';
import { formatCount } from '../../format/digits.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Panel } from '../../ui/Panel.tsx';

/** What scrolls takes the focus, so that the arrow keys reach all of it. */
const SCROLLS = { tabIndex: 0 } as const;

/** What the context may not read, what is lost by that, and the smallest role that gives it; nothing where all may be read. */
export function RightsPanel({ id }: { id: string }) {
  const api = useApi();
  const { data } = useQuery(api.k8s.health.queryOptions({ input: { id } }));
  if (data === undefined || data.notices.length === 0) return null;
  const { notices, missing_role: role } = data;
  return (
    <Panel title="Missing rights" note={formatCount(notices.length)}>
      <div className="grid grid-cols-1 gap-4 mid:grid-cols-2">
        <ul aria-label="Missing rights" className="flex flex-col gap-2">
          {notices.map((notice) => (
            <li key={notice.code} className="min-w-0">
              <span className="flex flex-wrap items-center gap-2">
                <Chip tone={notice.severity === 'info' ? 'plain' : 'warn'}>{notice.verb}</Chip>
                <span className="font-mono text-small break-all">
                  {notice.api_group === '' ? notice.resource : `${notice.resource}.${notice.api_group}`}
                </span>
              </span>
              <p className="mt-0.5 text-small text-fg-2">{notice.message}</p>
            </li>
          ))}
        </ul>
        {role !== null && (
          <div className="min-w-0">
            <div className="flex items-center gap-2">
              <h3 className="min-w-0 flex-1 text-small font-medium">The smallest role that gives them</h3>
              <CopyButton label="Copy the role" text={() => role} />
            </div>
            <pre {...SCROLLS} className="mt-1 max-h-64 overflow-auto rounded-2 bg-surface-2 p-3 font-mono text-small">
              {role}
            </pre>
            <p className="mt-1 text-small text-fg-3">
              Give it to the user of this context with a ClusterRoleBinding. Podwatt only reads; what is granted is seen
              at the next sync.
            </p>
          </div>
        )}
      </div>
    </Panel>
  );
}
