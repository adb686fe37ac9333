import * as z from 'zod';
import type { KubernetesApi } from '../../core/ports/kubernetes-api.ts';
import type { CpuSample, NodeSample, PodSample } from '../../core/ports/usage-samples.ts';
import { parseQuantity } from '../../model/quantity.ts';
import type { EpochSeconds } from '../../model/time.ts';

export interface MetricsServer {
  /**
   * CPU and memory of all nodes and pods now. The API doesn't say where a pod runs: `nodeOf` does (by
   * `namespace/name`), and pods that it doesn't know are left out. Throws `Failure` where the API is not there or not allowed.
   */
  sample(
    nodeOf: (pod: string) => string | null,
    nowSeconds: EpochSeconds,
    signal: AbortSignal,
  ): Promise<readonly NodeSample[]>;
}

const ROOT = '/apis/metrics.k8s.io/v1beta1';
const DEFAULT_WINDOW_SECONDS = 15;
const MOST_OFF_SECONDS = 180;

const usage = z.object({ cpu: z.string().optional(), memory: z.string().optional() });
const metadata = z.object({ name: z.string().min(1), namespace: z.string().optional() });
const measured = { timestamp: z.string().optional(), window: z.string().optional() };
const nodeSchema = z.object({ metadata, ...measured, usage });
const podSchema = z.object({ metadata, ...measured, containers: z.array(z.object({ usage })) });

/** metrics.k8s.io/v1beta1, as metrics-server and adapters of it serve. Its CPU is a mean over the last seconds. */
export function createMetricsServer(api: KubernetesApi): MetricsServer {
  return {
    async sample(nodeOf, nowSeconds, signal) {
      const access = (resource: 'nodes' | 'pods') => ({ verb: 'list', resource, apiGroup: 'metrics.k8s.io' }) as const;
      const read = { node: nodeReader(nowSeconds), pod: podReader(nowSeconds) };
      const nodes = await api.list(`${ROOT}/nodes`, access('nodes'), read.node, signal);
      const pods = await api.list(`${ROOT}/pods`, access('pods'), read.pod, signal);
      const byNode = Map.groupBy(pods, (pod) => nodeOf(`${pod.namespace}/${pod.name}`));
      return nodes.map((node) => ({ ...node, pods: byNode.get(node.node) ?? [] }));
    },
  };
}

function nodeReader(nowSeconds: EpochSeconds) {
  return (raw: unknown): NodeSample | null => {
    const parsed = nodeSchema.safeParse(raw);
    if (!parsed.success) return null;
    const atSeconds = instantOf(parsed.data.timestamp, nowSeconds);
    const cpu = rateOf([parsed.data.usage.cpu], atSeconds, parsed.data.window);
    return { node: parsed.data.metadata.name, atSeconds, cpu, pods: [] };
  };
}

function podReader(nowSeconds: EpochSeconds) {
  return (raw: unknown): PodSample | null => {
    const parsed = podSchema.safeParse(raw);
    if (!parsed.success || parsed.data.metadata.namespace === undefined) return null;
    const { metadata: names, containers, timestamp, window } = parsed.data;
    const memory = containers.map((container) => quantityOf(container.usage.memory));
    return {
      namespace: parsed.data.metadata.namespace,
      name: names.name,
      uid: null,
      startedAtSeconds: null,
      cpu: rateOf(
        containers.map((container) => container.usage.cpu),
        instantOf(timestamp, nowSeconds),
        window,
      ),
      memoryBytes: sumOf(memory),
      networkReceiveBytes: null,
      networkTransmitBytes: null,
      ephemeralStorageBytes: null,
      claims: [],
    };
  };
}

function rateOf(
  texts: readonly (string | undefined)[],
  atSeconds: EpochSeconds,
  window: string | undefined,
): CpuSample | null {
  const cores = sumOf(texts.map(quantityOf));
  if (cores === null) return null;
  return { kind: 'rate', atSeconds, cores, overSeconds: durationSeconds(window) ?? DEFAULT_WINDOW_SECONDS };
}

/** Null where nothing or anything unreadable is given: a part of a pod is not the pod. */
function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 || known.length < values.length ? null : known.reduce((sum, value) => sum + value, 0);
}

function quantityOf(text: string | undefined): number | null {
  const value = text === undefined ? null : parseQuantity(text);
  return value === null || value < 0 ? null : value;
}

/** A duration as Go writes it: `14.933s`, `1m0s`, `500ms`; null for any other text. */
export function durationSeconds(text: string | undefined): number | null {
  if (text === undefined || !/^(\d+(\.\d+)?(h|m|s|ms|us|µs|ns))+$/.test(text)) return null;
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };
  let seconds = 0;
  for (const [, value, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g)) {
    seconds += Number(value) * (units[unit ?? ''] ?? 0);
  }
  return seconds > 0 ? seconds : null;
}

function instantOf(text: string | undefined, nowSeconds: EpochSeconds): EpochSeconds {
  const atSeconds = text === undefined ? Number.NaN : Date.parse(text) / 1000;
  return Math.abs(atSeconds - nowSeconds) <= MOST_OFF_SECONDS ? atSeconds : nowSeconds;
}
