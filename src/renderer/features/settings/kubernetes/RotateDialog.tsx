import { useState } from 'react';
import type { EncryptionStatus } from '../../../../contract/schemas/kubernetes/encryption.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { ROTATION_WORDS } from './encryption-words.ts';

/** What a rotation does, asked before it is done; with a file it takes another key of the person's own. */
export function RotateDialog(props: {
  source: EncryptionStatus['source'];
  isPending: boolean;
  /** Empty: without a file. */
  onRotate: (keyFile: string) => void;
  onClose: () => void;
}) {
  const [file, setFile] = useState('');
  const named = file.trim();
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="Seal the kubeconfigs anew?"
      description={
        named === ''
          ? ROTATION_WORDS[props.source]
          : 'The key of that file is taken from now on, and made if it is new.'
      }
      actions={
        <>
          <Button kind="ghost" size="large" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" size="large" disabled={props.isPending} onClick={() => props.onRotate(named)}>
            {props.isPending ? 'Sealing anew' : 'Rotate'}
          </Button>
        </>
      }
    >
      <TextField
        label="A key file of your own (optional)"
        value={file}
        onChange={setFile}
        mono
        placeholder="/etc/podwatt/kubeconfigs.key"
        help="On the machine that Podwatt runs on. Nothing is lost where a rotation stops half way: the next one goes on."
      />
    </Dialog>
  );
}
