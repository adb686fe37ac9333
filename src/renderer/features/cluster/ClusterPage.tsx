import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useNow } from '../../app/use-now.ts';
import { keptSearch } from '../../app/view/kept-search.ts';
import { useView } from '../../app/view/use-view.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Breadcrumb } from '../../ui/Breadcrumb.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ClusterActions } from './ClusterActions.tsx';
import { ClusterFacts } from './ClusterFacts.tsx';
import { factsOf } from './cluster-facts.ts';
import { HealthPanel } from './HealthPanel.tsx';
import { HelmPanel } from './HelmPanel.tsx';
import { NamespacesPanel } from './NamespacesPanel.tsx';
import { NodesPanel } from './NodesPanel.tsx';
import { RightsPanel } from './RightsPanel.tsx';
import { TroublePanel } from './TroublePanel.tsx';
import { WorkloadsPanel } from './WorkloadsPanel.tsx';

/** One cluster as its operator sees it: how it is and why, what runs in it, what troubles it. */
export function ClusterPage() {
  const api = useApi();
  const navigate = useNavigate();
  const { clusterId } = useParams({ strict: false });
  const id = clusterId ?? '';
  const { tz } = useView();
  const nowMs = useNow();
  const cluster = useQuery(api.k8s.cluster.queryOptions({ input: { id } }));
  const toClusters = () => void navigate({ to: '/clusters', search: keptSearch });
  const title = (
    <Breadcrumb path={[{ label: 'Clusters', onSelect: toClusters }]} current={cluster.data?.name ?? 'Cluster'} />
  );
  if (cluster.data === undefined) {
    return (
      <Page>
        <PageHeader title={title} />
        {cluster.error === null ? (
          <Skeleton rows={8} label="Loading the cluster" />
        ) : (
          <ErrorState error={cluster.error} onRetry={() => void cluster.refetch()} />
        )}
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader
        title={title}
        note={factsOf(cluster.data)}
        actions={<ClusterActions cluster={cluster.data} onRemoved={toClusters} />}
      />
      <ClusterFacts cluster={cluster.data} nowMs={nowMs} tz={tz} />
      <div className="grid grid-cols-1 gap-3 mid:grid-cols-2">
        <HealthPanel id={id} nowMs={nowMs} tz={tz} />
        <TroublePanel id={id} nowMs={nowMs} tz={tz} />
      </div>
      <RightsPanel id={id} />
      <WorkloadsPanel id={id} nowMs={nowMs} tz={tz} />
      <NamespacesPanel id={id} currency={cluster.data.cost_currency} />
      <NodesPanel id={id} />
      <HelmPanel id={id} nowMs={nowMs} tz={tz} />
    </Page>
  );
}
