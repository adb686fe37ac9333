import type { Labels } from '../../model/kubernetes/objects.ts';
import type { LayoutNode, LayoutPod } from '../../model/scheduling.ts';
import { hasLabels, labelsOfNode, matchesNodeTerms, repellingTaint } from './match-labels.ts';

/** What a pod's spec says of nodes, whatever else runs there; the same object for all pods that say the same. */
export interface NodeFit {
  readonly id: number;
  /** 1 where the node's labels are those that the pod asks for. */
  readonly selects: Uint8Array;
  /** 1 where the node takes new pods, its labels fit and its taints are tolerated. */
  readonly admits: Uint8Array;
}

/** Nodes that take new pods at all. */
export function isOpen(node: LayoutNode): boolean {
  return node.ready && !node.unschedulable;
}

/** Answers which nodes a pod fits, computed once for pods that ask for the same. */
export function nodeFits(nodes: readonly LayoutNode[]): (pod: LayoutPod) => NodeFit {
  const known = new Map<string, NodeFit>();
  const labels = nodes.map(labelsOfNode);
  return (pod) => {
    const key = JSON.stringify([pod.nodeSelector, pod.nodeTerms, pod.tolerations]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const fit = fitOf(known.size, pod, nodes, labels);
    known.set(key, fit);
    return fit;
  };
}

function fitOf(id: number, pod: LayoutPod, nodes: readonly LayoutNode[], labels: readonly Labels[]): NodeFit {
  const selects = new Uint8Array(nodes.length);
  const admits = new Uint8Array(nodes.length);
  nodes.forEach((node, index) => {
    const own = labels[index] ?? {};
    if (!hasLabels(own, pod.nodeSelector) || !matchesNodeTerms(own, pod.nodeTerms)) return;
    selects[index] = 1;
    if (isOpen(node) && repellingTaint(node.taints, pod.tolerations) === null) admits[index] = 1;
  });
  return { id, selects, admits };
}
