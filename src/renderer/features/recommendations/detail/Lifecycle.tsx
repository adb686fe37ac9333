import { Circle, CircleCheck, CircleDot } from 'lucide-react';
import { useView } from '../../../app/view/use-view.ts';
import { exactMoment, formatMoment } from '../../../format/time.ts';
import { cx } from '../../../ui/class-names.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { type Detail, historyWords, ignoredWords, stepsOf } from '../lifecycle.ts';

const ICONS = { done: CircleCheck, now: CircleDot, ahead: Circle } as const;
const STATE_WORDS = { done: 'done', now: 'now', ahead: 'ahead' } as const;

/** Where it stands on the way from open to verified, and what happened so far. */
export function Lifecycle({ detail }: { detail: Detail }) {
  const { tz } = useView();
  const ignored = ignoredWords(detail, tz);
  return (
    <div className="flex shrink-0 flex-col gap-2">
      {ignored !== null && <Notice tone="quiet">{ignored}</Notice>}
      {detail.status === 'stale' && (
        <Notice tone="quiet">The reason for it is gone: the last analysis no longer found it.</Notice>
      )}
      <ol aria-label="Steps" className="grid grid-cols-4 text-small">
        {stepsOf(detail, tz).map((step) => {
          const Icon = ICONS[step.state];
          return (
            <li key={step.name} aria-current={step.state === 'now' ? 'step' : undefined}>
              <div className={cx('mr-1 h-0.5', step.state === 'ahead' ? 'bg-line-strong' : 'bg-fg-1')} />
              <div className="mt-1.5 flex items-center gap-1.5">
                <Icon
                  aria-hidden="true"
                  strokeWidth={1.75}
                  className={cx('size-3.5 shrink-0', step.state === 'ahead' && 'text-fg-3')}
                />
                <span className={step.state === 'ahead' ? 'text-fg-2' : 'font-medium'}>{step.name}</span>
                <span className="sr-only">, {STATE_WORDS[step.state]}</span>
              </div>
              <div className="min-h-4 pr-1 pl-5 text-micro text-fg-3">{step.note}</div>
            </li>
          );
        })}
      </ol>
      {detail.history.length > 1 && (
        <details className="text-small">
          <summary className="w-max rounded-1 text-fg-2 hover:text-fg-1">
            History, {detail.history.length} entries
          </summary>
          <ul className="mt-1 flex flex-col gap-0.5">
            {detail.history.map((entry) => (
              <li key={`${entry.at} ${entry.status}`} className="flex gap-3">
                <span className="w-24 shrink-0 text-fg-3 tabular-nums" title={exactMoment(entry.at, tz)}>
                  {formatMoment(entry.at, tz)}
                </span>
                <span className="min-w-0 wrap-anywhere text-fg-2">{historyWords(entry)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
