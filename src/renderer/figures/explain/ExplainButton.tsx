import type { MouseEvent, ReactNode } from 'react';
import { cx } from '../../ui/class-names.ts';
import { type TargetOf, targetText } from './target.ts';
import { useExplain } from './use-explain.ts';

interface Props {
  readonly target: TargetOf;
  /** What the figure is and how much, for who listens: `Carbon 35.2 kg`. */
  readonly figure: string;
  /** Full value, on hover. */
  readonly exact?: string | undefined;
  /** Makes the whole of the nearest positioned box the button. */
  readonly covers?: boolean;
  /** Left out of Tab's way: in rows that have a button already, where key E works as well. */
  readonly quiet?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A figure that opens how it came about; the open one is outlined. Key E does the same on its row. */
export function ExplainButton({ target, figure, exact, covers = false, quiet = false, className, children }: Props) {
  const { open, show } = useExplain();
  const text = targetText(target);
  const isOpen = open === text;
  return (
    <button
      type="button"
      aria-label={`How this figure came about: ${figure}`}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-keyshortcuts="E"
      data-explain={text}
      title={exact}
      {...(quiet ? { tabIndex: -1 } : {})}
      onClick={(event: MouseEvent) => {
        // The row around it opens something else.
        event.stopPropagation();
        show(target);
      }}
      className={cx(
        'cursor-pointer rounded-1 text-inherit tabular-nums',
        covers
          ? 'after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-[inset_0_0_0_2px_var(--focus)] aria-expanded:after:shadow-[inset_0_0_0_2px_var(--focus)]'
          : '-mx-1 -my-0.5 px-1 py-0.5 decoration-line-control decoration-dotted underline-offset-3 hover:underline aria-expanded:shadow-[0_0_0_2px_var(--focus)]',
        className,
      )}
    >
      {children}
    </button>
  );
}
