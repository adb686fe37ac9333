import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, Copy } from 'lucide-react';
import { AlertDialog } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { formatClock } from '../format/time.ts';
import { useClient, useConnection, useIsDesktop } from '../rpc/provider.tsx';
import { Button } from '../ui/Button.tsx';
import { useReturnFocus } from '../ui/use-return-focus.ts';
import { useSelectedClusters } from './clusters-query.ts';
import { useView } from './view/use-view.ts';

const PROBE_MILLISECONDS = 3_000;

/**
 * The backend is gone: what is safe, what happened, the ways on. It asks by itself in a browser; when the backend is
 * back, the window closes and everything is asked again.
 */
export function ConnectionDialog() {
  const connection = useConnection();
  const client = useClient();
  const isDesktop = useIsDesktop();
  const queries = useQueryClient();
  const [dismissed, setDismissed] = useState(false);
  // Before the first answer nothing is lost: what waits is answered, and need not be asked twice.
  const before = useRef<'new' | 'up' | 'lost'>('new');
  const { status } = connection;

  useEffect(() => {
    if (status === 'up') {
      setDismissed(false);
      if (before.current === 'lost') void queries.invalidateQueries();
      before.current = 'up';
    } else if (before.current === 'up' || status !== 'waiting') {
      before.current = 'lost';
    }
  }, [status, queries]);

  useEffect(() => {
    if (status !== 'down' || isDesktop) return undefined;
    const timer = setInterval(() => void client.system.version().catch(() => undefined), PROBE_MILLISECONDS);
    return () => clearInterval(timer);
  }, [status, isDesktop, client]);

  if (status === 'signed-out') {
    return (
      <Alert
        title="This browser is not signed in"
        body="Podwatt printed an address with a one-time token when it started. Open that address here; started again, it prints a new one."
        actions={
          <Button kind="primary" size="large" onClick={() => location.reload()}>
            Load again
          </Button>
        }
      />
    );
  }
  if (status !== 'down' || dismissed) return null;
  return (
    <Alert
      title={isDesktop ? 'The collector has stopped' : 'Podwatt does not answer'}
      body={<Safe isDesktop={isDesktop} />}
      detail={connection.reason ?? undefined}
      actions={
        <>
          <Button size="large" onClick={() => setDismissed(true)}>
            View without collecting
          </Button>
          <Button
            kind="primary"
            size="large"
            onClick={() => (isDesktop ? location.reload() : void client.system.version().catch(() => undefined))}
          >
            {isDesktop ? 'Start again' : 'Try again'}
          </Button>
        </>
      }
    />
  );
}

function Safe({ isDesktop }: { isDesktop: boolean }) {
  const { tz } = useView();
  const ends = useSelectedClusters().flatMap((cluster) =>
    cluster.last_window_end === null ? [] : [cluster.last_window_end],
  );
  const last = ends.sort().at(-1);
  const until = last === undefined ? '' : `: the last whole window ended at ${formatClock(last, tz)}`;
  return (
    <>
      Your figures are safe{until}.{' '}
      {isDesktop
        ? 'What is missing is filled in after it starts again.'
        : 'This page tries every few seconds and goes on by itself.'}
    </>
  );
}

/** The library would leave the focus where it was; the safe way on is the last button. */
function focusSafeWay(event: Event): void {
  event.preventDefault();
  if (!(event.currentTarget instanceof HTMLElement)) return;
  [...event.currentTarget.querySelectorAll('button')].at(-1)?.focus();
}

function Alert(props: { title: string; body: ReactNode; detail?: string | undefined; actions: ReactNode }) {
  const { detail } = props;
  const returnFocus = useReturnFocus();
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-50 grid place-items-center bg-scrim p-6">
          <AlertDialog.Content
            onOpenAutoFocus={focusSafeWay}
            onCloseAutoFocus={returnFocus}
            className="w-130 max-w-full rounded-4 bg-overlay text-fg-1 shadow-3"
          >
            <div className="flex gap-3 px-6 pt-5 pb-4">
              <CircleAlert aria-hidden="true" strokeWidth={1.75} className="mt-0.5 size-5 shrink-0 text-bad" />
              <div className="min-w-0 flex-1">
                <AlertDialog.Title className="text-[16px] leading-6 font-strong tracking-[-0.01em]">
                  {props.title}
                </AlertDialog.Title>
                <AlertDialog.Description className="mt-1 text-fg-2">{props.body}</AlertDialog.Description>
                {detail !== undefined && (
                  <div className="mt-4 overflow-hidden rounded-2 border border-line">
                    <div className="flex h-8 items-center border-b border-line bg-surface-2 pr-1 pl-3 text-small font-medium">
                      <span className="flex-1">What happened</span>
                      <Button kind="ghost" size="small" onClick={() => void navigator.clipboard.writeText(detail)}>
                        <Copy aria-hidden="true" strokeWidth={1.75} />
                        Copy
                      </Button>
                    </div>
                    <p className="px-3 py-2 font-mono text-small break-words whitespace-pre-wrap text-fg-2">{detail}</p>
                  </div>
                )}
              </div>
            </div>
            <div className="flex justify-end gap-2 border-t border-line px-6 py-3">{props.actions}</div>
          </AlertDialog.Content>
        </AlertDialog.Overlay>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
