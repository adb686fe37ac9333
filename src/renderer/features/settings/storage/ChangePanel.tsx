import type { StoreStatus } from '../../../../contract/schemas/store.ts';
import { kindName } from '../../../app/store/store-words.ts';
import { shortPath } from '../../../format/path.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { ChangeForm } from './ChangeForm.tsx';

/** Another store, unless a command or variable has the say. */
export function ChangePanel({ status }: { status: StoreStatus }) {
  const now = `${kindName(status.kind)}, ${shortPath(status.location)}`;
  return (
    <Panel title="Use another store" bodyClassName="gap-4">
      {status.chosen_by === 'command' ? (
        <Notice tone="quiet">
          <span className="block font-medium">The store is chosen where Podwatt is started.</span>
          The option <code className="font-mono">--store</code>, the variable{' '}
          <code className="font-mono">PODWATT_STORE</code> or <code className="font-mono">store</code> in the
          configuration file names {now}. Change it there and start Podwatt again; without it the choice is made here.
        </Notice>
      ) : (
        <ChangeForm status={status} />
      )}
    </Panel>
  );
}
