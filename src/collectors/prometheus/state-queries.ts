import { BY_STATE_POD } from './labels.ts';
import type { Select } from './matchers.ts';

/** PromQL over kube-state-metrics for one window length, each to be evaluated at window ends. */
export interface StateQueries {
  readonly podInfo: string;
  readonly podOwner: string;
  readonly replicaSetOwner: string;
  readonly jobOwner: string;
  readonly requests: string;
  readonly initRequests: string;
  /** Pods in another phase than Running; the rest of `podInfo` runs. */
  readonly otherPhases: string;
  /** Epoch seconds, label `what`: scheduled, started, created, completed. */
  readonly podTimes: string;
  /** Pods that were there in the window and are not at its end. */
  readonly gonePods: string;
  readonly restarts: string;
  readonly nodeInfo: string;
  /** Nodes that were still there at the end of the window. */
  readonly nodesAtEnd: string;
  /** Label `what`: capacity, allocatable, created. */
  readonly nodeFigures: string;
  readonly nodeLabels: string;
}

const NODE = 'node,exported_node';

/** Whole cards of each vendor as kube-state-metrics spells `nvidia.com/gpu` and the like. */
export const GPU_RESOURCES = ['nvidia_com_gpu', 'amd_com_gpu', 'gpu_intel_com_i915', 'gpu_intel_com_xe'] as const;
const GPUS = GPU_RESOURCES.join('|');

export function stateQueries(select: Select, windowSeconds: number, intervalSeconds: number): StateQueries {
  const range = `[${windowSeconds}s]`;
  const near = `[${Math.ceil(2.5 * intervalSeconds)}s]`;
  const last = (metric: string, ...matchers: string[]): string =>
    `last_over_time(${select(metric, ...matchers)}${range})`;
  const podMax = (labels: string, expression: string): string => `max by (${labels}${BY_STATE_POD}) (${expression})`;
  const tagged = (what: string, expression: string): string => `label_replace(${expression},"what","${what}","","")`;

  const requestsOf = (metric: string): string => {
    const unitless = (resource: string, suffix: string): string =>
      `label_replace(${last(`${metric}_${suffix}`)},"resource","${resource}","","")`;
    // Before 2.0 kube-state-metrics had one metric a resource, and no `resource` label.
    return `(${last(metric, `resource=~"cpu|memory|${GPUS}"`)} or ${unitless('cpu', 'cpu_cores')} or ${unitless('memory', 'memory_bytes')})`;
  };
  const container = 'container,exported_container,resource,';
  const restarts = select('kube_pod_container_status_restarts_total');
  // Reaches back to the last scrape before the window, so that no change between two scrapes is lost or seen twice.
  const reach = `[${windowSeconds + Math.max(1, Math.round(intervalSeconds)) - 1}s]`;

  return {
    podInfo: podMax(`${NODE},host_network,created_by_kind,created_by_name,`, last('kube_pod_info')),
    podOwner: podMax('owner_kind,owner_name,', last('kube_pod_owner', 'owner_is_controller!="false"')),
    replicaSetOwner: `max by (namespace,exported_namespace,replicaset,owner_kind,owner_name) (${last('kube_replicaset_owner')})`,
    jobOwner: `max by (namespace,exported_namespace,job_name,exported_job_name,owner_kind,owner_name) (${last('kube_job_owner')})`,
    requests: `sum by (resource,${BY_STATE_POD}) (${podMax(container, requestsOf('kube_pod_container_resource_requests'))})`,
    initRequests: podMax('resource,', requestsOf('kube_pod_init_container_resource_requests')),
    otherPhases: podMax('phase,', `${last('kube_pod_status_phase', 'phase!="Running"')} == 1`),
    podTimes: podMax(
      'what,',
      [
        tagged('scheduled', last('kube_pod_status_scheduled_time')),
        tagged('started', last('kube_pod_start_time')),
        tagged('created', last('kube_pod_created')),
        tagged('completed', last('kube_pod_completion_time')),
      ].join(' or '),
    ),
    gonePods: `count by (${BY_STATE_POD}) (count_over_time(${select('kube_pod_info')}${range})) unless count by (${BY_STATE_POD}) (count_over_time(${select('kube_pod_info')}${near}))`,
    restarts: `sum by (${BY_STATE_POD}) (max by (container,exported_container,${BY_STATE_POD}) (max_over_time(${restarts}${reach}) - min_over_time(${restarts}${reach}))) > 0`,
    nodeInfo: `max by (${NODE},internal_ip,provider_id,system_uuid) (${last('kube_node_info')})`,
    nodesAtEnd: `count by (${NODE}) (count_over_time(${select('kube_node_info')}${near}))`,
    nodeFigures: `max by (what,resource,${NODE}) (${[
      tagged('capacity', last('kube_node_status_capacity', `resource=~"cpu|memory|${GPUS}"`)),
      tagged('allocatable', last('kube_node_status_allocatable', 'resource=~"cpu|memory"')),
      tagged('created', last('kube_node_created')),
    ].join(' or ')})`,
    nodeLabels: `max by (${NODE},${NODE_LABELS.join(',')}) (${last('kube_node_labels')})`,
  };
}

/** Well-known node labels as kube-state-metrics spells them, with the names of before 1.17 after those of today. */
export const NODE_LABELS = [
  'label_topology_kubernetes_io_region',
  'label_failure_domain_beta_kubernetes_io_region',
  'label_topology_kubernetes_io_zone',
  'label_failure_domain_beta_kubernetes_io_zone',
  'label_node_kubernetes_io_instance_type',
  'label_beta_kubernetes_io_instance_type',
  'label_kubernetes_io_arch',
  'label_kubernetes_io_os',
] as const;
