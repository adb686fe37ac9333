import { ChevronDown, ChevronUp, type LucideIcon, PlugZap } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { SourceState } from '../../../../contract/schemas/sources.ts';
import { lastValueWords, sourceLook } from '../../../app/source-names.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { StatusDot } from '../../../ui/StatusDot.tsx';
import { SourceTestResult } from './SourceTestResult.tsx';
import type { SourceTest } from './use-source-settings.ts';

interface Props {
  readonly Icon: LucideIcon;
  readonly name: string;
  /** What it gives, and from where. */
  readonly about: string;
  /** Undefined while not known. */
  readonly state: SourceState | undefined;
  readonly test: SourceTest;
  /** Asks the source with what is typed, or with what is kept. */
  readonly onTest: () => void;
  readonly isOpenAtFirst?: boolean;
  /** Buttons beside that of the test: what saves. */
  readonly actions?: ReactNode;
  /** The form of the row. */
  readonly children: ReactNode;
}

/** One source: what it is, how it does, a test; opens to its form at the left and what the test found at the right. */
export function SourceRow(props: Props) {
  const { Icon, name, state, test } = props;
  const [isOpen, setOpen] = useState(props.isOpenAtFirst ?? false);
  const id = useId();
  const latency = test.data?.latency_ms ?? null;
  const look = state === undefined ? null : sourceLook(state);
  return (
    <div className="border-t border-line" data-source={name}>
      <div className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-1 py-2 pr-3 pl-4">
        <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-fg-2" />
        <h3 className="w-38 shrink-0 font-medium">{name}</h3>
        <span className="min-w-40 flex-1 text-small text-fg-2">{props.about}</span>
        <span className="num w-14 shrink-0 text-small text-fg-3">
          {latency === null ? '' : `${latency < 1 ? '<1' : Math.round(latency)} ms`}
        </span>
        <span className="flex w-32 shrink-0 items-center gap-1.5 text-small">
          {look !== null && (
            <>
              <StatusDot status={look.status} />
              {look.word}
            </>
          )}
        </span>
        <Button
          aria-label={`Test ${name}`}
          className="w-16"
          disabled={test.isPending}
          onClick={() => {
            setOpen(true);
            props.onTest();
          }}
        >
          Test
        </Button>
        <IconButton
          label={isOpen ? `Close ${name}` : `Open ${name}`}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <ChevronUp aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
        </IconButton>
      </div>
      {isOpen && (
        <div
          id={id}
          className="grid gap-x-6 gap-y-4 px-4 pt-1 pb-4 mid:grid-cols-[minmax(0,340px)_minmax(0,1fr)] mid:pl-11"
        >
          <div className="flex min-w-0 flex-col items-start gap-3">
            {props.children}
            <div className="flex flex-wrap gap-2">
              <Button kind="primary" disabled={test.isPending} onClick={props.onTest}>
                <PlugZap aria-hidden="true" strokeWidth={1.75} />
                Test connection
              </Button>
              {props.actions}
            </div>
          </div>
          <div className="flex min-w-0 flex-col gap-2">
            {state !== undefined && <Known state={state} />}
            <SourceTestResult test={test} />
          </div>
        </div>
      )}
    </div>
  );
}

/** How the source did in use, apart from any test. */
function Known({ state }: { readonly state: SourceState }) {
  const { tz } = useView();
  const nowMs = useNow();
  // What to do about one that is not set up is this form.
  if (state.state === 'not-set-up') return <p className="text-small text-fg-2">{state.message}</p>;
  const words = [state.message, state.hint].filter((each) => each !== null).join(' ');
  return (
    <p className="text-small text-fg-2">
      {words} {lastValueWords(state, nowMs, tz)}.
    </p>
  );
}
