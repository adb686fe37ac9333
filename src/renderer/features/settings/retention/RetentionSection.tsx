import { useStore } from '../../../app/store/store-query.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { LastRunPanel } from './LastRunPanel.tsx';
import { RetentionForm } from './RetentionForm.tsx';

/** How long each level is kept, and what the last run removed. */
export function RetentionSection() {
  const store = useStore();
  const nowMs = useNow();
  const { tz } = useView();
  const state = panelStateOf([store], { nowMs, tz });
  return (
    <>
      <Panel title="Five levels" note="finest first; whole closed days only" padded={false} state={state}>
        {store.data !== undefined && <RetentionForm status={store.data} />}
      </Panel>
      {store.data !== undefined && <LastRunPanel status={store.data} />}
    </>
  );
}
