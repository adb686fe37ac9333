import { type RawObject, recordedItems, recordedPods } from '../../test/fakes/kubernetes/recordings.ts';
import { recordedCollections } from '../../test/fakes/kubernetes/stub-objects.ts';

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
}

const NAMESPACES = 50;
const PODS_A_WORKLOAD = 10;

/** A cluster of so many nodes and pods, made of the recorded ones, so that objects have their real size. */
export function largeCluster(nodeCount: number, podCount: number): Record<string, RawObject[]> {
  const nodes = copies(recordedItems('nodes'), nodeCount, (index) => ({ name: `node-${index}` }));
  const namespaces = [
    ...recordedItems('namespaces').filter(({ metadata }) => (metadata as Metadata).name === 'kube-system'),
    ...copies(recordedItems('namespaces'), NAMESPACES, (index) => ({ name: `team-${index}` })),
  ];
  const running = recordedPods().filter(({ status }) => (status as RawObject).phase === 'Running');
  const workloads = Math.ceil(podCount / PODS_A_WORKLOAD);
  const place = (index: number) => ({ namespace: `team-${index % NAMESPACES}`, app: `app-${index}` });
  const pods = copies(running, podCount, (index) => {
    const { namespace, app } = place(index % workloads);
    const owner = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: `${app}-5d5f`,
      uid: `rs-${app}`,
      controller: true,
    };
    return { name: `${app}-5d5f-${index}`, namespace, ownerReferences: [owner] };
  }).map((pod, index) => ({ ...pod, spec: { ...(pod.spec as RawObject), nodeName: `node-${index % nodeCount}` } }));
  const deployments = copies(recordedItems('deployments'), workloads, (index) => {
    const { namespace, app } = place(index);
    return { name: app, namespace };
  });
  const replicaSets = copies(recordedItems('replicasets'), workloads, (index) => {
    const { namespace, app } = place(index);
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: app, uid: `d-${app}`, controller: true };
    return { name: `${app}-5d5f`, namespace, ownerReferences: [owner] };
  });
  return {
    ...recordedCollections(),
    '/api/v1/nodes': nodes,
    '/api/v1/namespaces': namespaces,
    '/api/v1/pods': pods,
    '/apis/apps/v1/deployments': deployments,
    '/apis/apps/v1/replicasets': replicaSets,
  };
}

function copies(
  originals: readonly RawObject[],
  count: number,
  change: (index: number) => Readonly<Record<string, unknown>>,
): RawObject[] {
  return Array.from({ length: count }, (_, index) => {
    const original = originals[index % originals.length] ?? {};
    const metadata = { ...(original.metadata as RawObject), uid: uid(index, original), ...change(index) };
    return { ...original, metadata };
  });
}

function uid(index: number, { kind }: RawObject): string {
  const group = String(kind ?? '0')
    .length.toString(16)
    .padStart(4, '0');
  return `00000000-0000-4000-${group}-${index.toString(16).padStart(12, '0')}`;
}
