import type { ContextDescription } from '../../core/ports/cluster-source.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';

/** Name of the one context that the sample offers. */
export const SAMPLE_CONTEXT = 'sample';

/** The name is in a domain that never resolves (RFC 2606): nothing can be sent there. */
const SERVER_URL = 'https://sample-shop.invalid:6443';

export const SAMPLE_IDENTITY: ClusterIdentity = {
  id: '5a3b1e70-0c7d-4f5e-9d21-7d0f6a1c9e42',
  idSource: 'kube-system',
  name: 'sample-shop',
  serverUrl: SERVER_URL,
  serverVersion: 'v1.34.2',
};

export const SAMPLE_DESCRIPTION: ContextDescription = {
  name: SAMPLE_CONTEXT,
  file: null,
  clusterName: SAMPLE_IDENTITY.name,
  serverUrl: SERVER_URL,
  userName: null,
  namespace: null,
  authKind: 'none',
  isCurrent: false,
  isSample: true,
  problem: null,
};
