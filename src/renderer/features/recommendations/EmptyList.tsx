import { CircleCheck, Hourglass, ListFilter } from 'lucide-react';
import { FIRST_ANALYSIS } from '../../figures/first-analysis.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { Tab } from './search.ts';

interface Props {
  readonly tab: Tab;
  readonly isAnalysed: boolean;
  readonly isFiltered: boolean;
  /** In the tab without filters. */
  readonly all: number;
  readonly onClear: () => void;
  readonly analyse: { readonly mutate: () => void; readonly isPending: boolean };
}

const OTHERS: Readonly<Record<Exclude<Tab, 'open'>, { title: string; text: string }>> = {
  applied: {
    title: 'Nothing was applied yet',
    text: 'Podwatt sees it when a workload changes as recommended; you can also mark it yourself.',
  },
  verified: {
    title: 'Nothing is verified yet',
    text: 'A week after a change, the same weekdays before and after are compared. What was found stands here.',
  },
  snoozed: { title: 'Nothing is snoozed', text: 'A snoozed recommendation comes back on its day.' },
  dismissed: { title: 'Nothing is dismissed', text: 'What is dismissed stays away, also when it is found again.' },
};

/** Why a tab has nothing to show, and the way on. */
export function EmptyList(props: Props) {
  const { tab, isAnalysed, all, analyse } = props;
  if (props.isFiltered && all > 0) {
    return (
      <EmptyState
        icon={<ListFilter strokeWidth={1.75} />}
        title={all === 1 ? 'The one here does not match' : `None of the ${all} here match`}
        actions={<Button onClick={props.onClear}>Clear the filters</Button>}
      />
    );
  }
  if (tab !== 'open') return <EmptyState title={OTHERS[tab].title}>{OTHERS[tab].text}</EmptyState>;
  const again = (
    <Button disabled={analyse.isPending} onClick={() => analyse.mutate()}>
      Analyse now
    </Button>
  );
  if (!isAnalysed) {
    return (
      <EmptyState icon={<Hourglass strokeWidth={1.75} />} title="Not worked out yet" actions={again}>
        {FIRST_ANALYSIS} A week makes them surer.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<CircleCheck strokeWidth={1.75} />} title="Nothing left to cut" actions={again}>
      The last analysis found nothing that would save energy or money and is not already decided.
    </EmptyState>
  );
}
