import { v5 } from 'uuid';

/** Fixed for ever, and the same as for namespaces that only have costs: ids of stored rows depend on it. */
const OBJECT_ID_NAMESPACE = '1f6a0c52-94c1-5b1e-8d2d-6f2b90c7e1a3';

/**
 * Id of an object that its name tells apart in its cluster: namespaces, nodes, workloads, releases. Made anew under its
 * old name it goes on in its old row, so that history and costs stay together and one name has one row.
 */
export function namedId(clusterId: string, kind: string, namespace: string, name: string): string {
  return v5(`${clusterId}/${kind}/${namespace}/${name}`, OBJECT_ID_NAMESPACE);
}

/** Id of a pod: its UID, as one name has many pods over time. */
export function podId(clusterId: string, uid: string | null, namespace: string, name: string): string {
  return uid ?? namedId(clusterId, 'Pod', namespace, name);
}
