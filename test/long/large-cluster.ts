import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { RawObject } from '../fakes/kubernetes/recordings.ts';

/** A cluster of 60 nodes with 3,000 pods at any time, of which 150 are jobs that live for 40 minutes. */
export const NODES = 60;
export const SERVICE_PODS = 2_850;
export const JOB_PODS = 150;
const JOB_SECONDS = 2_400;
const SCRAPE_SECONDS = 300;
const GIB = 1024 ** 3;

interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly node: string;
  readonly owner: { readonly kind: string; readonly name: string };
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly cores: number;
}

const nodeName = (index: number): string => `ip-10-0-${index}-17.eu-west-3.compute.internal`;

/** Pods that live at some time between two instants; jobs begin anew each 40 minutes. */
export function podsBetween(fromSeconds: number, toSeconds: number, startSeconds: number): Pod[] {
  const pods: Pod[] = [];
  for (let index = 0; index < SERVICE_PODS; index += 1) {
    const owner = `service-${Math.floor(index / 6)}-7d9c6b5f4`;
    const name = `${owner}-${(index * 7919).toString(36).padStart(5, 'x')}`;
    pods.push({
      ...place(index, name),
      owner: { kind: 'ReplicaSet', name: owner },
      startSeconds: startSeconds - 86_400,
      endSeconds: Number.POSITIVE_INFINITY,
    });
  }
  const first = Math.floor((fromSeconds - startSeconds) / JOB_SECONDS) - 1;
  for (let turn = first; startSeconds + turn * JOB_SECONDS < toSeconds; turn += 1) {
    for (let index = 0; index < JOB_PODS; index += 1) {
      const begin = startSeconds + turn * JOB_SECONDS + index * 16;
      const owner = `job-${index}-${turn + 100}`;
      if (begin >= toSeconds || begin + JOB_SECONDS <= fromSeconds) continue;
      pods.push({
        ...place(index, `${owner}-abcde`),
        owner: { kind: 'Job', name: owner },
        startSeconds: begin,
        endSeconds: begin + JOB_SECONDS,
      });
    }
  }
  return pods;
}

function place(index: number, name: string) {
  return {
    namespace: `team-${index % 40}`,
    name,
    uid: `uid-${name}`,
    node: nodeName(index % NODES),
    cores: 0.01 + (index % 20) / 100,
  };
}

/** All samples from one instant (inclusive) to another, family by family, as `promtool` takes them. */
export async function writeSamples(
  file: string,
  fromSeconds: number,
  toSeconds: number,
  startSeconds: number,
): Promise<void> {
  const out = createWriteStream(file);
  const pods = podsBetween(fromSeconds, toSeconds, startSeconds);
  const put = async (text: string): Promise<void> => {
    if (!out.write(text)) await once(out, 'drain');
  };
  const lines = (head: string, from: number, to: number, valueAt: (seconds: number) => number): string => {
    let text = '';
    for (
      let at = Math.ceil(Math.max(from, fromSeconds) / SCRAPE_SECONDS) * SCRAPE_SECONDS;
      at < Math.min(to, toSeconds);
      at += SCRAPE_SECONDS
    ) {
      text += `${head} ${valueAt(at)} ${at}\n`;
    }
    return text;
  };
  const family = async (
    name: string,
    type: 'counter' | 'gauge',
    each: (pod: Pod, sample: string) => string,
  ): Promise<void> => {
    await put(`# TYPE ${name} ${type}\n`);
    for (const pod of pods) await put(each(pod, type === 'counter' ? `${name}_total` : name));
  };
  const container = (pod: Pod): string =>
    `container="main",image="registry.example/app:1",namespace="${pod.namespace}",pod="${pod.name}",node="${pod.node}",job="kubelet"`;
  const counter = (name: string, perSecond: (pod: Pod) => number, extra = '') =>
    family(name, 'counter', (pod, sample) =>
      lines(
        `${sample}{${container(pod)}${extra}}`,
        pod.startSeconds,
        pod.endSeconds,
        (at) => (at - pod.startSeconds) * perSecond(pod),
      ),
    );
  const gauge = (name: string, labels: (pod: Pod) => string, value: (pod: Pod) => number) =>
    family(name, 'gauge', (pod, sample) =>
      lines(`${sample}{${labels(pod)}}`, pod.startSeconds, pod.endSeconds, () => value(pod)),
    );

  await put('# TYPE container_cpu_usage_seconds counter\n');
  for (let node = 0; node < NODES; node += 1) {
    const head = `container_cpu_usage_seconds_total{id="/",node="${nodeName(node)}",job="kubelet"}`;
    await put(lines(head, fromSeconds, toSeconds, (at) => (at - startSeconds + 86_400) * 6));
  }
  for (const pod of pods) {
    const head = `container_cpu_usage_seconds_total{${container(pod)}}`;
    await put(lines(head, pod.startSeconds, pod.endSeconds, (at) => (at - pod.startSeconds) * pod.cores));
  }
  await gauge('container_memory_working_set_bytes', container, (pod) => Math.round(pod.cores * 2 * GIB));
  await counter('container_network_receive_bytes', () => 1000, ',interface="eth0"');
  await counter('container_network_transmit_bytes', () => 700, ',interface="eth0"');
  await counter('container_fs_reads_bytes', () => 50);
  await counter('container_fs_writes_bytes', () => 90);
  const pod = (each: Pod): string => `namespace="${each.namespace}",pod="${each.name}"`;
  await gauge(
    'kube_pod_info',
    (each) => `${pod(each)},node="${each.node}",uid="${each.uid}",host_network="false"`,
    () => 1,
  );
  await gauge(
    'kube_pod_owner',
    (each) => `${pod(each)},owner_kind="${each.owner.kind}",owner_name="${each.owner.name}",owner_is_controller="true"`,
    () => 1,
  );
  await put('# TYPE kube_pod_container_resource_requests gauge\n');
  for (const each of pods) {
    for (const [resource, value] of [
      ['cpu', each.cores],
      ['memory', GIB],
    ] as const) {
      const head = `kube_pod_container_resource_requests{${pod(each)},container="main",resource="${resource}"}`;
      await put(lines(head, each.startSeconds, each.endSeconds, () => value));
    }
  }
  await gauge('kube_pod_start_time', pod, (each) => each.startSeconds);
  await keplerFamilies(put, lines, pods, { fromSeconds, toSeconds, startSeconds });
  out.end('# EOF\n');
  await once(out, 'finish');
}

