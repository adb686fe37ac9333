import { failureOf } from '../../rpc/failure.ts';
import { Notice } from '../../ui/Notice.tsx';

/** Why something could not be saved or done, where it was asked for; nothing while all is well. */
export function SaveFailure({ error, className }: { error: unknown; className?: string }) {
  if (error === null || error === undefined) return null;
  const { message, hint } = failureOf(error);
  return (
    <Notice tone="bad" {...(className === undefined ? {} : { className })}>
      <span className="block font-medium">{message}</span>
      {hint}
    </Notice>
  );
}
