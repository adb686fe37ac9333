import type { KubeNode, Labels } from '../../model/kubernetes/objects.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';

/** Role of a node by its labels: control-plane (master in old ones), another role's name, else worker. */
export function nodeRole(labels: Labels): string {
  const roles = Object.keys(labels)
    .filter((key) => key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length)
    .map((key) => key.slice(ROLE_PREFIX.length))
    .sort();
  if (roles.includes('control-plane') || roles.includes('master')) return 'control-plane';
  return roles[0] ?? (labels['kubernetes.io/role'] || 'worker');
}

/** Ready, NotReady, or Unknown where the node's kubelet says nothing any more (or never did). */
export function nodeStatus(
  conditions: readonly { readonly type: string; readonly status: string }[],
): KubeNode['status'] {
  switch (conditions.find(({ type }) => type === 'Ready')?.status) {
    case 'True':
      return 'Ready';
    case 'False':
      return 'NotReady';
    default:
      return 'Unknown';
  }
}
