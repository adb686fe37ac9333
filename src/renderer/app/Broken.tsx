import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';

/** A page that could not be drawn; the frame around it lives on. */
export function BrokenPage({ reset }: Pick<ErrorComponentProps, 'reset'>) {
  return (
    <div role="alert" className="flex h-full">
      <EmptyState
        title="This page could not be drawn"
        actions={
          <>
            <Button kind="primary" onClick={reset}>
              Try again
            </Button>
            <Button onClick={() => location.assign('/')}>Go to the overview</Button>
          </>
        }
      >
        The fault is in Podwatt, not in your cluster. Nothing that was collected is touched.
      </EmptyState>
    </div>
  );
}

export function UnknownPage() {
  return (
    <div className="flex h-full">
      <EmptyState
        title="There is no such page"
        actions={<Button onClick={() => location.assign('/')}>Go to the overview</Button>}
      >
        The address may come from another version of Podwatt.
      </EmptyState>
    </div>
  );
}
