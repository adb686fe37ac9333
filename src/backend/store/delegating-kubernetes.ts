import type { KubernetesStore } from '../../core/ports/kubernetes-store.ts';

type Input<Name extends keyof KubernetesStore> = Parameters<KubernetesStore[Name]>;
type Answer<Name extends keyof KubernetesStore> = ReturnType<KubernetesStore[Name]>;

/** Passes each call of the Kubernetes part on to the store that a subclass says. */
export abstract class DelegatingKubernetes implements KubernetesStore {
  protected abstract use<T>(call: (store: KubernetesStore) => Promise<T>): Promise<T>;

  putClusterEntry(...input: Input<'putClusterEntry'>): Answer<'putClusterEntry'> {
    return this.use((store) => store.putClusterEntry(...input));
  }

  clusterEntry(...input: Input<'clusterEntry'>): Answer<'clusterEntry'> {
    return this.use((store) => store.clusterEntry(...input));
  }

  clusterEntries(...input: Input<'clusterEntries'>): Answer<'clusterEntries'> {
    return this.use((store) => store.clusterEntries(...input));
  }

  deleteClusterEntry(...input: Input<'deleteClusterEntry'>): Answer<'deleteClusterEntry'> {
    return this.use((store) => store.deleteClusterEntry(...input));
  }

  clusterHealthView(...input: Input<'clusterHealthView'>): Answer<'clusterHealthView'> {
    return this.use((store) => store.clusterHealthView(...input));
  }

  addHealthChange(...input: Input<'addHealthChange'>): Answer<'addHealthChange'> {
    return this.use((store) => store.addHealthChange(...input));
  }

  healthHistory(...input: Input<'healthHistory'>): Answer<'healthHistory'> {
    return this.use((store) => store.healthHistory(...input));
  }

  writeObjects(...input: Input<'writeObjects'>): Answer<'writeObjects'> {
    return this.use((store) => store.writeObjects(...input));
  }

  liveIds(...input: Input<'liveIds'>): Answer<'liveIds'> {
    return this.use((store) => store.liveIds(...input));
  }

  markGone(...input: Input<'markGone'>): Answer<'markGone'> {
    return this.use((store) => store.markGone(...input));
  }

  namespaces(...input: Input<'namespaces'>): Answer<'namespaces'> {
    return this.use((store) => store.namespaces(...input));
  }

  namespace(...input: Input<'namespace'>): Answer<'namespace'> {
    return this.use((store) => store.namespace(...input));
  }

  nodesOf(...input: Input<'nodesOf'>): Answer<'nodesOf'> {
    return this.use((store) => store.nodesOf(...input));
  }

  workloads(...input: Input<'workloads'>): Answer<'workloads'> {
    return this.use((store) => store.workloads(...input));
  }

  workload(...input: Input<'workload'>): Answer<'workload'> {
    return this.use((store) => store.workload(...input));
  }

  podsOfNamespace(...input: Input<'podsOfNamespace'>): Answer<'podsOfNamespace'> {
    return this.use((store) => store.podsOfNamespace(...input));
  }

  podsOfWorkload(...input: Input<'podsOfWorkload'>): Answer<'podsOfWorkload'> {
    return this.use((store) => store.podsOfWorkload(...input));
  }

  troubledPods(...input: Input<'troubledPods'>): Answer<'troubledPods'> {
    return this.use((store) => store.troubledPods(...input));
  }

  pod(...input: Input<'pod'>): Answer<'pod'> {
    return this.use((store) => store.pod(...input));
  }

  releases(...input: Input<'releases'>): Answer<'releases'> {
    return this.use((store) => store.releases(...input));
  }

  putMetrics(...input: Input<'putMetrics'>): Answer<'putMetrics'> {
    return this.use((store) => store.putMetrics(...input));
  }

  metrics(...input: Input<'metrics'>): Answer<'metrics'> {
    return this.use((store) => store.metrics(...input));
  }

  putCosts(...input: Input<'putCosts'>): Answer<'putCosts'> {
    return this.use((store) => store.putCosts(...input));
  }

  costs(...input: Input<'costs'>): Answer<'costs'> {
    return this.use((store) => store.costs(...input));
  }

  costsBy(...input: Input<'costsBy'>): Answer<'costsBy'> {
    return this.use((store) => store.costsBy(...input));
  }

  namespaceCostView(...input: Input<'namespaceCostView'>): Answer<'namespaceCostView'> {
    return this.use((store) => store.namespaceCostView(...input));
  }

  putBudget(...input: Input<'putBudget'>): Answer<'putBudget'> {
    return this.use((store) => store.putBudget(...input));
  }

  deleteBudget(...input: Input<'deleteBudget'>): Answer<'deleteBudget'> {
    return this.use((store) => store.deleteBudget(...input));
  }

  budgets(...input: Input<'budgets'>): Answer<'budgets'> {
    return this.use((store) => store.budgets(...input));
  }

  raiseAlert(...input: Input<'raiseAlert'>): Answer<'raiseAlert'> {
    return this.use((store) => store.raiseAlert(...input));
  }

  alerts(...input: Input<'alerts'>): Answer<'alerts'> {
    return this.use((store) => store.alerts(...input));
  }

  markAlertSeen(...input: Input<'markAlertSeen'>): Answer<'markAlertSeen'> {
    return this.use((store) => store.markAlertSeen(...input));
  }
}
