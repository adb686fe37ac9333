import { type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';
import { ErrorState } from './ErrorState.tsx';
import { Notice } from './Notice.tsx';
import { Skeleton } from './Skeleton.tsx';

/** What a panel has to show; the frame and its size stay the same in each. */
export type PanelState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly onRetry?: () => void }
  /** Shown, with a sentence that says what is missing. */
  | {
      readonly kind: 'partial';
      readonly message: string;
      readonly action?: ReactNode;
      readonly tone?: 'warn' | 'quiet';
    }
  /** `content` is an EmptyState. */
  | { readonly kind: 'empty'; readonly content: ReactNode };

export interface PanelProps {
  title: string;
  /** Unit or period, greyer after the title. */
  note?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  state?: PanelState;
  /** Takes the place of the grey lines while loading. */
  skeleton?: ReactNode;
  children?: ReactNode;
  /** False lets a table run to the edges. */
  padded?: boolean;
  className?: string;
  bodyClassName?: string;
}

/** A titled region. Never more than one panel deep. */
export function Panel(props: PanelProps) {
  const id = useId();
  const state = props.state ?? { kind: 'ready' };
  return (
    <section
      aria-labelledby={id}
      aria-busy={state.kind === 'loading'}
      className={cx('flex min-w-0 flex-col rounded-3 border border-line bg-surface-1 shadow-1', props.className)}
    >
      <header className="flex h-10 shrink-0 items-center gap-2 pr-2 pl-4">
        <h2 id={id} className="text-base font-strong whitespace-nowrap">
          {props.title}
        </h2>
        {props.note !== undefined && <span className="truncate text-small text-fg-3">{props.note}</span>}
        <span className="min-w-0 flex-1" />
        {props.actions}
      </header>
      <div className={cx('flex min-h-0 flex-1 flex-col', props.padded !== false && 'px-4 pb-3', props.bodyClassName)}>
        {body(state, props)}
      </div>
      {props.footer !== undefined && (
        <footer className="flex h-9 shrink-0 items-center gap-2 border-t border-line px-4 text-small text-fg-2">
          {props.footer}
        </footer>
      )}
    </section>
  );
}

function body(state: PanelState, props: PanelProps): ReactNode {
  switch (state.kind) {
    case 'loading':
      return (
        props.skeleton ?? (
          <div className={props.padded === false ? 'px-4' : ''}>
            <Skeleton label={`Loading ${props.title}`} />
          </div>
        )
      );
    case 'failed':
      return <ErrorState error={state.error} {...(state.onRetry === undefined ? {} : { onRetry: state.onRetry })} />;
    case 'empty':
      return state.content;
    case 'partial':
      return (
        <>
          <Notice
            tone={state.tone ?? 'warn'}
            action={state.action}
            className={props.padded === false ? 'mx-4 mb-2' : 'mb-2'}
          >
            {state.message}
          </Notice>
          {props.children}
        </>
      );
    case 'ready':
      return props.children;
  }
}
