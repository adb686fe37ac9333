import { DatabaseZap, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { failureOf, isStoreAway } from '../rpc/failure.ts';
import { Button } from './Button.tsx';

/** A failure where the content would be: what happened, what to do, a way to try again. Read out at once. */
export function ErrorState(props: { error: unknown; onRetry?: () => void; actions?: ReactNode }) {
  const failure = failureOf(props.error);
  if (isStoreAway(props.error)) return <StoreAway {...props} />;
  return (
    <div role="alert" className="flex min-h-40 flex-1 flex-col items-center justify-center gap-2 px-6 py-8 text-center">
      <Unplug aria-hidden="true" strokeWidth={1.75} className="size-5 text-bad" />
      <p className="max-w-100 font-strong">{failure.message}</p>
      {failure.hint !== null && <p className="max-w-80 text-small text-fg-2">{failure.hint}</p>}
      <div className="mt-1 flex flex-wrap justify-center gap-2">
        {props.onRetry !== undefined && (
          <Button kind="primary" onClick={props.onRetry}>
            Try again
          </Button>
        )}
        {props.actions}
      </div>
    </div>
  );
}

/** A whole page of panels may say this at once while the frame says why, so it is said quietly. */
function StoreAway(props: { onRetry?: () => void; actions?: ReactNode }) {
  return (
    <div
      role="status"
      className="flex min-h-40 flex-1 flex-col items-center justify-center gap-2 px-6 py-8 text-center"
    >
      <DatabaseZap aria-hidden="true" strokeWidth={1.75} className="size-5 text-fg-3" />
      <p className="max-w-100 font-strong">No figures while the store is away</p>
      <p className="max-w-80 text-small text-fg-2">Nothing is lost. They appear by themselves when it is back.</p>
      <div className="mt-1 flex flex-wrap justify-center gap-2">
        {props.onRetry !== undefined && <Button onClick={props.onRetry}>Try again</Button>}
        {props.actions}
      </div>
    </div>
  );
}
