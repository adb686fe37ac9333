import { implement } from '@orpc/server';
import { kubernetesContract } from '../../../contract/kubernetes-contract.ts';
import { encryptionStatus, rotateKey } from '../../registry/rotation.ts';
import { cluster, listClusters, preview, register, removal, remove, syncNow, update } from './clusters.ts';
import { namespaceCosts } from './costs.ts';
import type { KubernetesDeps } from './deps.ts';
import { health, healthHistory } from './health.ts';
import { metricsOf } from './metrics.ts';
import {
  deployment,
  deploymentsOf,
  helmReleases,
  namespacesOf,
  nodesOf,
  pod,
  podsOfDeployment,
  podsOfNamespace,
  troubledPods,
} from './objects.ts';
import { workersStatus } from './workers.ts';
import { workloadsOf } from './workloads.ts';

/** The operations of the Kubernetes part; errors become those of the contract where it is put into the whole router. */
export function createKubernetesRouter(deps: KubernetesDeps) {
  const os = implement(kubernetesContract);
  return os.router({
    register: os.register.handler(({ input, signal }) => register(input, deps, signal)),
    preview: os.preview.handler(({ input }) => preview(input, deps)),
    clusters: os.clusters.handler(({ input }) => listClusters(input, deps)),
    cluster: os.cluster.handler(({ input }) => cluster(input.id, deps)),
    update: os.update.handler(({ input }) => update(input, deps)),
    remove: os.remove.handler(({ input }) => remove(input.id, deps)),
    removal: os.removal.handler(({ input }) => removal(input.id, deps)),
    sync: os.sync.handler(({ input }) => syncNow(input.id, deps)),
    health: os.health.handler(({ input }) => health(input.id, deps)),
    healthHistory: os.healthHistory.handler(({ input }) => healthHistory(input, deps)),
    namespaces: os.namespaces.handler(({ input }) => namespacesOf(input, deps)),
    nodes: os.nodes.handler(({ input }) => nodesOf(input, deps)),
    workloads: os.workloads.handler(({ input }) => workloadsOf(input, deps)),
    troubledPods: os.troubledPods.handler(({ input }) => troubledPods(input, deps)),
    costs: os.costs.handler(({ input }) => namespaceCosts(input, deps)),
    deployments: os.deployments.handler(({ input }) => deploymentsOf(input, deps)),
    namespacePods: os.namespacePods.handler(({ input }) => podsOfNamespace(input, deps)),
    deployment: os.deployment.handler(({ input }) => deployment(input.id, deps)),
    deploymentPods: os.deploymentPods.handler(({ input }) => podsOfDeployment(input, deps)),
    pod: os.pod.handler(({ input }) => pod(input.id, deps)),
    releases: os.releases.handler(({ input }) => helmReleases(input, deps)),
    clusterMetrics: os.clusterMetrics.handler(({ input }) => metricsOf('cluster', input, deps)),
    namespaceMetrics: os.namespaceMetrics.handler(({ input }) => metricsOf('namespace', input, deps)),
    workers: os.workers.handler(() => workersStatus(deps)),
    encryption: os.encryption.handler(() => encryptionStatus(deps.rotation)),
    rotateKey: os.rotateKey.handler(({ input }) => rotateKey(input.new_key_file ?? null, deps.rotation)),
  });
}
