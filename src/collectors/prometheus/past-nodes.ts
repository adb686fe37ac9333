import type { NodeDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { Labels } from './answer.ts';
import { ownLabel } from './labels.ts';
import type { StateAnswers } from './past-pods.ts';
import { SeriesIndex } from './series-index.ts';
import { GPU_RESOURCES } from './state-queries.ts';

export type DescribedNode = Partial<Omit<NodeDescription, 'name'>>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What kube-state-metrics remembers of nodes, by window end and name. */
export interface PastNodes {
  names(endSeconds: EpochSeconds): readonly string[];
  described(endSeconds: EpochSeconds, name: string): DescribedNode | null;
  /** Null where nothing tells, for example because kube-state-metrics was not scraped then. */
  isThereAtEnd(endSeconds: EpochSeconds, name: string): boolean | null;
  createdAtSeconds(endSeconds: EpochSeconds, name: string): EpochSeconds | null;
}

export function pastNodes(
  answers: Pick<StateAnswers, 'nodeInfo' | 'nodesAtEnd' | 'nodeFigures' | 'nodeLabels'>,
): PastNodes {
  const byName = (labels: Labels): string | null => ownLabel(labels, 'node');
  const info = new SeriesIndex(answers.nodeInfo, byName);
  const figures = new SeriesIndex(answers.nodeFigures, byName);
  const atEnd = new SeriesIndex(answers.nodesAtEnd, byName);
  const labels = new SeriesIndex(answers.nodeLabels, byName);

  const figure = (end: EpochSeconds, name: string, what: string, resource: string): number | null =>
    figures.all(end, name).find((f) => f.labels.what === what && (f.labels.resource ?? '') === resource)?.value ?? null;

  return {
    names: (end) => info.keys(end),
    isThereAtEnd: (end, name) => (atEnd.keys(end).length === 0 ? null : atEnd.all(end, name).length > 0),
    createdAtSeconds: (end, name) => figure(end, name, 'created', ''),
    described(end, name) {
      const described: Mutable<DescribedNode> = {};
      const text = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);
      const put = <K extends keyof DescribedNode>(key: K, value: DescribedNode[K] | null): void => {
        if (value !== null && value !== undefined) described[key] = value;
      };
      const own = info.all(end, name)[0]?.labels ?? {};
      put('providerId', text(own.provider_id));
      const address = text(own.internal_ip);
      put('addresses', address === null ? null : [address]);

      const millicores = (what: string): number | null => {
        const cores = figure(end, name, what, 'cpu');
        return cores === null ? null : cores * 1000;
      };
      put('cpuCapacityMillicores', millicores('capacity'));
      put('cpuAllocatableMillicores', millicores('allocatable'));
      put('memoryCapacityBytes', figure(end, name, 'capacity', 'memory'));
      put('memoryAllocatableBytes', figure(end, name, 'allocatable', 'memory'));
      const cards = GPU_RESOURCES.map((resource) => figure(end, name, 'capacity', resource)).filter((n) => n !== null);
      put('gpuCount', cards.length === 0 ? null : cards.reduce((sum, count) => sum + count, 0));
      put('createdAtSeconds', figure(end, name, 'created', ''));

      const known = labels.all(end, name)[0]?.labels ?? {};
      put(
        'region',
        text(known.label_topology_kubernetes_io_region ?? known.label_failure_domain_beta_kubernetes_io_region),
      );
      put('zone', text(known.label_topology_kubernetes_io_zone ?? known.label_failure_domain_beta_kubernetes_io_zone));
      put(
        'instanceType',
        text(known.label_node_kubernetes_io_instance_type ?? known.label_beta_kubernetes_io_instance_type),
      );
      put('architecture', text(known.label_kubernetes_io_arch));
      put('os', text(known.label_kubernetes_io_os));
      return Object.keys(described).length === 0 ? null : described;
    },
  };
}
