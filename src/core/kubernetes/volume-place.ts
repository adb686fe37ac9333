import type { LayoutNode, Requirement } from '../../model/scheduling.ts';

/** Provisioners whose volumes are on a disk of one node. */
const LOCAL: ReadonlySet<string> = new Set([
  'kubernetes.io/no-provisioner',
  'rancher.io/local-path',
  'openebs.io/local',
  'local.csi.openebs.io',
  'zfs.csi.openebs.io',
  'topolvm.io',
  'topolvm.cybozu.com',
  'docker.io/hostpath',
  'k8s.io/minikube-hostpath',
  'microk8s.io/hostpath',
  'hostpath.csi.k8s.io',
]);

/** Provisioners whose volumes can be attached in one zone alone. */
const ZONAL: ReadonlySet<string> = new Set([
  'ebs.csi.aws.com',
  'ebs.csi.eks.amazonaws.com',
  'kubernetes.io/aws-ebs',
  'pd.csi.storage.gke.io',
  'kubernetes.io/gce-pd',
  'disk.csi.azure.com',
  'kubernetes.io/azure-disk',
]);

const ZONE = 'topology.kubernetes.io/zone';

/** Where the volumes of a pod keep it: on its node (with why), or in a zone (a requirement of nodes). */
export interface VolumePlace {
  readonly pinned: string | null;
  readonly requirements: readonly Requirement[];
}

export const ANYWHERE: VolumePlace = { pinned: null, requirements: [] };

/** By the provisioners of the classes of a pod's claims, and the node that it runs on. */
export function volumePlace(
  volumes: readonly { readonly claim: string; readonly provisioner: string | null }[],
  node: Pick<LayoutNode, 'labels'> | null,
): VolumePlace {
  const local = volumes.find(({ provisioner }) => provisioner !== null && LOCAL.has(provisioner));
  if (local !== undefined) return { pinned: `Its volume ${local.claim} is on a disk of its node`, requirements: [] };
  const isZonal = volumes.some(({ provisioner }) => provisioner !== null && ZONAL.has(provisioner));
  const zone = node?.labels[ZONE];
  if (!isZonal || zone === undefined || zone === '') return ANYWHERE;
  return { pinned: null, requirements: [{ key: ZONE, operator: 'In', values: [zone] }] };
}
