import { homedir } from 'node:os';
import type { KubernetesClient } from '../../collectors/kubernetes/kubernetes-client.ts';
import type { ClusterConnection, ConnectOptions } from '../../core/ports/cluster-source.ts';
import type { ConnectionDeps } from '../clusters/kubeconfig-connection.ts';
import type { SharedClients } from '../clusters/shared-clients.ts';

export type ConnectTextDeps = Pick<ConnectionDeps, 'env' | 'clock' | 'timers' | 'random'>;

/** A client by the text of a kubeconfig, which stays in memory. Throws `Failure` where the context can't be used. */
export async function openText(text: string, contextName: string, deps: ConnectTextDeps): Promise<KubernetesClient> {
  const { createKubeconfigs } = await import('../../collectors/kubernetes/kubeconfigs.ts');
  const { env, clock } = deps;
  const nowSeconds = () => clock.nowSeconds();
  return createKubeconfigs({ paths: null, text, env, homeDir: homedir(), nowSeconds }).open(contextName);
}

/** All connections to one context share a client, so that one pool leads to the cluster. */
export async function connectShared(
  clients: SharedClients,
  contextName: string,
  options: ConnectOptions,
  deps: ConnectTextDeps,
): Promise<ClusterConnection> {
  const { KubeconfigConnection } = await import('../clusters/kubeconfig-connection.ts');
  return new KubeconfigConnection(await clients.take(contextName), options, deps);
}
