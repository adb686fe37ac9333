import { useQuery } from '@tanstack/react-query';
import * as z from 'zod';
import { useNow } from '../../../app/use-now.ts';
import { useSearchState } from '../../../app/view/use-search-state.ts';
import { useView } from '../../../app/view/use-view.ts';
import { GoButton } from '../../../figures/GoButton.tsx';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { useApi } from '../../../rpc/provider.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { Select } from '../../../ui/Select.tsx';
import { MethodForm } from './MethodForm.tsx';

const Search = z.object({ context: z.string().min(1).max(300).optional().catch(undefined) });

/** How figures of one cluster are computed; which cluster is in the address. */
export function ClusterMethod() {
  const api = useApi();
  const nowMs = useNow();
  const { tz, cluster } = useView();
  const [{ context: wanted }, setSearch] = useSearchState(Search);
  const contexts = useQuery(api.contexts.list.queryOptions());
  const known = (contexts.data?.contexts ?? []).filter((each) => each.collecting || each.cluster_id !== null);
  const chosen =
    known.find((each) => each.name === wanted) ??
    known.find((each) => cluster !== null && each.cluster_id === cluster) ??
    known[0];
  const method = useQuery(
    api.sources.method.queryOptions({
      input: { context: chosen?.name ?? '' },
      enabled: chosen !== undefined,
    }),
  );
  const isEmpty = contexts.data !== undefined && chosen === undefined;
  const state = isEmpty
    ? ({ kind: 'empty', content: <None /> } as const)
    : panelStateOf(chosen === undefined ? [contexts] : [contexts, method], { nowMs, tz });
  return (
    <Panel
      title="Method of a cluster"
      padded={false}
      state={state}
      actions={
        chosen === undefined ? undefined : (
          <Select
            label="Cluster"
            value={chosen.name}
            options={known.map(({ name }) => ({ value: name, label: name }))}
            onChange={(context) => setSearch({ context })}
          />
        )
      }
    >
      {method.data !== undefined && chosen !== undefined && (
        <MethodForm key={chosen.name} context={chosen.name} clusterId={chosen.cluster_id} settings={method.data} />
      )}
    </Panel>
  );
}

function None() {
  return (
    <EmptyState title="No cluster is collected" actions={<GoButton to="/clusters">Open clusters</GoButton>}>
      Each cluster has its own PUE, zone, contract and prices, from when it is collected.
    </EmptyState>
  );
}
