import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { CheckStep, ContextItem } from '../../../contract/schemas/contexts.ts';
import { CheckRows, checkCount } from '../../app/collecting/CheckRows.tsx';
import { PrometheusFields } from '../../app/collecting/PrometheusFields.tsx';
import { EMPTY_PROMETHEUS, prometheusInput, urlProblem } from '../../app/collecting/prometheus-draft.ts';
import { type Check, useCheck } from '../../app/collecting/use-check.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { StepPanel } from './StepPanel.tsx';

/** Step 2: what can be read, live; a Prometheus that is not found can be named by hand. */
export function CheckStepPanel(props: {
  context: ContextItem | null;
  isReading: boolean;
  isStarting: boolean;
  onStart: () => void;
  onBack: () => void;
}) {
  const { context, isReading } = props;
  // A reading that already runs when the page opens was checked before; one that starts here keeps its check on screen.
  const [seen, setSeen] = useState<string | null>(null);
  if (context !== null && !isReading && seen !== context.name) setSeen(context.name);
  const isKnown = isReading && seen !== context?.name;
  // The sample cluster has nothing to connect to.
  const asked = context !== null && !context.is_sample && seen === context.name ? context.name : null;
  const check = useCheck(asked);
  if (context === null) return <StepPanel number={2} title="Check what can be read" state="later" />;
  if (isKnown || context.is_sample) {
    return (
      <StepPanel
        number={2}
        title="Check what can be read"
        state={isReading ? 'done' : 'now'}
        note={context.is_sample ? 'nothing to connect to' : null}
      >
        {!isReading && (
          <Ways canStart isStarting={props.isStarting} onStart={props.onStart} onBack={props.onBack} check={null} />
        )}
      </StepPanel>
    );
  }
  const ended = check.status === 'done' || check.status === 'failed';
  return (
    <StepPanel
      number={2}
      title="Check what can be read"
      state={isReading ? 'done' : 'now'}
      note={ended && check.steps.length > 0 ? checkCount(check.steps) : null}
    >
      <CheckRows steps={check.steps} />
      {check.status === 'running' && check.steps.length === 0 && (
        <p role="status" className="py-1.5 text-small text-fg-3">
          Connecting to {context.server_url ?? context.name}
        </p>
      )}
      {check.error !== null && <FailureNotice error={check.error} />}
      {!isReading && ended && usageIsMissing(check.steps) && <ByHand context={context.name} onSaved={check.again} />}
      {!isReading && ended && (
        <Ways
          canStart={check.status === 'done' && kubernetesAnswers(check.steps)}
          isStarting={props.isStarting}
          onStart={props.onStart}
          onBack={props.onBack}
          check={check}
        />
      )}
    </StepPanel>
  );
}

const stateOf = (steps: readonly CheckStep[], source: CheckStep['source']) =>
  steps.find((step) => step.source === source)?.state;
const kubernetesAnswers = (steps: readonly CheckStep[]) =>
  ['passed', 'partial'].includes(stateOf(steps, 'kubernetes') ?? '');
const usageIsMissing = (steps: readonly CheckStep[]) =>
  kubernetesAnswers(steps) && stateOf(steps, 'usage') !== 'passed';

function Ways(props: {
  canStart: boolean;
  isStarting: boolean;
  onStart: () => void;
  onBack: () => void;
  check: Check | null;
}) {
  return (
    <div className="mt-2 mb-1 flex flex-wrap justify-end gap-2">
      <Button kind="ghost" size="large" onClick={props.onBack}>
        Choose another context
      </Button>
      {props.check !== null && (
        <Button kind={props.canStart ? 'plain' : 'primary'} size="large" onClick={props.check.again}>
          Check again
        </Button>
      )}
      {props.canStart && (
        <Button kind="primary" size="large" disabled={props.isStarting} onClick={props.onStart}>
          {props.isStarting ? 'Starting' : 'Read the last 7 days'}
        </Button>
      )}
    </div>
  );
}

function ByHand({ context, onSaved }: { context: string; onSaved: () => void }) {
  const api = useApi();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(EMPTY_PROMETHEUS);
  const save = useMutation(api.contexts.updateSettings.mutationOptions({ onSuccess: onSaved }));
  if (!open) {
    return (
      <p className="mt-1 text-small text-fg-2">
        Is there a Prometheus elsewhere?{' '}
        <button type="button" className="link" onClick={() => setOpen(true)}>
          Enter its address
        </button>
      </p>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.url.trim() !== '' && urlProblem(draft.url) === null) save.mutate({ context, ...prometheusInput(draft) });
  };
  return (
    <form
      onSubmit={submit}
      aria-label="Prometheus by hand"
      className="mt-2 flex flex-col gap-3 rounded-2 bg-surface-2 p-3"
    >
      <PrometheusFields draft={draft} hasSecret={false} onChange={setDraft} />
      {save.error !== null && <FailureNotice error={save.error} />}
      <Button type="submit" disabled={save.isPending || draft.url.trim() === ''} className="self-start">
        Save and check again
      </Button>
    </form>
  );
}
