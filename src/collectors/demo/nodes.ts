import type { NodeDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { DAY_SECONDS } from './calendar.ts';
import { uuidOf } from './seeded.ts';

const GIB = 1_073_741_824;

export type Pool = 'aws' | 'gcp' | 'metal';

/** A node of the sample with the pool it belongs to. */
export interface DemoNode {
  readonly pool: Pool;
  /** A spare node: pods are not spread to it. */
  readonly isSpare: boolean;
  /** Kepler runs there and has a meter to read. */
  readonly hasMeter: boolean;
  /** Prometheus does not scrape it yet: usage is its kubelet's. */
  readonly isByKubelet: boolean;
  readonly description: NodeDescription;
}

type PoolFacts = Pick<NodeDescription, 'provider' | 'region' | 'instanceType' | 'architecture'> & {
  readonly cores: number;
  readonly memoryGib: number;
  readonly reservedGib: number;
};

const M5: PoolFacts = {
  provider: 'aws',
  region: 'eu-west-3',
  instanceType: 'm5.xlarge',
  architecture: 'amd64',
  cores: 4,
  memoryGib: 16,
  reservedGib: 1.1,
};
const M6G: PoolFacts = { ...M5, instanceType: 'm6g.xlarge', architecture: 'arm64' };
const N2: PoolFacts = {
  ...M5,
  provider: 'gcp',
  region: 'europe-west1',
  instanceType: 'n2-standard-4',
  reservedGib: 2.4,
};
/** Own metal says by its region label in which grid zone it stands; nobody gave its machines a type. */
const RACK: PoolFacts = {
  provider: 'onprem',
  region: 'SE-SE3',
  instanceType: null,
  architecture: 'amd64',
  cores: 16,
  memoryGib: 64,
  reservedGib: 1.5,
};

/** The rack whose servers run Kepler. */
const METERED_ZONE = 'sto-rack1';

/**
 * Three pools: five AWS instances in Paris, four GCP instances in Belgium, three own servers in Sweden. One AWS and one
 * GCP node are spare; the GCP one joined two days ago and
 * is not scraped yet. The servers of one rack have power meters.
 * @param dayStart start of the day (UTC) from which the sample's past is counted
 */
export function demoNodes(dayStart: EpochSeconds): readonly DemoNode[] {
  const old = dayStart - 120 * DAY_SECONDS + 9 * 3600;
  const joinedLately = dayStart - 2 * DAY_SECONDS + 10 * 3600 + 40 * 60;
  return [
    demoNode('aws', 'ip-10-21-4-17.eu-west-3.compute.internal', 'eu-west-3a', M5, old),
    demoNode('aws', 'ip-10-21-5-88.eu-west-3.compute.internal', 'eu-west-3b', M5, old),
    demoNode('aws', 'ip-10-21-6-203.eu-west-3.compute.internal', 'eu-west-3c', M5, old),
    demoNode('aws', 'ip-10-21-4-61.eu-west-3.compute.internal', 'eu-west-3a', M6G, old),
    demoNode('aws', 'ip-10-21-5-140.eu-west-3.compute.internal', 'eu-west-3b', M6G, old, true),
    demoNode('gcp', 'gke-tools-pool-1-4c7d9f-b2x4', 'europe-west1-b', N2, old),
    demoNode('gcp', 'gke-tools-pool-1-4c7d9f-k9rw', 'europe-west1-c', N2, old),
    demoNode('gcp', 'gke-tools-pool-1-4c7d9f-p5zt', 'europe-west1-d', N2, old),
    demoNode('gcp', 'gke-tools-pool-1-4c7d9f-z8qv', 'europe-west1-b', N2, joinedLately, true),
    demoNode('metal', 'sto-rack1-07', 'sto-rack1', RACK, old),
    demoNode('metal', 'sto-rack1-08', 'sto-rack1', RACK, old),
    demoNode('metal', 'sto-rack2-03', 'sto-rack2', RACK, old),
  ];
}

function demoNode(
  pool: Pool,
  name: string,
  zone: string,
  facts: PoolFacts,
  createdAtSeconds: EpochSeconds,
  isSpare = false,
): DemoNode {
  const { cores, memoryGib, reservedGib, provider, region, instanceType, architecture } = facts;
  const typeLabel = instanceType === null ? {} : { 'node.kubernetes.io/instance-type': instanceType };
  return {
    pool,
    isSpare,
    hasMeter: zone === METERED_ZONE,
    isByKubelet: pool === 'gcp' && isSpare,
    description: {
      name,
      uid: uuidOf(`node/${name}`),
      providerId: providerId(pool, zone, name),
      provider,
      region,
      zone,
      instanceType,
      architecture,
      os: 'linux',
      cpuCapacityMillicores: cores * 1000,
      memoryCapacityBytes: memoryGib * GIB,
      cpuAllocatableMillicores: cores * 1000 - 80,
      memoryAllocatableBytes: (memoryGib - reservedGib) * GIB,
      gpuCount: 0,
      ready: true,
      createdAtSeconds,
      addresses: [],
      labels: {
        'kubernetes.io/arch': architecture ?? 'amd64',
        'kubernetes.io/hostname': name,
        'topology.kubernetes.io/region': region ?? '',
        'topology.kubernetes.io/zone': zone,
        ...typeLabel,
      },
    },
  };
}

function providerId(pool: Pool, zone: string, name: string): string | null {
  switch (pool) {
    case 'aws':
      return `aws:///${zone}/i-${uuidOf(name).replaceAll('-', '').slice(0, 17)}`;
    case 'gcp':
      return `gce://sample-shop/${zone}/${name}`;
    case 'metal':
      return null;
  }
}
