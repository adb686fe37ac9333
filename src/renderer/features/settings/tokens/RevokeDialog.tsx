import { useMutation } from '@tanstack/react-query';
import type { ApiToken } from '../../../../contract/schemas/tokens.ts';
import { useApi } from '../../../rpc/provider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { scopeName } from './token-words.ts';

/** Ends a token for good. */
export function RevokeDialog(props: { token: ApiToken; onRevoked: () => void; onClose: () => void }) {
  const { token, onClose } = props;
  const api = useApi();
  const revoke = useMutation(
    api.tokens.revoke.mutationOptions({
      onSuccess: () => {
        props.onRevoked();
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Revoke “${token.name}”`}
      description={`What uses it (${scopeName(token.scope).toLowerCase()}) is refused at once. This can’t be undone; a new token can be made.`}
      actions={
        <>
          <Button kind="ghost" size="large" onClick={onClose}>
            Keep it
          </Button>
          <Button
            kind="danger"
            size="large"
            disabled={revoke.isPending}
            onClick={() => revoke.mutate({ id: token.id })}
          >
            Revoke token
          </Button>
        </>
      }
    >
      <SaveFailure error={revoke.error} />
    </Dialog>
  );
}
