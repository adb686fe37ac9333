import { Check } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cx } from '../../ui/class-names.ts';

/** One of the three steps: its number, or a check once it is done. Steps to come are quiet. */
export function StepPanel(props: {
  number: number;
  title: string;
  state: 'done' | 'now' | 'later';
  note?: ReactNode;
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      aria-current={props.state === 'now' ? 'step' : undefined}
      className="rounded-3 border border-line bg-surface-1 px-5 pt-2 pb-3 shadow-1"
    >
      <div className="flex min-h-10 items-center gap-3">
        <span
          aria-hidden="true"
          className={cx(
            'grid size-5.5 shrink-0 place-items-center rounded-full text-small font-medium',
            props.state === 'done' && 'bg-ink text-inverse',
            props.state === 'now' && 'border-[1.5px] border-ink',
            props.state === 'later' && 'border-[1.5px] border-line-strong text-fg-3',
          )}
        >
          {props.state === 'done' ? <Check className="size-3" strokeWidth={2.5} /> : props.number}
        </span>
        <h2 id={id} className={cx('text-title font-strong', props.state === 'later' && 'text-fg-3')}>
          {props.title}
        </h2>
        <span className="min-w-0 flex-1" />
        <span className="flex min-w-0 items-center gap-2 text-small text-fg-2">{props.note}</span>
      </div>
      {props.children !== undefined && props.children !== null && <div className="pl-8.5">{props.children}</div>}
    </section>
  );
}
