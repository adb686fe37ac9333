import * as z from 'zod';
import type { Transport } from '../../core/ports/transport.ts';
import type { CostParts, PodCost, WindowCosts } from '../../model/costs.ts';
import { Failure } from '../../model/failure.ts';
import type { Window } from '../../model/time.ts';

/** A window does not wait longer for its costs. */
const TIMEOUT_MILLISECONDS = 4_000;
const CONFIGS_TIMEOUT_MILLISECONDS = 1_500;
const MAX_BYTES = 32 * 1_048_576;
const money = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);

const Allocation = z.object({
  name: z.string(),
  properties: z
    .object({
      cluster: z.string().optional(),
      node: z.string().optional(),
      namespace: z.string().optional(),
      pod: z.string().optional(),
    })
    .nullish(),
  cpuCost: money,
  ramCost: money,
  gpuCost: money,
  pvCost: money,
  networkCost: money,
  loadBalancerCost: money,
});
const Answer = z.object({
  code: z.number(),
  data: z.array(z.record(z.string(), Allocation).nullable()).nullable(),
});

/** Its own settings; only the currency is of use here. */
const Configs = z.object({ data: z.object({ currencyCode: z.string().regex(/^[A-Z]{3}$/) }) });

export interface OpenCost {
  /** Costs of the pods of one window; null where OpenCost has nothing of that time. Throws `Failure`. */
  costsOf(window: Window, signal: AbortSignal): Promise<WindowCosts | null>;
}

/**
 * OpenCost's allocation API for exactly one window, by cluster, namespace and pod, idle kept; lines that are of no pod
 * (a volume that nothing mounts) count as idle, so that the sum is OpenCost's own. Where one OpenCost answers for several
 * clusters, `clusterName` is the one that is wanted. The allocations don't name their currency: OpenCost's settings do,
 * which are read once. Source: opencost.io, API reference; OpenCost, `pkg/costmodel/router.go`.
 */
export function openCost(transport: Transport, clusterName: string | null): OpenCost {
  let currency: string | null | undefined;
  return {
    async costsOf(window, signal) {
      const { startSeconds, durationSeconds } = window;
      if (currency === undefined) currency = await currencyOf(transport, signal);
      const answer = await transport.send({
        method: 'GET',
        path: '/allocation',
        parameters: {
          window: `${iso(startSeconds)},${iso(startSeconds + durationSeconds)}`,
          step: `${durationSeconds / 60}m`,
          resolution: '1m',
          aggregate: 'cluster,namespace,pod',
          includeIdle: 'true',
          shareIdle: 'false',
        },
        timeoutMilliseconds: TIMEOUT_MILLISECONDS,
        maxBytes: MAX_BYTES,
        signal,
      });
      if (answer.status < 200 || answer.status > 299) throw refused(transport.description, answer.status);
      const parsed = Answer.safeParse(jsonOf(answer.text));
      if (!parsed.success || parsed.data.code !== 200) throw unknownForm(transport.description);
      const costs = costsOf(parsed.data.data ?? [], clusterName);
      return costs === null ? null : { currency, ...costs };
    },
  };
}

/** Null where OpenCost keeps its settings to itself. */
async function currencyOf(transport: Transport, signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await transport.send({
      method: 'GET',
      path: '/getConfigs',
      parameters: {},
      timeoutMilliseconds: CONFIGS_TIMEOUT_MILLISECONDS,
      maxBytes: 1_048_576,
      signal,
    });
    const parsed = Configs.safeParse(jsonOf(answer.text));
    return answer.status === 200 && parsed.success ? parsed.data.data.currencyCode : null;
  } catch {
    return null;
  }
}

function costsOf(
  sets: readonly (Readonly<Record<string, z.infer<typeof Allocation>>> | null)[],
  clusterName: string | null,
): Omit<WindowCosts, 'currency'> | null {
  const pods = new Map<string, PodCost>();
  let idle = NOTHING;
  for (const allocation of sets.flatMap((set) => Object.values(set ?? {}))) {
    const { namespace, pod } = allocation.properties ?? {};
    if (clusterName !== null && clusterOf(allocation) !== clusterName) continue;
    const parts = partsOf(allocation);
    if (namespace === undefined || pod === undefined || namespace.startsWith('__') || pod.startsWith('__')) {
      idle = sum(idle, parts);
      continue;
    }
    const key = `${namespace}/${pod}`;
    pods.set(key, { namespace, pod, ...sum(pods.get(key) ?? NOTHING, parts) });
  }
  return pods.size === 0 ? null : { pods: [...pods.values()], idle };
}

/** Lines of idle often come without properties; their name begins with the cluster. */
function clusterOf({ name, properties }: z.infer<typeof Allocation>): string {
  return properties?.cluster ?? name.split('/')[0] ?? '';
}

const NOTHING: CostParts = { cpu: 0, memory: 0, gpu: 0, storage: 0, network: 0 };

function partsOf(allocation: z.infer<typeof Allocation>): CostParts {
  const { cpuCost, ramCost, gpuCost, pvCost, networkCost, loadBalancerCost } = allocation;
  return { cpu: cpuCost, memory: ramCost, gpu: gpuCost, storage: pvCost, network: networkCost + loadBalancerCost };
}

function sum(left: CostParts, right: CostParts): CostParts {
  return {
    cpu: left.cpu + right.cpu,
    memory: left.memory + right.memory,
    gpu: left.gpu + right.gpu,
    storage: left.storage + right.storage,
    network: left.network + right.network,
  };
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(where: string, status: number): Failure {
  return new Failure('unreachable', `OpenCost (${where}) answered with status ${status}.`, {
    hint: 'Cost is computed with unit prices meanwhile.',
  });
}

function unknownForm(where: string): Failure {
  return new Failure('bad-answer', `OpenCost (${where}) gave an answer that is not in its documented form.`, {
    hint: 'Check the address: it is that of the OpenCost API (port 9003), not of its page.',
  });
}