/** Kepler 0.10 on every node: joules of nodes and pods in two zones. */
async function keplerFamilies(
  put: (text: string) => Promise<void>,
  lines: (head: string, from: number, to: number, valueAt: (seconds: number) => number) => string,
  pods: readonly Pod[],
  { fromSeconds, toSeconds, startSeconds }: Readonly<Record<'fromSeconds' | 'toSeconds' | 'startSeconds', number>>,
): Promise<void> {
  for (const what of ['active', 'idle']) {
    await put(`# TYPE kepler_node_cpu_${what}_joules counter\n`);
    for (let node = 0; node < NODES; node += 1) {
      for (const zone of ['package', 'dram']) {
        const labels = `zone="${zone}",path="/${zone}",node_name="${nodeName(node)}",job="kepler"`;
        const head = `kepler_node_cpu_${what}_joules_total{${labels}}`;
        await put(lines(head, fromSeconds, toSeconds, (at) => (at - startSeconds + 86_400) * 20));
      }
    }
  }
  await put('# TYPE kepler_pod_cpu_joules counter\n');
  for (const pod of pods) {
    for (const zone of ['package', 'dram']) {
      const own = `pod_id="${pod.uid}",pod_name="${pod.name}",pod_namespace="${pod.namespace}",state="running"`;
      const head = `kepler_pod_cpu_joules_total{${own},zone="${zone}",node_name="${pod.node}",job="kepler"}`;
      await put(lines(head, pod.startSeconds, pod.endSeconds, (at) => (at - pod.startSeconds) * pod.cores));
    }
  }
}

/** What the API server lists at an instant. */
export function listsAt(
  atSeconds: number,
  startSeconds: number,
): Record<'nodes' | 'pods' | 'namespaces' | 'services' | 'replicaSets' | 'jobs', RawObject[]> {
  const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  const pods = podsBetween(atSeconds, atSeconds + 1, startSeconds);
  const resources = { cpu: '8', memory: `${64 * 1024 * 1024}Ki` };
  return {
    nodes: Array.from({ length: NODES }, (_, index) => ({
      metadata: {
        name: nodeName(index),
        uid: `node-${index}`,
        creationTimestamp: iso(startSeconds - 86_400),
        labels: {
          'node.kubernetes.io/instance-type': 'm5.2xlarge',
          'topology.kubernetes.io/region': 'eu-west-3',
          'topology.kubernetes.io/zone': 'eu-west-3a',
        },
      },
      spec: { providerID: `aws:///eu-west-3a/i-${index}` },
      status: {
        capacity: resources,
        allocatable: resources,
        addresses: [],
        nodeInfo: { architecture: 'amd64', operatingSystem: 'linux' },
      },
    })),
    pods: pods.map((each) => ({
      metadata: {
        namespace: each.namespace,
        name: each.name,
        uid: each.uid,
        creationTimestamp: iso(each.startSeconds),
        labels: { app: each.owner.name },
        ownerReferences: [{ ...each.owner, controller: true }],
      },
      spec: {
        nodeName: each.node,
        containers: [
          { name: 'main', resources: { requests: { cpu: `${Math.round(each.cores * 1000)}m`, memory: '1Gi' } } },
        ],
      },
      status: { phase: 'Running', startTime: iso(each.startSeconds), containerStatuses: [] },
    })),
    namespaces: [{ metadata: { name: 'kube-system', uid: '00000000-0000-4000-8000-00000000ca5e' } }],
    services: [
      {
        metadata: { name: 'prometheus-server', namespace: 'monitoring', labels: {} },
        spec: { ports: [{ name: 'http', port: 80 }] },
      },
    ],
    replicaSets: [],
    jobs: [],
  };
}
