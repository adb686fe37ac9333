import { kubernetesClustersContract } from './kubernetes-clusters-contract.ts';
import { kubernetesFiguresContract } from './kubernetes-figures-contract.ts';
import { kubernetesObjectsContract } from './kubernetes-objects-contract.ts';
import type { OpenStore } from './store-fixture.ts';

/** The Kubernetes part of a store. */
export function kubernetesStoreContract(name: string, open: OpenStore): void {
  kubernetesClustersContract(name, open);
  kubernetesObjectsContract(name, open);
  kubernetesFiguresContract(name, open);
}
