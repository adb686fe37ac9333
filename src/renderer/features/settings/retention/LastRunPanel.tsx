import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MaintenanceOutcome, StoreStatus } from '../../../../contract/schemas/store.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { formatCount } from '../../../format/digits.ts';
import { exactMoment, formatAge } from '../../../format/time.ts';
import { useApi } from '../../../rpc/provider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/class-names.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { runLines } from './run-words.ts';

/** The last run of retention: when, what was removed, why it ended early; and a run now. */
export function LastRunPanel({ status }: { status: StoreStatus }) {
  const api = useApi();
  const queries = useQueryClient();
  const { tz } = useView();
  const now = useNow();
  const run = useMutation(
    api.store.maintain.mutationOptions({
      onSettled: () => void queries.invalidateQueries({ queryKey: api.store.key() }),
    }),
  );
  const last = newer(run.data ?? null, status.last_maintenance);
  const why =
    status.state === 'away'
      ? 'The store is away.'
      : status.state === 'read-only'
        ? 'The store can be read only.'
        : null;
  return (
    <Panel
      title="Last run"
      note={last === null ? undefined : <span title={exactMoment(last.at, tz)}>{formatAge(last.at, now, tz)}</span>}
      actions={
        <>
          {why !== null && <span className="pr-1 text-small text-fg-3">{why}</span>}
          <Button disabled={run.isPending || why !== null} onClick={() => run.mutate(undefined)}>
            {run.isPending ? 'Running' : 'Run now'}
          </Button>
        </>
      }
    >
      <SaveFailure error={run.error} className="mb-2" />
      {last === null ? (
        <p className="text-small text-fg-2">
          Retention has not run yet. It runs once an hour; until then nothing is removed.
        </p>
      ) : (
        <Outcome run={last} />
      )}
    </Panel>
  );
}

function Outcome({ run }: { run: MaintenanceOutcome }) {
  return (
    <div aria-live="polite" className="flex flex-col gap-3">
      {run.problem !== null && (
        <Notice tone="warn">
          <span className="block font-medium">It ended early.</span>
          {run.problem}
        </Notice>
      )}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-small mid:grid-cols-3">
        {runLines(run).map(({ name, count }) => (
          <div key={name} className="flex items-baseline justify-between gap-2 border-b border-line pb-1">
            <dt className="text-fg-2">{name}</dt>
            <dd className={cx('tabular-nums', count === 0 ? 'text-fg-3' : 'font-medium')}>
              {count === 0 ? 'none' : formatCount(count)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function newer(a: MaintenanceOutcome | null, b: MaintenanceOutcome | null): MaintenanceOutcome | null {
  if (a === null || b === null) return a ?? b;
  return Date.parse(a.at) >= Date.parse(b.at) ? a : b;
}
