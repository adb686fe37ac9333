import type { KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';

/** What cost attribution asks of the store, and tells it. */
export type CostStore = Pick<
  ResultsStore,
  'costsByNamespaceHour' | 'listClusters' | 'restatableWindows' | 'series' | 'coverage'
> &
  Pick<KubernetesStore, 'namespaces' | 'namespace' | 'writeObjects' | 'putCosts' | 'costs' | 'costsBy'>;
