import type { Factor } from '../../model/bounds.ts';
import type { Provider } from '../../model/cluster.ts';
import type { CurvePoints, PowerCurve } from '../../model/coefficients.ts';
import type { PowerSource } from '../../model/sources.ts';
import {
  DEFAULT_POWER_FACTOR,
  GENERIC_WATTS_PER_VCPU,
  MICROARCHITECTURE_FACTOR,
  type WattsPerVcpu,
} from '../coefficients/power.ts';
import { scaleCurve } from './curve.ts';
import { hostCurve } from './gpu.ts';
import { extraMemoryWatts } from './memory.ts';
import { perVcpuCurve } from './per-vcpu-curve.ts';

/** What a table knows of the power of one instance type; watts are of the whole instance, memory and GPUs included. */
export interface InstancePower {
  readonly instanceType: string;
  readonly vcpu: number;
  readonly memoryGb: number | null;
  readonly watts: CurvePoints;
  readonly source: Exclude<PowerSource, 'measured' | 'generic'>;
  readonly factor: Factor;
  readonly gpuCount: number;
  readonly gpuModel: string | null;
  /** Null where the model or its TDP is not known. */
  readonly gpuTdpWatts: number | null;
  /** Null where the table's watts don't come from a per-vCPU model, so that memory's part is not known. */
  readonly baselineGbPerVcpu: number | null;
}

/** The lookups that the ladder chooses from, each null where the tables have nothing. */
export interface CurveCandidates {
  readonly instance: InstancePower | null;
  /** Microarchitecture of the type's family, where the type itself is not in the table. */
  readonly family: { readonly microarchitecture: string; readonly watts: WattsPerVcpu } | null;
  readonly providerAverage: WattsPerVcpu | null;
}

export interface CurveRequest {
  readonly provider: Provider;
  readonly instanceType: string | null;
  readonly vcpu: number;
  readonly memoryGb: number;
}

/**
 * The first rung of METHODOLOGY 1.1 (b) to (e) that applies: the type's own row, its family's microarchitecture, the
 * provider's average, the generic value. Never fails.
 */
export function chooseCurve(node: CurveRequest, candidates: CurveCandidates): PowerCurve {
  if (candidates.instance !== null) return instanceCurve(node, candidates.instance);
  const typeName = node.instanceType ?? 'unknown type';
  const unknownType =
    node.instanceType === null ? 'The instance type is not known.' : `${typeName} is not in the table.`;
  if (candidates.family !== null) {
    const { microarchitecture, watts } = candidates.family;
    return computed(node, watts, {
      id: `${node.provider}/${typeName}/${slug(microarchitecture)}`,
      source: 'microarchitecture',
      factor: MICROARCHITECTURE_FACTOR,
      flags: [`${unknownType} The processors of its family (${microarchitecture}) are taken.`],
    });
  }
  if (candidates.providerAverage !== null) {
    return computed(node, candidates.providerAverage, {
      id: `${node.provider}/${typeName}/provider-average`,
      source: 'provider-default',
      factor: DEFAULT_POWER_FACTOR,
      flags: node.provider === 'onprem' ? [] : [unknownType],
    });
  }
  return computed(node, GENERIC_WATTS_PER_VCPU, {
    id: `${node.provider}/${typeName}/generic`,
    source: 'generic',
    factor: DEFAULT_POWER_FACTOR,
    flags: [unknownType],
  });
}

/**
 * A type's watts less those of its GPUs at the same load; the watts as they are for a type without any. Null where its
 * accelerators can't be told apart, so that they stay in its watts and are never added. Source: METHODOLOGY 1.3.
 */
export function curveWithoutGpus(
  row: Pick<InstancePower, 'watts' | 'gpuCount' | 'gpuTdpWatts' | 'source'>,
): CurvePoints | null {
  if (row.gpuCount === 0) return row.watts;
  if (row.gpuTdpWatts === null) return null;
  return hostCurve(row.watts, { tdpWatts: row.gpuTdpWatts, count: row.gpuCount }, row.source === 'teads');
}

function instanceCurve(node: CurveRequest, row: InstancePower): PowerCurve {
  const scale = node.vcpu > 0 && row.vcpu > 0 ? node.vcpu / row.vcpu : 1;
  const differs = Math.abs(scale - 1) > 1e-9;
  const flags: string[] = [];
  if (differs)
    flags.push(`The table has ${row.vcpu} vCPU for ${row.instanceType}, the node ${node.vcpu}: watts were scaled.`);
  const host = curveWithoutGpus(row);
  if (row.gpuCount > 0 && host === null)
    flags.push(`The watts include its accelerators (${row.gpuCount}), which can't be told apart.`);
  const memoryWatts =
    row.baselineGbPerVcpu === null || row.memoryGb === null
      ? 0
      : Math.min(row.watts[0], extraMemoryWatts(row.memoryGb, row.vcpu, row.baselineGbPerVcpu));
  return {
    id: `${node.provider}/${row.instanceType}/${row.source}${row.gpuCount > 0 && host !== null ? '/host' : ''}`,
    watts: scaleCurve(host ?? row.watts, scale),
    source: row.source,
    factor: row.factor,
    memoryWatts: memoryWatts * scale,
    flags,
  };
}

function computed(
  node: CurveRequest,
  coefficients: WattsPerVcpu,
  rung: Pick<PowerCurve, 'id' | 'source' | 'factor' | 'flags'>,
): PowerCurve {
  const curve = perVcpuCurve(node.vcpu, node.memoryGb, coefficients);
  return { ...rung, watts: curve.watts, memoryWatts: curve.extraMemoryWatts };
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
