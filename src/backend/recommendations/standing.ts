import type { NamedValues, Recommendation } from '../../model/recommendations/recommendation.ts';
import type { ClusterLayout, ContainerResources, LayoutPod, WorkloadSpec } from '../../model/scheduling.ts';
import type { Standing } from './merge-run.ts';

/** A value at most so much off the recommended one counts as followed: people round. */
const TOLERANCE = 1.1;

type Part = Pick<Recommendation, 'type' | 'scope' | 'target' | 'current' | 'recommended' | 'actual'>;

/** How the cluster as it is now stands to a recommendation. What isn't in the layout or can't be told by it is `unknown`. */
export function standingIn(layout: ClusterLayout | null, item: Part): Standing {
  if (layout === null || layout.clusterId !== item.target.clusterId) return 'unknown';
  switch (item.type) {
    case 'RIGHTSIZING_CPU':
    case 'RIGHTSIZING_MEMORY':
      return ofResources(layout, item);
    case 'MISSING_REQUESTS':
      return ofMissing(layout, item);
    case 'ZOMBIE_POD':
      return ofSwitchedOff(layout, item);
    case 'IDLE_NAMESPACE':
      return ofNamespace(layout, item);
    case 'AUTOSCALING_CANDIDATE':
      return ofAutoscaler(layout, item);
    case 'CARBON_AWARE_SCHEDULING':
      return ofSchedule(layout, item);
    case 'OFF_PEAK_SCALING':
      // Who scales at night does so by a schedule that need not be in the cluster: a person says it.
      return 'unknown';
    case 'OVERPROVISIONED_NODE':
    case 'UNDERUTILIZED_NODE':
      return ofNode(layout, item);
    case 'CONSOLIDATE_NODES':
      return ofNodes(layout, item);
  }
}

/** Each value that was to change has to be where it was to go, of the template and of the pods that run. */
function ofResources(layout: ClusterLayout, item: Part): Standing {
  const spec = specOf(layout, item);
  if (spec === null) return 'unknown';
  const standings = Object.entries(RESOURCES).flatMap(([name, of]): Standing[] => {
    const wanted = numberIn(item.actual ?? {}, name) ?? numberIn(item.recommended, name);
    const before = numberIn(item.current, name);
    if (wanted === null || wanted === before) return [];
    const isLess = before !== null && wanted < before;
    const values = of(spec, podsOf(layout, item)).filter((value) => value !== null);
    if (values.length === 0) return ['unknown'];
    return [
      values.every((now) => (isLess ? now <= most(wanted, before) : now >= least(wanted, before))) ? 'applied' : 'open',
    ];
  });
  if (standings.length === 0 || standings.includes('unknown')) return 'unknown';
  return standings.includes('open') ? 'open' : 'applied';
}

/** A small step is less than the tolerance: then it has to be more than half gone. */
function most(wanted: number, before: number): number {
  return Math.min(wanted * TOLERANCE, (wanted + before) / 2);
}

function least(wanted: number, before: number | null): number {
  return Math.max(wanted / TOLERANCE, (wanted + (before ?? 0)) / 2);
}

type Reading = (spec: WorkloadSpec, pods: readonly LayoutPod[]) => readonly (number | null)[];

/** What a pod has now by the template, and what those have that run, by the names of the values. A request that is left out is the limit. */
const RESOURCES: Readonly<Record<string, Reading>> = {
  cpu_request: (spec, pods) => [
    total(spec, (each) => each.cpuRequestMillicores ?? each.cpuLimitMillicores),
    ...pods.map((pod) => pod.requests.cpuMillicores),
  ],
  cpu_limit: (spec) => [total(spec, (each) => each.cpuLimitMillicores)],
  memory_request: (spec, pods) => [
    total(spec, (each) => each.memoryRequestBytes ?? each.memoryLimitBytes),
    ...pods.map((pod) => pod.requests.memoryBytes),
  ],
  memory_limit: (spec) => [total(spec, (each) => each.memoryLimitBytes)],
};

