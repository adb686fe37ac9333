import type { VolumeUsage } from '../../model/energy.ts';
import type { Window } from '../../model/time.ts';
import type { Slot } from './lifetimes.ts';
import type { Pool } from './nodes.ts';
import { between, hashOf, noiseOf } from './seeded.ts';

const GIB = 1_073_741_824;

/** Storage of each pool. */
const CLASSES: Readonly<Record<Pool, Pick<VolumeUsage, 'storageClass' | 'provisioner' | 'diskType'>>> = {
  aws: { storageClass: 'gp3', provisioner: 'ebs.csi.aws.com', diskType: 'gp3' },
  gcp: { storageClass: 'standard-rwo', provisioner: 'pd.csi.storage.gke.io', diskType: 'pd-balanced' },
  metal: { storageClass: 'ceph-block', provisioner: 'rook-ceph.rbd.csi.ceph.com', diskType: null },
};
const SIZES_GIB: Readonly<Record<string, number>> = { kafka: 500, postgres: 200, prometheus: 100, registry: 250 };
const USUAL_GIB = 20;

/** Every replica of a StatefulSet has a claim of its own, which stays while its pods come and go. */
export function volumesOf(slots: readonly Slot[], window: Window): VolumeUsage[] {
  return slots.flatMap(({ workload, replica, node }) => {
    if (workload.kind !== 'StatefulSet') return [];
    const claim = `data-${workload.name}-${replica}`;
    const requestedBytes = (SIZES_GIB[workload.name] ?? USUAL_GIB) * GIB;
    const filled = between(0.25, 0.8, noiseOf(hashOf(`claim/${workload.namespace}/${claim}`), 1));
    return [
      {
        namespace: workload.namespace,
        claim,
        ...CLASSES[node.pool],
        requestedBytes,
        usedBytes: Math.round(requestedBytes * filled),
        aliveSeconds: window.durationSeconds,
        node: node.description.name,
        team: null,
      },
    ];
  });
}
