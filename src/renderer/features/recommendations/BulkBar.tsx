import { ChevronDown } from 'lucide-react';
import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { formatCount } from '../../format/digits.ts';
import { Button } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { Tab } from './search.ts';
import { type Decisions, SNOOZE_DAYS } from './use-decisions.ts';

/** What can be done with all that is selected. */
export function BulkBar(props: {
  readonly tab: Tab;
  readonly items: readonly RecommendationItem[];
  readonly decisions: Decisions;
  readonly onDismiss: () => void;
  readonly onClear: () => void;
}) {
  const { tab, items, decisions } = props;
  const isIgnored = tab === 'snoozed' || tab === 'dismissed';
  return (
    <>
      <span className="text-fg-1" role="status">
        {formatCount(items.length)} selected
      </span>
      {tab === 'open' && (
        <>
          <SnoozeMenu decisions={decisions} items={items} size="small" />
          <Button size="small" disabled={decisions.isPending} onClick={props.onDismiss}>
            Dismiss…
          </Button>
        </>
      )}
      {isIgnored && (
        <Button
          size="small"
          disabled={decisions.isPending}
          onClick={() => {
            decisions.reopen(items);
            props.onClear();
          }}
        >
          Open again
        </Button>
      )}
      <span className="flex-1" />
      <Button kind="ghost" size="small" onClick={props.onClear}>
        Clear
      </Button>
    </>
  );
}

/** For how long: 7, 30 or 90 days. */
export function SnoozeMenu(props: {
  readonly decisions: Decisions;
  readonly items: readonly RecommendationItem[];
  readonly size?: 'small' | 'normal';
}) {
  const { decisions, items } = props;
  return (
    <Menu
      label="Snooze for"
      trigger={
        <Button size={props.size ?? 'normal'} disabled={decisions.isPending}>
          Snooze
          <ChevronDown aria-hidden="true" className="size-3.5!" />
        </Button>
      }
      items={SNOOZE_DAYS.map((days) => ({
        key: String(days),
        label: `${days} days`,
        ...(days === 30 ? { note: 'S' } : {}),
        onSelect: () => decisions.snooze(items, days),
      }))}
    />
  );
}
