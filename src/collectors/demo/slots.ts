import type { Slot } from './lifetimes.ts';
import type { DemoNode } from './nodes.ts';
import type { Placement } from './placement.ts';

/** The replica that changes its node every other day, as after a failed disk: its volume is on the network. */
const MOVING = { namespace: 'data', name: 'kafka', replica: 1 } as const;

/** Every replica with its node. */
export function slotsOf(placement: Placement): Slot[] {
  return [...placement].flatMap(([workload, nodes]) =>
    nodes.map((node, replica) => {
      const moves =
        workload.namespace === MOVING.namespace && workload.name === MOVING.name && replica === MOVING.replica;
      return { workload, replica, node, otherNode: moves ? neighbour(nodes, node) : null };
    }),
  );
}

/** Another node of the same workload's replicas, so that the pod moves within its pool. */
function neighbour(nodes: readonly DemoNode[], node: DemoNode): DemoNode | null {
  return nodes.find((other) => other !== node) ?? null;
}
