import { Archive, Link2Off } from 'lucide-react';
import type { ExplainTarget } from '../../figures/explain/target.ts';
import { useExplain } from '../../figures/explain/use-explain.ts';
import { failureOf } from '../../rpc/failure.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

export function Waiting() {
  return (
    <div className="flex-1 px-5 pt-4" aria-busy="true">
      <Skeleton rows={10} label="Loading how this figure came about" />
    </div>
  );
}

/** An address that names no figure: an old link, or one with a mistake. */
export function NoTarget({ onClose }: { readonly onClose: () => void }) {
  return (
    <EmptyState
      icon={<Link2Off strokeWidth={1.75} />}
      title="This link names no figure"
      actions={<Button onClick={onClose}>Close</Button>}
    >
      It may come from another version of Podwatt. Open the figure on its page instead.
    </EmptyState>
  );
}

/** No answer: rows that were there once have their own words, all else says what failed. */
export function Unanswered(props: { error: unknown; target: ExplainTarget; onRetry: () => void }) {
  const failure = failureOf(props.error);
  if (failure.code !== 'not-found') return <ErrorState error={props.error} onRetry={props.onRetry} />;
  return (
    <EmptyState icon={<Archive strokeWidth={1.75} />} title={failure.message} actions={<Whole target={props.target} />}>
      {failure.hint ??
        'The rows behind it may have been removed after the time that is set in the settings; totals of days and months stay.'}
    </EmptyState>
  );
}

export function NothingThere() {
  return (
    <EmptyState title="Nothing to explain">No energy was counted here in this range, so there is no figure.</EmptyState>
  );
}

/** The figure is there as a sum of days or months; what it was computed from is not kept any more. */
export function OnlySums({ target }: { readonly target: ExplainTarget }) {
  return (
    <EmptyState icon={<Archive strokeWidth={1.75} />} title="Only the sum is kept" actions={<Whole target={target} />}>
      The rows that this figure was computed from are older than what is kept in detail. The sum and its range stay as
      they were computed.
    </EmptyState>
  );
}

/** From one window or bucket to the range of the page, of which more may be known. */
function Whole({ target }: { readonly target: ExplainTarget }) {
  const { show } = useExplain();
  if (target.start === undefined && target.at === undefined) return null;
  const { start: _start, end: _end, at: _at, ...rest } = target;
  return <Button onClick={() => show(rest)}>Explain the whole range</Button>;
}
