import { oc } from '@orpc/contract';
import { errors } from './errors.ts';
import {
  Cluster,
  ClusterChangeInput,
  ClusterHealth,
  ClusterList,
  ClusterListInput,
  HealthHistory,
  HealthHistoryInput,
  KubeconfigPreview,
  PreviewInput,
  RegisterInput,
  Removal,
  SyncAnswer,
} from './schemas/kubernetes/clusters.ts';
import { EncryptionStatus, RotateAnswer, RotateInput } from './schemas/kubernetes/encryption.ts';
import { ClusterPodsInput, HelmInput } from './schemas/kubernetes/object-inputs.ts';
import {
  Deployment,
  DeploymentList,
  HelmReleaseList,
  NamespaceList,
  NodeList,
  Pod,
  PodList,
  TroubledPodList,
  WorkloadList,
} from './schemas/kubernetes/objects.ts';
import { IdInput, IdPageInput, Nothing } from './schemas/kubernetes/paging.ts';
import { CostsInput, MetricsSeries, MetricsSeriesInput, NamespaceCosts } from './schemas/kubernetes/series.ts';
import { WorkersStatus } from './schemas/kubernetes/workers.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const route = (method: Method, path: `/${string}`, summary: string, successStatus = 200) =>
  oc.errors(errors).route({ method, path: `/k8s${path}`, tags: ['kubernetes'], summary, successStatus });
const get = (path: `/${string}`, summary: string) => route('GET', path, summary);

/** The Kubernetes part: the registry of clusters, and what was read of each. Paths lie below `/api/v1/k8s`. */
export const kubernetesContract = {
  register: route('POST', '/clusters', 'Register a cluster by its kubeconfig', 201)
    .input(RegisterInput)
    .output(Cluster),
  preview: route('POST', '/clusters/preview', 'What a kubeconfig would do, before it is registered')
    .input(PreviewInput)
    .output(KubeconfigPreview),
  clusters: get('/clusters', 'Clusters of the registry').input(ClusterListInput).output(ClusterList),
  cluster: get('/clusters/{id}', 'A cluster').input(IdInput).output(Cluster),
  update: route('PATCH', '/clusters/{id}', 'Change, pause or resume a cluster')
    .input(ClusterChangeInput)
    .output(Cluster),
  /** Answers nothing: 204. `removal` says beforehand what goes and what stays. */
  remove: route('DELETE', '/clusters/{id}', 'Remove a cluster with everything that was collected of it', 204)
    .input(IdInput)
    .output(Nothing),
  removal: get('/clusters/{id}/removal', 'What a removal would take away, and what it leaves')
    .input(IdInput)
    .output(Removal),
  sync: route('POST', '/clusters/{id}/sync', 'Read a cluster now', 202).input(IdInput).output(SyncAnswer),
  health: get('/clusters/{id}/health', 'Health of a cluster, with the reasons').input(IdInput).output(ClusterHealth),
  healthHistory: get('/clusters/{id}/health/history', 'Changes of the health of a cluster')
    .input(HealthHistoryInput)
    .output(HealthHistory),
  namespaces: get('/clusters/{id}/namespaces', 'Namespaces of a cluster').input(IdPageInput).output(NamespaceList),
  nodes: get('/clusters/{id}/nodes', 'Nodes of a cluster').input(IdPageInput).output(NodeList),
  workloads: get('/clusters/{id}/workloads', 'Workloads of a cluster, those in trouble first')
    .input(IdPageInput)
    .output(WorkloadList),
  troubledPods: get('/clusters/{id}/pods', 'Pods of a cluster that are in trouble')
    .input(ClusterPodsInput)
    .output(TroubledPodList),
  costs: get('/namespaces/{id}/costs', 'Costs of a namespace by hour, day or month')
    .input(CostsInput)
    .output(NamespaceCosts),
  deployments: get('/namespaces/{id}/deployments', 'Workloads of a namespace')
    .input(IdPageInput)
    .output(DeploymentList),
  namespacePods: get('/namespaces/{id}/pods', 'Pods of a namespace').input(IdPageInput).output(PodList),
  deployment: get('/deployments/{id}', 'A workload').input(IdInput).output(Deployment),
  deploymentPods: get('/deployments/{id}/pods', 'Pods of a workload').input(IdPageInput).output(PodList),
  pod: get('/pods/{id}', 'A pod').input(IdInput).output(Pod),
  releases: get('/helm/releases', 'Helm releases').input(HelmInput).output(HelmReleaseList),
  clusterMetrics: get('/metrics/cluster/{id}', 'Usage of a cluster over time')
    .input(MetricsSeriesInput)
    .output(MetricsSeries),
  namespaceMetrics: get('/metrics/namespace/{id}', 'Usage of a namespace over time')
    .input(MetricsSeriesInput)
    .output(MetricsSeries),
  workers: get('/workers/status', 'State of the sync and cost workers').output(WorkersStatus),
  encryption: oc.errors(errors).output(EncryptionStatus),
  rotateKey: oc.errors(errors).input(RotateInput).output(RotateAnswer),
};
