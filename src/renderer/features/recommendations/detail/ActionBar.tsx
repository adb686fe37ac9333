import { Check } from 'lucide-react';
import type { RecommendationItem } from '../../../../contract/schemas/recommendations.ts';
import { Button } from '../../../ui/Button.tsx';
import { SnoozeMenu } from '../BulkBar.tsx';
import type { Decisions } from '../use-decisions.ts';

interface Props {
  readonly item: RecommendationItem;
  readonly onApply: (item: RecommendationItem) => void;
  readonly onDismiss: (item: RecommendationItem) => void;
  readonly decisions: Decisions;
}

/** What can be decided on it as it stands. */
export function ActionBar({ item, onApply, onDismiss, decisions }: Props) {
  const canApply = item.status === 'active' || item.status === 'ignored';
  return (
    <footer className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-t border-line px-4 py-2">
      {canApply && (
        <Button kind="primary" aria-keyshortcuts="A" disabled={decisions.isPending} onClick={() => onApply(item)}>
          <Check aria-hidden="true" strokeWidth={1.75} />
          Mark as applied
        </Button>
      )}
      {item.status === 'active' && (
        <>
          <SnoozeMenu decisions={decisions} items={[item]} />
          <Button kind="ghost" aria-keyshortcuts="D" disabled={decisions.isPending} onClick={() => onDismiss(item)}>
            Dismiss…
          </Button>
        </>
      )}
      {item.status === 'ignored' && (
        <Button disabled={decisions.isPending} onClick={() => decisions.reopen([item])}>
          Open again
        </Button>
      )}
      {!canApply && <span className="text-small text-fg-3">{NOTHING_TO_DECIDE[item.status] ?? ''}</span>}
      <span className="flex-1" />
      <span className="hidden items-center gap-1 text-small text-fg-3 mid:flex">
        <Key name="J" />
        <Key name="K" />
        <span className="sr-only wide:not-sr-only">to move</span>
      </span>
    </footer>
  );
}

const NOTHING_TO_DECIDE: Readonly<Partial<Record<RecommendationItem['status'], string>>> = {
  applied: 'Measured by itself; nothing to do.',
  verified: 'Measured and kept.',
  regressed: 'If the change was undone, the next analysis finds it again.',
  stale: 'Comes back if it is found again.',
};

function Key({ name }: { name: string }) {
  return (
    <kbd className="grid size-5 place-items-center rounded-1 border border-line-strong font-sans text-micro">
      {name}
    </kbd>
  );
}
