import type { NodeDescription, NodePlace } from '../../model/inventory.ts';
import { noise, suffix } from './noise.ts';

const GIB = 1024 ** 3;

/** Machines of one kind. `namespaces` are the ones that run here; a pool with none only carries DaemonSets. */
export interface Pool extends NodePlace {
  readonly name: string;
  readonly count: number;
  readonly zones: readonly string[];
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  readonly architecture: 'amd64' | 'arm64';
  readonly namespaces: readonly string[];
}

/** The sample cluster: AWS in Paris, Google in Belgium, own metal in Sweden; the spare pool is nearly idle. */
export const POOLS: readonly Pool[] = [
  {
    name: 'shop',
    count: 2,
    provider: 'aws',
    region: 'eu-west-3',
    zone: null,
    zones: ['eu-west-3a', 'eu-west-3b'],
    instanceType: 'm5.xlarge',
    cpuMillicores: 4000,
    memoryBytes: 16 * GIB,
    architecture: 'amd64',
    namespaces: ['shop-prod', 'shop-staging'],
  },
  {
    name: 'build',
    count: 2,
    provider: 'aws',
    region: 'eu-west-3',
    zone: null,
    zones: ['eu-west-3a', 'eu-west-3b'],
    instanceType: 'm6g.2xlarge',
    cpuMillicores: 8000,
    memoryBytes: 32 * GIB,
    architecture: 'arm64',
    namespaces: ['ci', 'legacy'],
  },
  {
    name: 'spare',
    count: 2,
    provider: 'aws',
    region: 'eu-west-3',
    zone: null,
    zones: ['eu-west-3b', 'eu-west-3c'],
    instanceType: 'm5.2xlarge',
    cpuMillicores: 8000,
    memoryBytes: 32 * GIB,
    architecture: 'amd64',
    namespaces: [],
  },
  {
    name: 'ml',
    count: 3,
    provider: 'gcp',
    region: 'europe-west1',
    zone: null,
    zones: ['europe-west1-b', 'europe-west1-c', 'europe-west1-d'],
    instanceType: 'n2-standard-8',
    cpuMillicores: 8000,
    memoryBytes: 32 * GIB,
    architecture: 'amd64',
    namespaces: ['ml', 'monitoring'],
  },
  {
    name: 'metal',
    count: 3,
    provider: 'onprem',
    region: 'SE-SE3',
    zone: null,
    zones: ['rack-1', 'rack-2', 'rack-3'],
    instanceType: null,
    cpuMillicores: 16_000,
    memoryBytes: 64 * GIB,
    architecture: 'amd64',
    namespaces: ['data'],
  },
];

/** Kept back for the system: what a kubelet reserves on such machines. */
const RESERVED_MILLICORES = 110;
const RESERVED_MEMORY = 0.08;

export interface DemoNode {
  readonly pool: Pool;
  readonly description: NodeDescription;
}

export function demoNodes(createdAtSeconds: number): DemoNode[] {
  return POOLS.flatMap((pool) =>
    Array.from({ length: pool.count }, (_, index) => ({ pool, description: describe(pool, index, createdAtSeconds) })),
  );
}

function nodeName(pool: Pool, index: number): string {
  switch (pool.provider) {
    case 'aws':
      return `ip-10-0-${16 + Math.floor(noise(pool.name, index) * 200)}-${10 + index}.${pool.region}.compute.internal`;
    case 'gcp':
      return `gke-sample-${pool.name}-${suffix(8, pool.name)}-${suffix(4, pool.name, index)}`;
    default:
      return `metal-sto-0${index + 1}`;
  }
}

function providerId(pool: Pool, name: string, zone: string): string | null {
  if (pool.provider === 'aws') return `aws:///${zone}/i-${suffix(17, name)}`;
  return pool.provider === 'gcp' ? `gce://sample-shop/${zone}/${name}` : null;
}

function describe(pool: Pool, index: number, createdAtSeconds: number): NodeDescription {
  const name = nodeName(pool, index);
  const zone = pool.zones[index % pool.zones.length] ?? null;
  return {
    name,
    uid: null,
    providerId: zone === null ? null : providerId(pool, name, zone),
    provider: pool.provider,
    region: pool.region,
    zone,
    instanceType: pool.instanceType,
    architecture: pool.architecture,
    os: 'linux',
    cpuCapacityMillicores: pool.cpuMillicores,
    memoryCapacityBytes: pool.memoryBytes,
    cpuAllocatableMillicores: pool.cpuMillicores - RESERVED_MILLICORES,
    memoryAllocatableBytes: Math.round(pool.memoryBytes * (1 - RESERVED_MEMORY)),
    gpuCount: 0,
    ready: true,
    createdAtSeconds,
    addresses: [],
    labels: { 'topology.kubernetes.io/region': pool.region ?? '', 'podwatt.dev/pool': pool.name },
  };
}
