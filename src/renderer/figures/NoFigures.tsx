import { useView } from '../app/view/use-view.ts';
import { formatPeriod } from '../format/time.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';

/** A range in which nothing was collected: says so and offers the way back to where figures may be. */
export function NoFigures({
  period,
}: {
  readonly period: { readonly start: string; readonly end: string } | undefined;
}) {
  const view = useView();
  const recent = view.range.kind === 'last' && view.range.last === '7d';
  const when = period === undefined ? 'this range' : formatPeriod(period.start, period.end, view.tz);
  return (
    <EmptyState
      title={`No figures for ${when}`}
      actions={
        recent ? undefined : (
          <Button onClick={() => view.setRange({ kind: 'last', last: '7d' })}>Show the last 7 days</Button>
        )
      }
    >
      Nothing was collected in this time. Clusters shows which cluster is being collected, and since when.
    </EmptyState>
  );
}
