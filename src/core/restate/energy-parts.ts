import type { Factor } from '../../model/bounds.ts';
import type { GpuCoefficients } from '../../model/coefficients.ts';
import type { NodeWindowRow, ResultRow } from '../../model/results.ts';
import { combineFactors } from '../bounds/combine.ts';
import { GPU_TDP_FACTOR, MEASURED_GPU_FACTOR, UNKNOWN_GPU_FACTOR } from '../coefficients/gpu.ts';
import { CPU_FACTORS, USAGE_FACTORS } from '../coefficients/usage.ts';
import { BY_USE_REASON, UNMETERED_REASON } from '../window/reasons.ts';

/** Joules of a row that one source stands for. */
export interface EnergyPart {
  readonly joules: number;
  readonly factor: Factor;
}

const GPU_FACTORS = { measured: MEASURED_GPU_FACTOR, utilisation: GPU_TDP_FACTOR, assumed: UNKNOWN_GPU_FACTOR };
/** Joules that differ by less of the row's are rounding. */
const ROUNDING = 1e-9;

/**
 * The joules of a row by source, each with its own range; stored is only the range of all of them. The range of the host
 * follows from the sources of the node's window, and what it leaves tells the cards apart: measured, by use and assumed
 * ones add up to the row's GPU joules, to the low and to the high. Without the node's window a row's cards count as one.
 */
export function energyParts(
  row: ResultRow,
  window: NodeWindowRow | null,
  gpu: GpuCoefficients | undefined,
): EnergyPart[] {
  const { joules, joulesGpu } = row;
  if (joules <= 0) return [];
  const whole = { joules, factor: { low: row.joulesLow / joules, high: row.joulesHigh / joules } };
  const hostJoules = joules - joulesGpu;
  if (joulesGpu <= 0 || row.sources.gpu === 'none') return [whole];
  const mixed = window === null ? null : mixedParts(row, window, gpu);
  if (mixed !== null) return mixed;
  if (hostJoules <= 0) return [whole];
  const cards = (gpu?.factors ?? GPU_FACTORS)[row.sources.gpu];
  const host = {
    low: (row.joulesLow - joulesGpu * cards.low) / hostJoules,
    high: (row.joulesHigh - joulesGpu * cards.high) / hostJoules,
  };
  if (host.low <= 0 || host.low > 1 || host.high < 1) return [whole];
  return [
    { joules: hostJoules, factor: host },
    { joules: joulesGpu, factor: cards },
  ];
}

/** Null where the stored figures don't come from these factors. */
function mixedParts(row: ResultRow, window: NodeWindowRow, gpu: GpuCoefficients | undefined): EnergyPart[] | null {
  const factors = gpu?.factors ?? GPU_FACTORS;
  const host = { joules: Math.max(0, row.joules - row.joulesGpu), factor: hostFactor(row, window) };
  const { measured: m, utilisation: u, assumed: a } = factors;
  // Of x = utilisation and y = assumed joules; the rest is measured.
  const low = row.joulesLow - host.joules * host.factor.low - row.joulesGpu * m.low;
  const high = row.joulesHigh - host.joules * host.factor.high - row.joulesGpu * m.high;
  const [p, q, r, s] = [u.low - m.low, a.low - m.low, u.high - m.high, a.high - m.high];
  const determinant = p * s - q * r;
  if (Math.abs(determinant) < ROUNDING) return null;
  const x = (low * s - q * high) / determinant;
  const y = (p * high - r * low) / determinant;
  const joules = { m: row.joulesGpu - x - y, x, y };
  if (Object.values(joules).some((each) => each < -ROUNDING * row.joules)) return null;
  return [host, { joules: joules.m, factor: m }, { joules: joules.x, factor: u }, { joules: joules.y, factor: a }];
}

/** As the window's computation had it: of the power, the CPU of the node and the usage of the row. METHODOLOGY 1.13. */
export function hostFactor(row: ResultRow, window: NodeWindowRow): Factor {
  const { rowKind, sources, estimationReasons: reasons } = row;
  const power = { low: window.curveLowFactor, high: window.curveHighFactor };
  const isMetered = window.meter !== null;
  const tellsPods = isMetered && !reasons.includes(BY_USE_REASON);
  const system = combineFactors([power, CPU_FACTORS[tellsPods ? 'node-exporter' : window.cpuSource]]);
  switch (rowKind) {
    case 'pod': {
      const metered = reasons.includes(UNMETERED_REASON) ? 'requests' : 'cadvisor';
      return combineFactors([system, USAGE_FACTORS[tellsPods ? metered : sources.usage]]);
    }
    case 'system':
      return system;
    case 'unallocated':
    case 'volume':
      return !isMetered && window.cpuSource === 'no-samples' ? system : power;
  }
}
