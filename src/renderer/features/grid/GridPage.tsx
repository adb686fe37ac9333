import { useQuery } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import * as z from 'zod';
import { useNow } from '../../app/use-now.ts';
import { useSearchState } from '../../app/view/use-search-state.ts';
import { useView } from '../../app/view/use-view.ts';
import { GoButton } from '../../figures/GoButton.tsx';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { StaleNotice } from '../../figures/StaleNotice.tsx';
import { formatPeriod } from '../../format/time.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Breadcrumb } from '../../ui/Breadcrumb.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { foundWords, isUnknownZone, zoneLines } from './words.ts';
import { ZoneDetail } from './ZoneDetail.tsx';
import { ZoneList } from './ZoneList.tsx';

const GridSearch = z.object({ zone: z.string().min(1).max(40).optional().catch(undefined) });

/** Electricity: each zone that nodes are in, and one of them over time. */
export function GridPage() {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const [{ zone: wanted }, setSearch] = useSearchState(GridSearch);
  const zones = useQuery(api.grid.zones.queryOptions({ input: view.query }));
  const asked = zones.data?.period;
  const period = asked === undefined ? undefined : formatPeriod(asked.start, asked.end, view.tz);
  const lines = zoneLines(zones.data?.zones ?? []);
  const chosen = lines.find(({ zone }) => zone.zone === wanted) ?? (wanted === undefined ? lines[0] : undefined);
  const state = panelStateOf([zones], { nowMs, tz: view.tz, empty: lines.length === 0 ? <NoZone /> : null });
  const title =
    chosen === undefined ? (
      'Grid'
    ) : (
      <Breadcrumb
        path={[{ label: 'Grid', onSelect: () => setSearch({ zone: undefined }) }]}
        current={isUnknownZone(chosen.zone) ? 'Place not known' : chosen.zone.name}
      />
    );
  if (state.kind !== 'ready' && state.kind !== 'partial') {
    return (
      <Page>
        <PageHeader title="Grid" note={period} />
        <Panel title="Zones" state={state} className="flex-1" />
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader title={title} note={chosen === undefined ? period : `${foundWords(chosen.zone)}, ${period}`} />
      <StaleNotice state={state} />
      <div className="grid flex-1 grid-cols-1 gap-3 mid:grid-cols-[372px_minmax(0,1fr)]">
        <ZoneList
          lines={lines}
          chosen={chosen?.zone ?? null}
          nowMs={nowMs}
          tz={view.tz}
          onChoose={(zone) => setSearch({ zone })}
        />
        {chosen === undefined ? (
          <Panel title={wanted ?? 'Zone'}>
            <p className="py-8 text-center text-fg-2">
              No node of this range is in this zone. Choose another, or a longer range.
            </p>
          </Panel>
        ) : (
          <ZoneDetail
            key={chosen.zone.zone}
            zone={chosen.zone}
            share={chosen.share}
            period={zones.data?.period}
            onRetry={() => void zones.refetch()}
          />
        )}
      </div>
    </Page>
  );
}

function NoZone() {
  return (
    <EmptyState
      icon={<Zap strokeWidth={1.75} />}
      title="No grid zone is in use in this range"
      actions={<GoButton to="/clusters">Open clusters</GoButton>}
    >
      A zone comes into use with the first window of a cluster: from the region of its nodes, or as a person set it.
    </EmptyState>
  );
}
