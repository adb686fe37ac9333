import { attributeNode, type NodeAttribution } from './attribute-node.ts';

/** What a meter counted of a node and of its pods, in joules before the losses up to the plug. */
export interface MeasuredNode {
  readonly activeJoules: number;
  readonly idleJoules: number;
  /** Joules at the plug for each of the meter's. */
  readonly wallFactor: number;
  /** `activeJoules` 0 where the meter has nothing of the pod; `share` as in `NodeToAttribute`. */
  readonly pods: readonly { readonly activeJoules: number; readonly share: number }[];
}

/**
 * Active joules to the pods that they were counted for, idle joules by reservation, all at the plug. What the meter
 * counted for no pod is the system's; pods that counted more than the node share what it counted. METHODOLOGY 1.7, 1.8.
 */
export function attributeMeasured(
  node: MeasuredNode,
): NodeAttribution & { readonly dynamic: number; readonly idle: number } {
  const dynamic = node.activeJoules * node.wallFactor;
  const idle = node.idleJoules * node.wallFactor;
  const attribution = attributeNode({
    dynamic,
    idle,
    nodeCpu: node.activeJoules,
    pods: node.pods.map((pod) => ({ cpu: pod.activeJoules, share: pod.share })),
  });
  return { ...attribution, dynamic, idle };
}
