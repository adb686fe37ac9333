import { CPU_WEIGHT } from '../coefficients/attribution.ts';
/** What a pod reserves or uses while it is alive; CPU and memory each in one unit of the caller's choice. */
export interface Reservation {
  readonly cpuRequest: number;
  readonly cpuUse: number;
  readonly memoryRequest: number;
  readonly memoryUse: number;
}

/** What a node can give, in the units of the reservations. */
export interface Allocatable {
  readonly cpu: number;
  readonly memory: number;
}

/**
 * Share of a node that a pod holds while it is alive: half by CPU, half by memory, each the larger of request and use.
 * May exceed 1 on a node that is used beyond what it may allocate.
 */
export function reservationShare(pod: Reservation, node: Allocatable): number {
  const cpu = ratio(Math.max(pod.cpuRequest, pod.cpuUse), node.cpu);
  const memory = ratio(Math.max(pod.memoryRequest, pod.memoryUse), node.memory);
  return CPU_WEIGHT * cpu + (1 - CPU_WEIGHT) * memory;
}

/** Shares that sum to at most 1: where they exceed it, each is divided by the sum. */
export function normaliseShares(shares: readonly number[]): number[] {
  let sum = 0;
  for (const share of shares) sum += share;
  return sum > 1 ? shares.map((share) => share / sum) : [...shares];
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
