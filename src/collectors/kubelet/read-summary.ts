import type { ClaimSample, CpuSample, NodeSample, PodSample } from '../../core/ports/usage-samples.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { podSchema, type SummaryCpu, type SummaryPod, summarySchema } from './summary-schema.ts';

const NANOSECONDS = 1e9;
/** The kubelet measures every 10 to 20 s. What it dates further away than this comes from a clock that goes wrong. */
const MOST_OFF_SECONDS = 120;

/** A node and its pods from what its kubelet answered; null where that is no summary. */
export function readSummary(raw: unknown, nowSeconds: EpochSeconds): NodeSample | null {
  const parsed = summarySchema.safeParse(raw);
  if (!parsed.success) return null;
  const { node, pods } = parsed.data;
  const cpu = cpuOf(node.cpu, nowSeconds);
  return {
    node: node.nodeName,
    atSeconds: cpu?.atSeconds ?? nowSeconds,
    cpu,
    pods: (pods ?? []).flatMap((each) => {
      const pod = podSchema.safeParse(each);
      return pod.success ? [podOf(pod.data, nowSeconds)] : [];
    }),
  };
}

function podOf(pod: SummaryPod, nowSeconds: EpochSeconds): PodSample {
  return {
    namespace: pod.podRef.namespace,
    name: pod.podRef.name,
    uid: pod.podRef.uid ?? null,
    startedAtSeconds: instantOf(pod.startTime),
    cpu: cpuOf(pod.cpu, nowSeconds),
    memoryBytes: pod.memory?.workingSetBytes ?? null,
    networkReceiveBytes: networkBytes(pod, 'rxBytes'),
    networkTransmitBytes: networkBytes(pod, 'txBytes'),
    ephemeralStorageBytes: pod['ephemeral-storage']?.usedBytes ?? null,
    claims: claimsOf(pod),
  };
}

function cpuOf(cpu: SummaryCpu, nowSeconds: EpochSeconds): CpuSample | null {
  if (cpu?.usageCoreNanoSeconds === undefined) return null;
  const measuredAt = instantOf(cpu.time);
  const isNear = measuredAt !== null && Math.abs(measuredAt - nowSeconds) <= MOST_OFF_SECONDS;
  const atSeconds = isNear ? measuredAt : nowSeconds;
  return { kind: 'counter', atSeconds, coreSeconds: cpu.usageCoreNanoSeconds / NANOSECONDS };
}

/** The kubelet gives the default interface by itself and, in newer versions, all of them in a list. */
function networkBytes({ network }: SummaryPod, direction: 'rxBytes' | 'txBytes'): number | null {
  const listed = (network?.interfaces ?? []).flatMap((each) => each[direction] ?? []);
  if (listed.length > 0) return listed.reduce((sum, bytes) => sum + bytes, 0);
  return network?.[direction] ?? null;
}

function claimsOf(pod: SummaryPod): ClaimSample[] {
  return (pod.volume ?? []).flatMap(({ pvcRef, usedBytes, capacityBytes }) => {
    if (pvcRef === undefined) return [];
    const { namespace, name: claim } = pvcRef;
    return [{ namespace, claim, usedBytes: usedBytes ?? null, capacityBytes: capacityBytes ?? null }];
  });
}

function instantOf(text: string | undefined): EpochSeconds | null {
  const milliseconds = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}
