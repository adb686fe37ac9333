import { Hourglass } from 'lucide-react';
import type { StoreStatus } from '../../../../contract/schemas/store.ts';
import { momentWords } from '../../../app/store/store-words.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { formatCount } from '../../../format/digits.ts';

/** Windows that could not be written yet. They are collected all the same, and each is delivered once. */
export function WaitingPanel({ status }: { status: StoreStatus }) {
  const { tz } = useView();
  const now = useNow();
  const { windows, oldest } = status.spool;
  return (
    <section
      aria-label="Windows that wait"
      className="flex items-start gap-3 rounded-3 border border-line bg-surface-1 px-4 py-3 shadow-1"
    >
      <Hourglass aria-hidden="true" strokeWidth={1.75} className="mt-0.5 size-4 shrink-0 text-warn" />
      <div>
        <h3 className="font-strong">
          {windows === 1 ? '1 window waits' : `${formatCount(windows)} windows wait`} on this machine
        </h3>
        <p className="text-small text-fg-2">
          {oldest !== null && `The oldest is from ${momentWords(oldest, now, tz)}. `}
          Collecting goes on; what is collected is kept in a file beside the settings and delivered once, oldest first,
          when the store is back.
        </p>
      </div>
    </section>
  );
}
