import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClusters } from '../../app/clusters-query.ts';
import { useRegistry } from '../../app/kubernetes/use-registry.ts';
import { useNow } from '../../app/use-now.ts';
import { lengthOfLast } from '../../app/view/range.ts';
import { useView } from '../../app/view/use-view.ts';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { StaleNotice } from '../../figures/StaleNotice.tsx';
import { shortPathIn } from '../../format/path.ts';
import { failureOf, isStoreAway } from '../../rpc/failure.ts';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AddKubeconfig } from './AddKubeconfig.tsx';
import { AllClustersTable } from './AllClustersTable.tsx';
import { ClusterCard } from './ClusterCard.tsx';
import { cardsOf, faceOf, findCards, idOf } from './cluster-cards.ts';
import { countWords } from './cluster-words.ts';
import { useMonth } from './use-month.ts';
import { useSummaries } from './use-summaries.ts';

/** Every context and cluster: what is collected, what it emits, and what stands in the way. */
export function ClustersPage() {
  const api = useApi();
  const contexts = useQuery(api.contexts.list.queryOptions());
  const clusters = useClusters();
  const { range, tz } = useView();
  const nowMs = useNow();
  const [find, setFind] = useState('');
  const all = cardsOf(contexts.data?.contexts ?? [], clusters.data?.clusters ?? []);
  const withFigures = all.flatMap((card) =>
    faceOf(card) === 'figures' && card.cluster !== null ? [card.cluster] : [],
  );
  const ids = [...new Set(withFigures.map((cluster) => cluster.id))];
  const summaries = useSummaries(ids);
  const registry = useRegistry();
  const month = useMonth(ids.length > 0);
  const cards = findCards(all, find);
  const rows = ids.flatMap((id) => {
    const summary = summaries.get(id)?.summary;
    const cluster = withFigures.find((item) => item.id === id);
    return summary == null || cluster === undefined || !cluster.collecting ? [] : [{ cluster, summary }];
  });
  const error = contexts.error ?? clusters.error;
  const state = panelStateOf([contexts, clusters], { nowMs, tz });
  const isLoading = contexts.data === undefined || clusters.data === undefined;
  return (
    <Page>
      <PageHeader
        title="Clusters"
        note={contexts.data === undefined ? '' : countWords(contexts.data)}
        actions={
          <>
            <SearchField label="Find a context" value={find} onChange={setFind} />
            <AddKubeconfig />
          </>
        }
      />
      {contexts.data?.files.map(
        (file) =>
          file.problem !== null && (
            <Notice key={file.path} tone="warn">
              {shortPathIn(file.problem.message, file.path)} {file.problem.hint}
            </Notice>
          ),
      )}
      <StaleNotice state={state} />
      {registry.error !== null && !isStoreAway(registry.error) && error === null && (
        <Notice tone="warn">Health, counts and last sync could not be read: {failureOf(registry.error).message}</Notice>
      )}
      {isLoading && error !== null && (
        <ErrorState error={error} onRetry={() => void Promise.all([contexts.refetch(), clusters.refetch()])} />
      )}
      {isLoading && error === null && <Skeleton rows={6} label="Loading the clusters" />}
      {!isLoading && (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(340px,1fr))] gap-3">
          {cards.map((card) => (
            <ClusterCard
              key={card.key}
              card={card}
              entry={registry.entries.get(idOf(card) ?? '') ?? null}
              month={month}
              answer={card.cluster === null ? null : (summaries.get(card.cluster.id) ?? null)}
            />
          ))}
        </div>
      )}
      {!isLoading && cards.length === 0 && find !== '' && (
        <div className="flex">
          <EmptyState title={`No context is called “${find}”`}>
            The name, the cluster, its server and the file are searched.
          </EmptyState>
        </div>
      )}
      {rows.length > 0 && (
        <AllClustersTable
          rows={rows}
          month={month}
          note={range.kind === 'last' ? lengthOfLast(range.last) : 'chosen range'}
        />
      )}
    </Page>
  );
}
