import type { DisruptionBudget, LayoutNode, LayoutPod } from '../../model/scheduling.ts';
import { selects } from '../kubernetes/selector-match.ts';

/** Why a pod keeps its node from going. */
export type Pin =
  | { readonly kind: 'pinned'; readonly reason: string }
  | { readonly kind: 'no-owner' }
  | { readonly kind: 'budget'; readonly budget: DisruptionBudget }
  | { readonly kind: 'budgets'; readonly budgets: readonly DisruptionBudget[] };

/** True for a pod that holds a place: neither ended nor waiting for one. */
export function holdsPlace(pod: LayoutPod): boolean {
  return pod.node !== null && !hasEnded(pod);
}

/** True for a pod that looks for a place. A pod of a DaemonSet or of the kubelet waits for its own node only. */
export function waitsForPlace(pod: LayoutPod): boolean {
  return pod.node === null && !hasEnded(pod) && !goesWithNode(pod);
}

/** DaemonSets run on every node anyway, static pods are their node's own: neither is moved. */
export function goesWithNode(pod: LayoutPod): boolean {
  return pod.isDaemonSet || pod.isStatic;
}

/** Disruption budgets over a pod. Those that guard pods which go with their node guard nothing here. */
export function budgetsOf(pod: LayoutPod, budgets: readonly DisruptionBudget[]): readonly DisruptionBudget[] {
  return budgets.filter((budget) => budget.namespace === pod.namespace && selects(budget.selector, pod.labels));
}

/**
 * Why a pod can't be moved at all; null: it can. Two budgets over one pod pin it, because the API server then refuses
 * every eviction.
 */
export function pinOf(pod: LayoutPod, budgets: readonly DisruptionBudget[]): Pin | null {
  if (goesWithNode(pod)) return null;
  if (pod.pinned !== null) return { kind: 'pinned', reason: pod.pinned };
  if (pod.owner === null) return { kind: 'no-owner' };
  const [first] = budgets;
  if (first === undefined) return null;
  if (budgets.length > 1) return { kind: 'budgets', budgets };
  return first.neverAllows || first.disruptionsAllowed <= 0 ? { kind: 'budget', budget: first } : null;
}

/** The first budget of which a drain of these pods would take more pods than it allows now; null: none. */
export function exceededBudget(
  moving: readonly (readonly DisruptionBudget[])[],
): { readonly budget: DisruptionBudget; readonly pods: number } | null {
  const pods = new Map<DisruptionBudget, number>();
  for (const budget of moving.flat()) pods.set(budget, (pods.get(budget) ?? 0) + 1);
  for (const [budget, count] of pods) if (count > budget.disruptionsAllowed) return { budget, pods: count };
  return null;
}

/** Why a node is not up for going, whatever runs on it; null: it is. */
export function nodeKept(node: LayoutNode): 'control-plane' | 'not-ready' | 'cordoned' | null {
  if (node.isControlPlane) return 'control-plane';
  if (!node.ready) return 'not-ready';
  return node.unschedulable ? 'cordoned' : null;
}

function hasEnded(pod: LayoutPod): boolean {
  return pod.phase === 'Succeeded' || pod.phase === 'Failed';
}