/** Null where no container has one. */
function total({ containers }: WorkloadSpec, of: (container: ContainerResources) => number | null): number | null {
  const values = containers.flatMap((each) => of(each) ?? []);
  return values.length === 0 ? null : sum(values);
}

/** Those that hold room: while a rollout goes on, old ones still do. */
function podsOf(layout: ClusterLayout, { target }: Part): readonly LayoutPod[] {
  const { namespace, ownerKind, ownerName } = target;
  return layout.pods.filter(
    (pod) =>
      pod.namespace === namespace &&
      (pod.phase === 'Running' || pod.phase === 'Pending') &&
      (ownerKind === 'Pod' ? pod.name === ownerName : pod.owner?.kind === ownerKind && pod.owner.name === ownerName),
  );
}

function ofMissing(layout: ClusterLayout, item: Part): Standing {
  const spec = specOf(layout, item);
  if (spec === null || spec.containers.length === 0) return 'unknown';
  const asks = (name: string) => numberIn(item.recommended, name) !== null;
  const isWhole = spec.containers.every(
    ({ cpuRequestMillicores, cpuLimitMillicores, memoryRequestBytes, memoryLimitBytes }) =>
      ((cpuRequestMillicores ?? cpuLimitMillicores) !== null || !asks('cpu_request')) &&
      ((memoryRequestBytes ?? memoryLimitBytes) !== null || !asks('memory_request')),
  );
  return isWhole ? 'applied' : 'open';
}

function ofSwitchedOff(layout: ClusterLayout, item: Part): Standing {
  if (!knowsPods(layout)) return 'unknown';
  const runs = podsOf(layout, item).length > 0;
  if (item.target.ownerKind === 'Pod') return runs ? 'open' : 'applied';
  const spec = specOf(layout, item);
  if (spec === null) return runs ? 'unknown' : 'applied';
  return spec.suspended || spec.replicas === 0 ? 'applied' : 'open';
}

function ofNamespace(layout: ClusterLayout, { target }: Part): Standing {
  if (!knowsPods(layout)) return 'unknown';
  const isIn = layout.pods.some((pod) => pod.namespace === target.namespace && !pod.isDaemonSet);
  return isIn ? 'open' : 'applied';
}

function ofAutoscaler(layout: ClusterLayout, { target }: Part): Standing {
  if (layout.missing.includes('horizontalpodautoscalers')) return 'unknown';
  const scales = layout.autoscalers.some(
    (each) =>
      each.kind === 'horizontal' &&
      each.namespace === target.namespace &&
      each.targetKind === target.ownerKind &&
      each.targetName === target.ownerName,
  );
  return scales ? 'applied' : 'open';
}

function ofSchedule(layout: ClusterLayout, item: Part): Standing {
  const spec = specOf(layout, item);
  const wanted = item.actual?.schedule ?? item.recommended.schedule ?? null;
  if (spec === null || spec.schedule === null || typeof wanted !== 'string') return 'unknown';
  return spec.schedule.trim() === wanted.trim() ? 'applied' : 'open';
}

function ofNode(layout: ClusterLayout, { target }: Part): Standing {
  if (layout.nodes.length === 0) return 'unknown';
  return layout.nodes.some((node) => node.name === target.node) ? 'open' : 'applied';
}

function ofNodes(layout: ClusterLayout, { recommended }: Part): Standing {
  const wanted = numberIn(recommended, 'nodes');
  if (layout.nodes.length === 0 || wanted === null) return 'unknown';
  return layout.nodes.length <= wanted ? 'applied' : 'open';
}

/** A layout without pods was read while nothing was known, or may not read them: it says nothing of what is gone. */
function knowsPods(layout: ClusterLayout): boolean {
  return layout.pods.length > 0 && !layout.missing.includes('pods');
}

function specOf(layout: ClusterLayout, { target }: Part): WorkloadSpec | null {
  const found = layout.workloads.find(
    ({ namespace, kind, name }) =>
      namespace === target.namespace && kind === target.ownerKind && name === target.ownerName,
  );
  return found ?? null;
}

function numberIn(values: NamedValues, name: string): number | null {
  const value = values[name];
  return typeof value === 'number' ? value : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
