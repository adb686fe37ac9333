import type { ClusterLayout, DisruptionBudget, LayoutPod } from '../../model/scheduling.ts';

/** What a node's end would save a day; decides the order in which nodes are tried. */
export interface NodeValue {
  readonly co2eGramsPerDay: number;
  readonly costPerDay: number;
}

/** What a pod holds: of CPU and memory the larger of what it asks for and what it was seen to need. */
export interface PodNeed {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
}

export interface ConsolidationInput {
  readonly layout: ClusterLayout;
  /** Left out: all nodes are worth the same. */
  readonly worthOf?: (node: string) => NodeValue;
  /** What a pod was seen to need, so that a node isn't filled with pods that ask for nothing; null: as requested. */
  readonly needOf?: (pod: LayoutPod) => PodNeed | null;
  /** Requests that hold instead of the present ones, for example after rightsizing; null: as they are. */
  readonly requestsOf?: (pod: LayoutPod) => PodNeed | null;
  /** Pods that are switched off first. */
  readonly isStopped?: (pod: LayoutPod) => boolean;
  /** False for nodes that were seen too short to tell; left out: all are known. */
  readonly isKnown?: (node: string) => boolean;
  /** Nodes that are tried before all others, in this order: what a smaller plan found stays found. */
  readonly first?: readonly string[];
}

export interface PodMove {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface GoingNode {
  readonly node: string;
  /** Pods that it holds now and where each goes. */
  readonly moves: readonly PodMove[];
  /** Pods of DaemonSets and of the kubelet, which go with it. */
  readonly podsThatGo: number;
}

export type StayReason =
  /** A part of the control plane runs on it. */
  | { readonly kind: 'control-plane' }
  | { readonly kind: 'not-ready' }
  /** Someone is at it already. */
  | { readonly kind: 'cordoned' }
  /** Seen too short to tell. */
  | { readonly kind: 'new' }
  /** The last one that takes new pods. */
  | { readonly kind: 'last' }
  | { readonly kind: 'pinned'; readonly pod: string; readonly why: string }
  /** Would be lost: nothing starts it again. */
  | { readonly kind: 'no-owner'; readonly pod: string }
  | { readonly kind: 'budget'; readonly pod: string | null; readonly budget: string }
  /** Nowhere else is there room, or a place that its rules allow. */
  | { readonly kind: 'no-place'; readonly pod: string }
  /** Others that stay need its pods near them, or spread over it. */
  | { readonly kind: 'others'; readonly pod: string };

export interface StayingNode {
  readonly node: string;
  readonly reason: StayReason;
}

/** Which nodes can go, in that order, and why the others stay. */
export interface ConsolidationPlan {
  readonly going: readonly GoingNode[];
  readonly staying: readonly StayingNode[];
  /** What the nodes that stay hold afterwards. */
  readonly heldBy: ReadonlyMap<string, PodNeed>;
}

/** `namespace/name`. */
export function podName(pod: { readonly namespace: string; readonly name: string }): string {
  return `${pod.namespace}/${pod.name}`;
}

export function budgetName(budget: DisruptionBudget): string {
  return `${budget.namespace}/${budget.name}`;
}
