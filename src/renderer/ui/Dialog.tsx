import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { cx } from './class-names.ts';
import { useReturnFocus } from './use-return-focus.ts';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** Buttons; the safe way on comes last. */
  actions?: ReactNode;
  children?: ReactNode;
  width?: 'normal' | 'wide';
}

/** A window over the page: title, what it is about, content, choices. Focus is trapped and returned. */
export function Dialog(props: DialogProps) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog(props: DialogProps) {
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : props.onClose())}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 grid place-items-center overflow-auto bg-scrim p-6">
          <Radix.Content
            onCloseAutoFocus={returnFocus}
            {...(props.description === undefined ? { 'aria-describedby': undefined } : {})}
            className={cx(
              'appear relative flex max-h-full max-w-full flex-col rounded-4 bg-overlay text-fg-1 shadow-3',
              props.width === 'wide' ? 'w-170' : 'w-130',
            )}
          >
            <header className="pt-5 pr-14 pb-3 pl-6">
              <Radix.Title className="text-[16px] leading-6 font-strong tracking-[-0.01em]">{props.title}</Radix.Title>
              {props.description !== undefined && (
                <Radix.Description className="mt-1 text-fg-2">{props.description}</Radix.Description>
              )}
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-1 pb-5">{props.children}</div>
            {props.actions !== undefined && (
              <footer className="flex items-center justify-end gap-2 border-t border-line px-6 py-3">
                {props.actions}
              </footer>
            )}
            {/* Last in order, so that focus begins in the content and not on the way out. */}
            <Radix.Close asChild>
              <Button kind="ghost" aria-label="Close" title="Close" className="absolute top-4 right-4 w-7 px-0">
                <X aria-hidden="true" />
              </Button>
            </Radix.Close>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
