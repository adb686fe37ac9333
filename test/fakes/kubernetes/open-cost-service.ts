import type { CostParts } from '../../../src/model/costs.ts';
import { type ScriptedAnswer, type SeenRequest, startScriptedService } from '../grid/scripted-service.ts';

export type PodName = { readonly namespace: string; readonly name: string };

const SECONDS_PER_HOUR = 3600;
/** Money of one pod (by its place in the list) and hour; what nobody holds costs as much as ten. */
export const hourly = (index: number): CostParts => ({
  cpu: 0.01 * (index + 1),
  memory: 0.005,
  gpu: 0,
  storage: 0.001 * index,
  network: 0.0001,
});
export const IDLE_HOURLY: CostParts = { cpu: 0.3, memory: 0.1, gpu: 0, storage: 0, network: 0 };
export const sumOf = (parts: CostParts) => parts.cpu + parts.memory + parts.gpu + parts.storage + parts.network;

/** What all of it costs in some hours. */
export function totalOf(pods: readonly PodName[], hours: number): number {
  return hours * pods.reduce((sum, _, index) => sum + sumOf(hourly(index)), sumOf(IDLE_HOURLY));
}

/**
 * OpenCost as documented, on this machine: allocations of exactly the window that is asked for, with idle, and its
 * settings. `bend` gives another answer, by the number of the question (from 0).
 */
export async function startOpenCost(
  pods: readonly PodName[],
  options: { currency?: string; bend?: (asked: number) => ScriptedAnswer | undefined } = {},
) {
  let asked = 0;
  const service = await startScriptedService((request) => {
    if (request.path === '/getConfigs') {
      return { body: { code: 200, data: { provider: 'custom', currencyCode: options.currency ?? 'USD' } } };
    }
    asked += 1;
    return options.bend?.(asked - 1) ?? { body: { code: 200, data: [allocations(request, pods)] } };
  });
  return { ...service, windowsAsked: () => asked };
}

function allocations({ query }: SeenRequest, pods: readonly PodName[]): object {
  const [start = '', end = ''] = (query.get('window') ?? '').split(',');
  const hours = (Date.parse(end) - Date.parse(start)) / 1000 / SECONDS_PER_HOUR;
  const costs = ({ cpu, memory, gpu, storage, network }: CostParts) => ({
    start,
    end,
    cpuCost: cpu * hours,
    ramCost: memory * hours,
    gpuCost: gpu * hours,
    pvCost: storage * hours,
    networkCost: network * hours,
    totalCost: (cpu + memory + gpu + storage + network) * hours,
  });
  const lines = pods.map(({ namespace, name }, index) => ({
    name: `cluster-one/${namespace}/${name}`,
    properties: { cluster: 'cluster-one', namespace, pod: name },
    ...costs(hourly(index)),
  }));
  const idle = { name: 'cluster-one/__idle__', properties: { cluster: 'cluster-one' }, ...costs(IDLE_HOURLY) };
  return Object.fromEntries([...lines, idle].map((line) => [line.name, line]));
}
