import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef } from 'react';
import { IconButton } from './IconButton.tsx';

/** What Tab stops at; parts that are folded away are not in the page. */
const STOPS = 'button:enabled:not([tabindex="-1"]), a[href], input:enabled';

interface Props {
  readonly title: string;
  /** What is inspected: with another one the focus comes into the panel again. */
  readonly about: string;
  readonly onClose: () => void;
  /** Where the focus goes back to, if what had it is gone. */
  readonly opener: () => HTMLElement | null;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/**
 * Slides over the page from the right without dimming it, so that what it is about stays in sight and can be changed
 * with a click. Tab stays inside, Esc closes, the focus returns.
 */
export function SidePanel({ title, about, onClose, opener, actions, children }: Props) {
  const content = useRef<HTMLDivElement>(null);
  const came = useRef<Element | null>(null);
  const comeIn = useCallback((panel: HTMLElement, subject: string) => {
    panel.dataset['about'] = subject;
    if (!panel.contains(document.activeElement)) came.current = document.activeElement;
    panel.focus({ preventScroll: true });
  }, []);
  // The first time the library says when the panel is there.
  useEffect(() => {
    const panel = content.current;
    if (panel !== null && panel.dataset['about'] !== about) comeIn(panel, about);
  }, [about, comeIn]);
  const giveBack = (event: Event): void => {
    event.preventDefault();
    const before = came.current;
    const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
    (isThere ? before : opener())?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key !== 'Tab') return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOPS)];
    const [edge, other] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (other === undefined || (event.target !== edge && event.target !== event.currentTarget)) return;
    event.preventDefault();
    other.focus();
  };
  return (
    <Radix.Root open modal={false} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Content
          ref={content}
          aria-describedby={undefined}
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            if (content.current !== null) comeIn(content.current, about);
          }}
          onCloseAutoFocus={giveBack}
          onInteractOutside={(event) => event.preventDefault()}
          onKeyDown={onKeyDown}
          className="slide-in fixed top-12 right-0 bottom-0 z-30 flex w-128 max-w-full flex-col bg-overlay text-fg-1 shadow-3 focus-visible:shadow-3"
        >
          <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line pr-3 pl-5">
            <Radix.Title className="text-title font-strong whitespace-nowrap">{title}</Radix.Title>
            <span className="min-w-0 flex-1" />
            {actions}
            <IconButton label="Close" onClick={onClose}>
              <X aria-hidden="true" strokeWidth={1.75} />
            </IconButton>
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
