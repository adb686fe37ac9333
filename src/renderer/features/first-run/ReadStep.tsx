import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ArrowRight, Check, Circle, CircleX, LoaderCircle } from 'lucide-react';
import type { ProgressPhase, Progress as ProgressState } from '../../../contract/schemas/contexts.ts';
import { useProgress } from '../../app/collecting/use-progress.ts';
import { formatCount } from '../../format/digits.ts';
import { formatCarbonLong, formatRange } from '../../format/quantity.ts';
import { chooseUnit } from '../../format/units.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/class-names.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Value } from '../../ui/Value.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { StepPanel } from './StepPanel.tsx';
import { leftText, phaseName, phaseText } from './words.ts';

/** Step 3: history, phase by phase, with what is known so far; it can be stopped, and used while it runs. */
export function ReadStep({ clusterId, onReadOn }: { clusterId: string | null; onReadOn: () => void }) {
  const api = useApi();
  const navigate = useNavigate();
  const reading = useProgress(clusterId);
  const stop = useMutation(api.clusters.stopReading.mutationOptions());
  if (clusterId === null) return <StepPanel number={3} title="Read the last 7 days" state="later" />;
  const { progress } = reading;
  const isRunning = progress?.state === 'running';
  return (
    <>
      <StepPanel
        number={3}
        title="Read the last 7 days"
        state={progress?.state === 'done' ? 'done' : 'now'}
        note={isRunning ? leftText(progress.seconds_left) : null}
      >
        {progress === null && reading.error === null && <p className="pb-2 text-small text-fg-3">Starting</p>}
        {progress !== null && <Phases progress={progress} />}
        {reading.error !== null && (
          <FailureNotice
            error={reading.error}
            action={
              <button type="button" className="link" onClick={reading.again}>
                Follow again
              </button>
            }
          />
        )}
        {progress !== null && <Words progress={progress} onReadOn={onReadOn} />}
      </StepPanel>
      <div className="mt-2 flex min-h-8 flex-wrap items-center gap-2">
        {progress !== null && <SoFar progress={progress} />}
        <span className="flex-1" />
        {isRunning && (
          <Button size="large" disabled={stop.isPending} onClick={() => stop.mutate({ cluster: clusterId })}>
            Stop reading
          </Button>
        )}
        <Button kind="primary" size="large" onClick={() => void navigate({ to: '/', search: { cluster: clusterId } })}>
          Open overview
          <ArrowRight aria-hidden="true" strokeWidth={1.75} />
        </Button>
      </div>
    </>
  );
}

function Phases({ progress }: { progress: ProgressState }) {
  return (
    <ul aria-label="Progress" className="flex flex-col">
      {progress.phases.map((phase) => (
        <li key={phase.name} className="flex h-8 items-center gap-3">
          <PhaseIcon state={phase.state} />
          <span className={cx('w-47.5 truncate', phase.state === 'waiting' && 'text-fg-3')}>{phaseName(phase)}</span>
          <Progress label={phaseName(phase)} done={phase.done} total={phase.total} />
          <span className="num w-41 truncate text-small text-fg-2" title={phase.detail}>
            {phaseText(phase)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function PhaseIcon({ state }: { state: ProgressPhase['state'] }) {
  const look = 'size-4 shrink-0';
  switch (state) {
    case 'done':
      return <Check role="img" aria-label="done" strokeWidth={1.75} className={cx(look, 'text-good')} />;
    case 'running':
      return (
        <LoaderCircle role="img" aria-label="running" strokeWidth={1.75} className={cx(look, 'turning text-fg-3')} />
      );
    case 'failed':
      return <CircleX role="img" aria-label="failed" strokeWidth={1.75} className={cx(look, 'text-bad')} />;
    case 'waiting':
    case 'stopped':
      return <Circle role="img" aria-label={state} strokeWidth={1.75} className={cx(look, 'text-fg-3')} />;
  }
}

function Words({ progress, onReadOn }: { progress: ProgressState; onReadOn: () => void }) {
  const readOn = (
    <button type="button" className="link" onClick={onReadOn}>
      Read on
    </button>
  );
  const without = progress.windows_without_data;
  return (
    <div className="mt-2 flex flex-col gap-2 empty:hidden">
      {progress.state === 'stopped' && (
        <Notice tone="quiet" action={readOn}>
          Stopped. What was read is kept; the rest is read when you go on.
        </Notice>
      )}
      {progress.message !== null && (
        <Notice
          tone={progress.state === 'failed' ? 'bad' : 'quiet'}
          {...(progress.state === 'failed' ? { action: readOn } : {})}
        >
          {progress.message.message} {progress.message.hint}
        </Notice>
      )}
      {without > 0 && (
        <Notice tone="quiet">
          {formatCount(without)} of {formatCount(progress.windows_total)} windows have no data; they stay out of the
          totals and are drawn as gaps.
        </Notice>
      )}
    </div>
  );
}

function SoFar({ progress }: { progress: ProgressState }) {
  const { co2e_grams: grams, low_grams: low, high_grams: high, hours } = progress.so_far;
  if (hours === 0) return <span className="text-small text-fg-3">No figures yet</span>;
  return (
    <span className="text-small text-fg-2">
      So far{' '}
      <Value parts={formatCarbonLong(grams)} className="mx-1 text-[16px] font-strong tracking-[-0.01em] text-fg-1" />
      <span className="text-fg-3 tabular-nums">
        {formatRange(low, high, chooseUnit('carbon', grams), grams)}, {formatCount(Math.round(hours))} hours
      </span>
    </span>
  );
}
