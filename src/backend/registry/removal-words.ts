import type { ClusterEntry } from '../../model/kubernetes/cluster-entry.ts';

export interface RemovalWords {
  readonly removes: readonly string[];
  readonly keeps: readonly string[];
}

/** What a removal takes away and what it leaves. */
export function removalWords(entry: ClusterEntry): RemovalWords {
  const removes = [
    'Its carbon, energy and cost results, hour and day totals included',
    'Namespaces, nodes, workloads, pods, Helm releases, usage and health history that were read of it',
  ];
  const keeps = ['The cluster itself: nothing is changed in Kubernetes', 'Backups and exports that were made before'];
  if (entry.sealedKubeconfig === null) {
    return {
      removes,
      keeps: [
        `The context "${entry.contextName}" in your kubeconfig: it stays in the list, switched off`,
        'What you set for that context',
        ...keeps,
      ],
    };
  }
  return {
    removes: [...removes, 'The kubeconfig that Podwatt keeps sealed, and what you set for the cluster'],
    keeps: ['The file that the kubeconfig was pasted from', ...keeps],
  };
}
