import { useStore } from '../../../app/store/store-query.ts';
import { useLastKnownStore } from '../../../app/store/use-store-changes.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { ChangePanel } from './ChangePanel.tsx';
import { ContentsPanel } from './ContentsPanel.tsx';
import { LeasesPanel } from './LeasesPanel.tsx';
import { StoreFigures } from './StoreFigures.tsx';
import { StoreHead } from './StoreHead.tsx';
import { WaitingPanel } from './WaitingPanel.tsx';

/** The store: what it is and how it does, what it holds, who writes, and how to change it. */
export function StorageSection() {
  const store = useStore();
  const known = useLastKnownStore();
  const nowMs = useNow();
  const { tz } = useView();
  const state = panelStateOf([store], { nowMs, tz });
  const status = store.data;
  if (status === undefined) return <Panel title="Store" state={state} className="min-h-60" />;
  // While the store is away its contents are unknown; what was last seen stays, with its age.
  const isSame = known !== null && known.kind === status.kind && known.location === status.location;
  const contents = status.tables === null && isSame ? known : status;
  const isOld = contents !== status;
  return (
    <>
      <StoreHead status={status} state={state} />
      <StoreFigures status={contents} asOf={isOld ? (status.last_good_at ?? status.since) : null} />
      {status.spool.windows > 0 && <WaitingPanel status={status} />}
      <ContentsPanel status={contents} asOf={isOld ? (status.last_good_at ?? status.since) : null} />
      <LeasesPanel status={status} />
      <ChangePanel status={status} />
    </>
  );
}
