import { useQuery } from '@tanstack/react-query';
import type { SourceState } from '../../../../contract/schemas/sources.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { ageOfStale } from '../../../figures/stale.ts';
import { failureOf } from '../../../rpc/failure.ts';
import { useApi } from '../../../rpc/provider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { BoaviztaRow } from './BoaviztaRow.tsx';
import { ElectricityMapsRow } from './ElectricityMapsRow.tsx';
import { GbRow } from './GbRow.tsx';
import { GoesOutPanel } from './GoesOutPanel.tsx';
import { OpenCostRow } from './OpenCostRow.tsx';
import { useSourceSettings } from './use-source-settings.ts';

const ASK_AGAIN_MS = 60_000;

/** Services that figures can come from: what they are asked with, how they do, and a test of each. */
export function SourcesSection() {
  const api = useApi();
  const nowMs = useNow();
  const { tz } = useView();
  const settings = useSourceSettings();
  const states = useQuery(api.sources.states.queryOptions({ refetchInterval: ASK_AGAIN_MS }));
  const contexts = useQuery(api.contexts.list.queryOptions());
  const known = states.data?.sources ?? [];
  const stateOf = (id: SourceState['id'], cluster: string | null = null): SourceState | undefined =>
    known.find((each) => each.id === id && each.cluster === cluster);
  const state = panelStateOf([settings], { nowMs, tz });
  const age = ageOfStale(states, nowMs, tz);
  const collecting = (contexts.data?.contexts ?? []).filter((context) => context.collecting);
  return (
    <>
      <Panel
        title="Sources"
        note="the best that answers is taken, one step down at a time"
        padded={false}
        state={state}
      >
        {settings.data !== undefined && (
          <>
            {states.error !== null && (
              <Notice
                tone="warn"
                className="mx-4 mb-2"
                action={
                  <Button kind="ghost" size="small" className="-my-1" onClick={() => void states.refetch()}>
                    Try again
                  </Button>
                }
              >
                {failureOf(states.error).message}.{' '}
                {age === null ? 'How the sources do is not known.' : `Shown is how they did ${age}.`}
              </Notice>
            )}
            <ElectricityMapsRow settings={settings.data} state={stateOf('electricity-maps')} />
            <GbRow settings={settings.data} state={stateOf('gb-carbon-intensity')} />
            <BoaviztaRow settings={settings.data} state={stateOf('boavizta')} />
            {collecting.map((context) => (
              <OpenCostRow key={context.name} context={context} state={stateOf('opencost', context.cluster_id)} />
            ))}
          </>
        )}
      </Panel>
      <GoesOutPanel settings={settings.data} state={state} />
    </>
  );
}
