import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useState } from 'react';
import type { RecomputeInput } from '../../../contract/schemas/restate.ts';
import { useClusters, useSelectedClusters } from '../../app/clusters-query.ts';
import { useNow } from '../../app/use-now.ts';
import { boundsOf } from '../../app/view/range.ts';
import { useView } from '../../app/view/use-view.ts';
import { wallTimeOf } from '../../app/view/wall-time.ts';
import { formatCount } from '../../format/digits.ts';
import { failureOf } from '../../rpc/failure.ts';
import { useApi, useClient } from '../../rpc/provider.tsx';
import { useStream } from '../../rpc/use-stream.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { checkDraft, type RecomputeDraft, type RecomputeState, stateOfEvents } from './recompute-draft.ts';

const HOUR = 3_600_000;
const KEPT_EVENTS = 5000;

/** Computes carbon, hardware and cost of a stretch anew from what is stored, and says what changed. */
export function RecomputeDialog({ onClose }: { readonly onClose: () => void }) {
  const view = useView();
  const client = useClient();
  const nowMs = useNow();
  const id = useId();
  const [draft, setDraft] = useState<RecomputeDraft>(() => {
    const { start, end } = boundsOf(view.range, nowMs);
    return {
      from: wallTimeOf(Math.floor(start / HOUR) * HOUR, view.tz),
      to: wallTimeOf(Math.floor(end / HOUR) * HOUR, view.tz),
    };
  });
  const [asked, setAsked] = useState<{ key: string; input: RecomputeInput } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const stream = useStream(
    asked?.key ?? null,
    async (_key, signal) => client.audit.recompute(asked?.input ?? { start: '' }, { signal }),
    KEPT_EVENTS,
  );
  useRefreshAfter(stream.status === 'done');
  const isRunning = stream.status === 'running';
  const state = stateOfEvents(stream.items);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const checked = checkDraft(draft, view.tz, nowMs);
    setError(checked.ok ? null : checked.message);
    if (!checked.ok) return;
    const { start, end } = checked;
    const cluster = view.cluster === null ? {} : { cluster: view.cluster };
    setAsked({ key: `${start} ${end} ${view.cluster ?? ''} ${nowMs}`, input: { start, end, ...cluster } });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Recompute past figures"
      description="Carbon, hardware and cost are computed anew with the factors of today. Energy is too where what was measured is still kept. What changes is written down with its old value."
      actions={
        <>
          <Button kind="ghost" size="large" onClick={onClose}>
            {isRunning ? 'Stop' : stream.status === 'done' ? 'Close' : 'Cancel'}
          </Button>
          <Button kind="primary" size="large" type="submit" form={id} disabled={isRunning}>
            {isRunning ? 'Recomputing' : 'Recompute'}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid grid-cols-1 gap-3 min-[560px]:grid-cols-2">
          <TextField
            label="From"
            type="datetime-local"
            value={draft.from}
            onChange={(from) => setDraft((before) => ({ ...before, from }))}
            disabled={isRunning}
          />
          <TextField
            label="To"
            type="datetime-local"
            value={draft.to}
            onChange={(to) => setDraft((before) => ({ ...before, to }))}
            error={error}
            disabled={isRunning}
          />
        </div>
        <About />
        {stream.status !== 'idle' && <Outcome state={state} status={stream.status} />}
        {stream.status === 'failed' && (
          <Notice tone="bad">
            <span className="font-medium">{failureOf(stream.error).message}</span> {failureOf(stream.error).hint}
          </Notice>
        )}
      </form>
    </Dialog>
  );
}

/** Which clusters it is about: the one that is looked at, or all. */
function About() {
  const view = useView();
  const [first] = useSelectedClusters();
  return (
    <p className="text-small text-fg-2">
      {view.cluster === null ? 'All clusters that this Podwatt collects.' : `Cluster ${first?.name ?? view.cluster}.`}{' '}
      Times are in {view.tz}.
    </p>
  );
}

function Outcome({
  state,
  status,
}: {
  readonly state: RecomputeState;
  readonly status: 'running' | 'done' | 'failed';
}) {
  const clusters = useClusters().data?.clusters ?? [];
  return (
    <div role="status" className="flex flex-col gap-2 text-small">
      {status === 'running' && (
        <div className="flex items-center gap-3 text-fg-2">
          <Progress label="Recomputing" done={state.done} total={state.total} />
          {state.total === 0
            ? 'Reading what is stored'
            : `${formatCount(state.done)} of ${formatCount(state.total)} windows`}
        </div>
      )}
      <ul className="flex flex-col gap-1">
        {state.outcomes.map((outcome) => (
          <li key={outcome.cluster}>
            <span className="font-medium">
              {clusters.find((cluster) => cluster.id === outcome.cluster)?.name ?? outcome.cluster}:
            </span>{' '}
            {outcome.changed === 0
              ? `nothing changed in ${formatCount(outcome.windows)} windows.`
              : `${formatCount(outcome.changed)} of ${formatCount(outcome.windows)} windows changed.`}
          </li>
        ))}
      </ul>
      {status === 'done' && state.outcomes.length === 0 && <p className="text-fg-2">There was nothing to compute.</p>}
    </div>
  );
}

/** Every figure may have changed. */
function useRefreshAfter(isDone: boolean): void {
  const api = useApi();
  const queries = useQueryClient();
  useEffect(() => {
    if (!isDone) return;
    for (const queryKey of [api.metrics.key(), api.explain.key(), api.audit.key(), api.nodes.key()]) {
      void queries.invalidateQueries({ queryKey });
    }
  }, [isDone, api, queries]);
}
