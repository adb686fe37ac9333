import { combineFactors, factorOfRange } from '../../core/bounds/combine.ts';
import { EXACT } from '../../model/bounds.ts';
import type { Provider } from '../../model/cluster.ts';
import type { VolumeCoefficient } from '../../model/coefficients.ts';
import type { VolumeUsage } from '../../model/energy.ts';
import type { RangedValue, StorageDefaults } from './provider-index.ts';

/** Disk types by what turns or doesn't; names of providers' own documentation, compared without case. */
const HDD_TYPES = [
  /^st1$/,
  /^sc1$/,
  /^standard$/,
  /^pd-standard$/,
  /^hyperdisk-throughput$/,
  /^standard_(lrs|zrs|grs|ragrs|gzrs)$/,
  /^classic$/,
  /^cloud$/,
  /hdd/,
];
const SSD_TYPES = [
  /^gp[23]$/,
  /^io[12]$/,
  /^pd-(ssd|balanced|extreme)$/,
  /^hyperdisk-/,
  /ssd/,
  /^premium/,
  /^ultra/,
  /^high-speed/,
  /^sbs/,
  /^cloud_essd/,
  /nvme/,
];
/** Drivers whose provider sells one medium, or takes a known one unless told otherwise. */
const SSD_DRIVERS = [
  'ebs.csi.aws.com',
  'kubernetes.io/aws-ebs',
  'csi.hetzner.cloud',
  'dobs.csi.digitalocean.com',
  'linodebs.csi.linode.com',
  'csi.scaleway.com',
  'csi.exoscale.com',
  'disk.csi.azure.com',
];
/** Drivers that set aside a piece of a node's own disk. */
const LOCAL_DRIVERS = [
  'rancher.io/local-path',
  'k8s.io/minikube-hostpath',
  'docker.io/hostpath',
  'microk8s.io/hostpath',
  'kubernetes.io/no-provisioner',
  'openebs.io/local',
  'local.csi.openebs.io',
  'topolvm.io',
  'topolvm.cybozu.com',
];
/** Storage that runs in the cluster and keeps copies; three by default in each of them. */
const REPLICATING_DRIVERS = [
  /\.rbd\.csi\.ceph\.com$/,
  /^rbd\.csi\.ceph\.com$/,
  /cephfs\.csi\.ceph\.com$/,
  /^driver\.longhorn\.io$/,
  /^kubernetes\.io\/rbd$/,
];
/** Copies of a provider of which nothing is known, as of those that say so: METHODOLOGY 1.4. */
const UNKNOWN_REPLICATION: RangedValue = { value: 3, low: 1, high: 3 };

/**
 * Energy of a volume by its medium and by the copies that its provider keeps. Source: METHODOLOGY 1.4. A piece of a
 * node's own disk takes nothing more: it is in the node's power.
 */
export function volumeCoefficient(
  volume: Pick<VolumeUsage, 'storageClass' | 'provisioner' | 'diskType'>,
  provider: Provider,
  storage: StorageDefaults | null,
  general: Pick<StorageDefaults, 'ssd' | 'hdd'>,
): VolumeCoefficient {
  const { medium, isAssumed } = mediumOf(volume);
  if (volume.provisioner !== null && LOCAL_DRIVERS.includes(volume.provisioner)) {
    const flags = ["It lies on its node's own disk, whose energy is in the node's."];
    return { medium, wattHoursPerTerabyteHour: 0, replication: 1, factor: EXACT, flags };
  }
  const wattHours = (storage ?? general)[medium];
  const copies = copiesOf(volume.provisioner, storage);
  const flags: string[] = [];
  if (isAssumed) flags.push('Nothing tells its medium; an SSD is taken.');
  if (storage === null && copies === UNKNOWN_REPLICATION)
    flags.push(
      `How many copies ${provider === 'unknown' ? 'its provider' : provider} keeps is not known; ${copies.value} are taken.`,
    );
  return {
    medium,
    wattHoursPerTerabyteHour: wattHours.value,
    replication: copies.value,
    factor: combineFactors([rangeOf(wattHours), rangeOf(copies)]),
    flags,
  };
}

function copiesOf(provisioner: string | null, storage: StorageDefaults | null): RangedValue {
  if (provisioner !== null && REPLICATING_DRIVERS.some((driver) => driver.test(provisioner)))
    return UNKNOWN_REPLICATION;
  return storage?.replication ?? UNKNOWN_REPLICATION;
}

function mediumOf(volume: Pick<VolumeUsage, 'storageClass' | 'provisioner' | 'diskType'>): {
  readonly medium: 'ssd' | 'hdd';
  readonly isAssumed: boolean;
} {
  for (const name of [volume.diskType, volume.storageClass]) {
    const type = name?.toLowerCase();
    if (type === undefined) continue;
    // A class of that name may be of anything; only as a disk type does it say magnetic disks.
    const isClassName = name === volume.storageClass && name !== volume.diskType;
    const isVague = isClassName && (type === 'standard' || type === 'cloud' || type === 'classic');
    if (!isVague && HDD_TYPES.some((known) => known.test(type))) return { medium: 'hdd', isAssumed: false };
    if (SSD_TYPES.some((known) => known.test(type))) return { medium: 'ssd', isAssumed: false };
  }
  return { medium: 'ssd', isAssumed: volume.provisioner === null || !SSD_DRIVERS.includes(volume.provisioner) };
}

function rangeOf({ value, low, high }: RangedValue) {
  return factorOfRange(value, low, high);
}
