import { createHash } from 'node:crypto';
import { v5 } from 'uuid';
import { z } from 'zod';
import type { ClusterIdentity } from '../../../model/cluster.ts';
import { isFailure } from '../../../model/failure.ts';
import { redactUrl } from '../../../net/address.ts';
import type { ResolvedContext } from '../kubeconfig/resolve-context.ts';
import { readTlsMaterial } from '../kubeconfig/tls-material.ts';
import type { ClusterHttp } from './cluster-http.ts';
import { getJson } from './get-json.ts';
import { notKubernetes } from './status-failure.ts';

/** Fixed for ever: ids of clusters depend on it. */
const SERVER_ID_NAMESPACE = '5d1c4f0e-6a53-5c0b-9d0e-3f2a7c1b8e64';

const namespaceSchema = z.object({ metadata: z.object({ uid: z.string().min(1) }) });
const versionSchema = z.object({ gitVersion: z.string() });

/** UID of kube-system, else UUIDv5 of the server's URL and CA. Throws `Failure` where the server can't be asked at all. */
export async function identifyCluster(
  http: ClusterHttp,
  context: ResolvedContext,
  signal: AbortSignal,
): Promise<ClusterIdentity> {
  const [uid, serverVersion] = await Promise.all([readUid(http, signal), readVersion(http, signal)]);
  return {
    id: uid ?? (await serverId(context)),
    idSource: uid === null ? 'server' : 'kube-system',
    name: clusterDisplayName(context.clusterName, context.name),
    serverUrl: redactUrl(context.server.href),
    serverVersion,
  };
}

async function readUid(http: ClusterHttp, signal: AbortSignal): Promise<string | null> {
  const access = { verb: 'get', resource: 'namespaces', apiGroup: '', namespace: null } as const;
  try {
    const namespace = namespaceSchema.safeParse(
      await getJson(http, '/api/v1/namespaces/kube-system', access, { signal }),
    );
    if (!namespace.success) throw notKubernetes(http.host);
    return namespace.data.metadata.uid;
  } catch (error) {
    if (isFailure(error) && (error.code === 'forbidden' || error.code === 'not-found')) return null;
    throw error;
  }
}

async function readVersion(http: ClusterHttp, signal: AbortSignal): Promise<string | null> {
  const access = { verb: 'get', resource: '/version', apiGroup: '', namespace: null } as const;
  try {
    return versionSchema.safeParse(await getJson(http, '/version', access, { signal })).data?.gitVersion ?? null;
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}

async function serverId(context: ResolvedContext): Promise<string> {
  const { certificateAuthority } = await readTlsMaterial(context);
  const authority = createHash('sha256')
    .update(certificateAuthority?.replace(/\s/g, '') ?? '')
    .digest('hex');
  return v5(`${redactUrl(context.server.href)}\n${authority}`, SERVER_ID_NAMESPACE);
}

/** Short name of a cluster: EKS and GKE write account and region into it; kubeadm and kind call all of them the same. */
export function clusterDisplayName(clusterName: string, contextName: string): string {
  const eks = /^arn:[^:]+:eks:[^:]*:[^:]*:cluster\/(.+)$/.exec(clusterName)?.[1];
  const gke = /^gke_[^_]+_[^_]+_(.+)$/.exec(clusterName)?.[1];
  if (eks !== undefined) return eks;
  if (gke !== undefined) return gke;
  return ['kubernetes', 'default', 'cluster', 'local', ''].includes(clusterName) ? contextName : clusterName;
}
