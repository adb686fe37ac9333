import { EXACT, type Factor } from '../../model/bounds.ts';
import type { CpuSource, PodUsageSource } from '../../model/sources.ts';

/**
 * Range that a node's CPU adds to energy by use. The methodology takes node counters as exact (0.1: within 0.2 %); the
 * others are our own choice, wider with each rung: coarser samples, the system's own use missing, nothing at all.
 */
export const CPU_FACTORS: Readonly<Record<CpuSource, Factor>> = {
  'node-exporter': EXACT,
  'cadvisor-root': { low: 0.98, high: 1.02 },
  kubelet: { low: 0.97, high: 1.03 },
  'metrics-server': { low: 0.9, high: 1.1 },
  'pod-sum': { low: 0.9, high: 1.15 },
  'no-samples': { low: 0.9, high: 2 },
};

/**
 * Range that a pod's usage adds to what it is given. 5 % for a pod that was seen once: METHODOLOGY 0.1; the others are
 * our own choice, wider with each rung.
 */
export const USAGE_FACTORS: Readonly<Record<PodUsageSource, Factor>> = {
  cadvisor: EXACT,
  kubelet: { low: 0.98, high: 1.02 },
  'single-sample': { low: 0.95, high: 1.05 },
  'metrics-server': { low: 0.9, high: 1.1 },
  requests: { low: 0.5, high: 2 },
};
