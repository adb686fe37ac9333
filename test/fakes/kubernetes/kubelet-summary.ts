import type { RawObject } from './recordings.ts';

export interface SummaryPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly startSeconds: number;
  /** CPU seconds since the pod's start. */
  readonly cpuSeconds: number;
  readonly memoryBytes?: number;
  readonly networkBytes?: number;
  readonly claim?: { readonly name: string; readonly usedBytes: number };
}

/** What a kubelet answers to `/stats/summary`. Form: k8s.io/kubelet, `pkg/apis/stats/v1alpha1`. */
export function kubeletSummary(input: {
  readonly node: string;
  readonly atSeconds: number;
  readonly cpuSeconds: number;
  readonly pods: readonly SummaryPod[];
}): RawObject {
  const time = iso(input.atSeconds);
  const cpu = (seconds: number) => ({
    time,
    usageNanoCores: 250_000_000,
    usageCoreNanoSeconds: Math.round(seconds * 1e9),
  });
  return {
    node: {
      nodeName: input.node,
      startTime: iso(0),
      cpu: cpu(input.cpuSeconds),
      memory: { time, workingSetBytes: 5_000_000_000 },
      fs: { time, usedBytes: 20_000_000_000, capacityBytes: 100_000_000_000 },
      systemContainers: [{ name: 'kubelet', startTime: iso(0), cpu: cpu(input.cpuSeconds / 100) }],
    },
    pods: input.pods.map((pod) => ({
      podRef: { name: pod.name, namespace: pod.namespace, uid: pod.uid ?? `uid-of-${pod.name}` },
      startTime: iso(pod.startSeconds),
      containers: [{ name: 'main', startTime: iso(pod.startSeconds), cpu: cpu(pod.cpuSeconds) }],
      cpu: cpu(pod.cpuSeconds),
      memory: { time, workingSetBytes: pod.memoryBytes ?? 100_000_000, usageBytes: 2 * (pod.memoryBytes ?? 1) },
      network: {
        time,
        name: 'eth0',
        rxBytes: pod.networkBytes ?? 0,
        txBytes: 2 * (pod.networkBytes ?? 0),
        interfaces: [{ name: 'eth0', rxBytes: pod.networkBytes ?? 0, txBytes: 2 * (pod.networkBytes ?? 0) }],
      },
      volume: [
        { name: 'kube-api-access', usedBytes: 12_288, capacityBytes: 1_000_000 },
        ...(pod.claim === undefined
          ? []
          : [
              {
                name: 'data',
                pvcRef: { name: pod.claim.name, namespace: pod.namespace },
                usedBytes: pod.claim.usedBytes,
                capacityBytes: 10 * pod.claim.usedBytes,
              },
            ]),
      ],
      'ephemeral-storage': { time, usedBytes: 40_960, availableBytes: 80_000_000_000 },
    })),
  };
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
