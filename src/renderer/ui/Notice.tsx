import { CircleX, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

export type NoticeTone = 'info' | 'warn' | 'bad' | 'quiet';

const LOOKS = {
  info: { box: 'bg-info-soft', icon: 'text-info', Icon: Info },
  warn: { box: 'bg-warn-soft', icon: 'text-warn', Icon: TriangleAlert },
  bad: { box: 'bg-bad-soft', icon: 'text-bad', Icon: CircleX },
  quiet: { box: 'bg-surface-2', icon: 'text-fg-3', Icon: Info },
} as const;

/** One sentence and at most one action. `bad` is read out at once, the others politely. */
export function Notice(props: { tone?: NoticeTone; children: ReactNode; action?: ReactNode; className?: string }) {
  const tone = props.tone ?? 'info';
  const { box, icon, Icon } = LOOKS[tone];
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cx('flex items-start gap-2 rounded-2 px-3 py-2 text-small text-fg-1', box, props.className)}
    >
      <Icon aria-hidden="true" strokeWidth={1.75} className={cx('size-4 shrink-0', icon)} />
      <div className="min-w-0 flex-1">{props.children}</div>
      {props.action}
    </div>
  );
}
