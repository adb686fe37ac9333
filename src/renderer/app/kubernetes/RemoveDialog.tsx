import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { failureOf } from '../../rpc/failure.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** What goes with a cluster, and what stays; then removes it. */
export function RemoveDialog(props: { id: string; name: string; onClose: () => void; onRemoved?: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const words = useQuery(api.k8s.removal.queryOptions({ input: { id: props.id } }));
  const remove = useMutation(
    api.k8s.remove.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries();
        props.onClose();
        props.onRemoved?.();
      },
    }),
  );
  const error = remove.error ?? words.error;
  const failure = error === null ? null : failureOf(error);
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`Remove ${props.name}?`}
      description="What Podwatt collected of this cluster goes with it. This can't be undone."
      actions={
        <>
          <Button
            kind="danger"
            size="large"
            disabled={remove.isPending || words.data === undefined}
            onClick={() => remove.mutate({ id: props.id })}
          >
            Remove cluster
          </Button>
          <Button kind="primary" size="large" onClick={props.onClose}>
            Keep it
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {words.data === undefined && failure === null && <Skeleton rows={4} label="Loading what would go" />}
        {words.data !== undefined && (
          <>
            <Lines title="Goes" lines={words.data.removes} />
            <Lines title="Stays" lines={words.data.keeps} />
          </>
        )}
        {failure !== null && (
          <Notice tone="bad">
            <span className="block font-medium">{failure.message}</span>
            {failure.hint}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <section aria-label={title}>
      <h3 className="text-small font-strong">{title}</h3>
      <ul className="mt-0.5 list-disc pl-5 text-fg-2">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
