import { FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { RegisterDialog } from './RegisterDialog.tsx';

/** The way to register a cluster by its kubeconfig. */
export function AddKubeconfig() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <FilePlus2 aria-hidden="true" strokeWidth={1.75} />
        Add kubeconfig
      </Button>
      {isOpen && <RegisterDialog onClose={() => setOpen(false)} />}
    </>
  );
}
