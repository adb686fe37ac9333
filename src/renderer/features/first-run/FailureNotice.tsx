import type { ReactNode } from 'react';
import { failureOf } from '../../rpc/failure.ts';
import { Notice } from '../../ui/Notice.tsx';

/** What failed, what to do, and one way on. */
export function FailureNotice({ error, action }: { error: unknown; action?: ReactNode }) {
  const failure = failureOf(error);
  return (
    <Notice tone="bad" action={action}>
      <span className="block font-medium">{failure.message}</span>
      {failure.hint}
    </Notice>
  );
}
