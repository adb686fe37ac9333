import { useQuery } from '@tanstack/react-query';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { useApi } from '../../../rpc/provider.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { ThresholdsForm } from './ThresholdsForm.tsx';

/** When something is recommended. */
export function ThresholdsSection() {
  const api = useApi();
  const nowMs = useNow();
  const { tz } = useView();
  const query = useQuery(api.recommendations.thresholds.queryOptions());
  return (
    <Panel
      title="Thresholds"
      note="for all clusters, from the next analysis on"
      padded={false}
      state={panelStateOf([query], { nowMs, tz })}
    >
      {query.data !== undefined && <ThresholdsForm settings={query.data} />}
    </Panel>
  );
}
