import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import type { ExportFilter, ExportGroup } from './export-request.ts';

/** "Export" at the head of a page: the range of the page, its filter, and the group that its table shows. */
export function ExportButton({ filter = {}, group = 'workload' }: { filter?: ExportFilter; group?: ExportGroup }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Download aria-hidden="true" strokeWidth={1.75} />
        Export
      </Button>
      {open && <ExportDialog filter={filter} group={group} onClose={() => setOpen(false)} />}
    </>
  );
}
