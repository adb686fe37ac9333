import { CheckRows, checkCount } from '../../app/collecting/CheckRows.tsx';
import { useCheck } from '../../app/collecting/use-check.ts';
import { failureOf } from '../../rpc/failure.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';

/** What can be read from a context, tried now. Stores nothing. */
export function CheckDialog({ context, onClose }: { context: string; onClose: () => void }) {
  const check = useCheck(context);
  const failure = check.error === null ? null : failureOf(check.error);
  return (
    <Dialog
      open
      onClose={onClose}
      width="wide"
      title={`What can be read from ${context}`}
      description={check.status === 'running' ? 'Asking each source' : checkCount(check.steps)}
      actions={
        <>
          <Button size="large" disabled={check.status === 'running'} onClick={check.again}>
            Check again
          </Button>
          <Button kind="primary" size="large" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <CheckRows steps={check.steps} />
      {failure !== null && (
        <Notice tone="bad">
          <span className="block font-medium">{failure.message}</span>
          {failure.hint}
        </Notice>
      )}
    </Dialog>
  );
}
