import { useState } from 'react';
import type { StoreStatus } from '../../../../contract/schemas/store.ts';
import { momentWords } from '../../../app/store/store-words.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { Button } from '../../../ui/Button.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { ContentsTable } from './ContentsTable.tsx';

/** Every table or index family that holds something, with its rows, size and ends; empty ones on demand. */
export function ContentsPanel({ status, asOf }: { status: StoreStatus; asOf: string | null }) {
  const { tz } = useView();
  const now = useNow();
  const [isWhole, setWhole] = useState(false);
  const { tables } = status;
  const [one, many] = status.kind === 'elasticsearch' ? ['index family', 'index families'] : ['table', 'tables'];
  if (tables === null || tables.length === 0) {
    return (
      <Panel title="Contents">
        <p className="pb-1 text-small text-fg-2">
          {tables === null
            ? 'Not known while the store is away. Its tables are listed as soon as it answers.'
            : 'Nothing is kept yet. Tables appear with the first window.'}
        </p>
      </Panel>
    );
  }
  const filled = tables.filter((table) => table.rows > 0);
  const empty = tables.length - filled.length;
  const old = asOf === null ? '' : `, as of ${momentWords(asOf, now, tz)}`;
  return (
    <Panel
      title="Contents"
      note={`${tables.length} ${tables.length === 1 ? one : many}${old}`}
      padded={false}
      bodyClassName="overflow-x-auto"
      actions={
        empty > 0 && (
          <Button kind="ghost" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Hide' : 'Show'} {empty} empty
          </Button>
        )
      }
    >
      <ContentsTable tables={tables} shown={isWhole ? tables : filled} name={one} tz={tz} />
    </Panel>
  );
}
