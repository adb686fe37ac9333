import { beforeAll, describe, expect, test } from 'vitest';
import type { CoefficientTables } from '../../../../src/collectors/tables/index.ts';
import type { Provider } from '../../../../src/model/cluster.ts';
import type { VolumeUsage } from '../../../../src/model/energy.ts';
import { loadTables, nodeAt, sourcesOf } from './load.ts';

let tables: CoefficientTables;
beforeAll(async () => {
  tables = await loadTables();
});

function volumeFor(provider: Provider, changes: Partial<VolumeUsage>) {
  const volume: VolumeUsage = {
    namespace: 'shop',
    claim: 'data',
    storageClass: null,
    provisioner: null,
    diskType: null,
    requestedBytes: 1e12,
    usedBytes: null,
    aliveSeconds: 3600,
    node: null,
    team: null,
    ...changes,
  };
  return sourcesOf(tables).power.volumeFor(volume, nodeAt({ provider }));
}

describe('the medium of a volume', () => {
  test.each<[Provider, Partial<VolumeUsage>, 'ssd' | 'hdd']>([
    ['aws', { diskType: 'gp3' }, 'ssd'],
    ['aws', { diskType: 'st1' }, 'hdd'],
    ['aws', { diskType: 'sc1' }, 'hdd'],
    ['aws', { diskType: 'standard' }, 'hdd'],
    ['aws', { provisioner: 'ebs.csi.aws.com' }, 'ssd'],
    ['gcp', { diskType: 'pd-standard' }, 'hdd'],
    ['gcp', { diskType: 'pd-balanced' }, 'ssd'],
    ['gcp', { diskType: 'hyperdisk-throughput' }, 'hdd'],
    ['gcp', { diskType: 'hyperdisk-balanced' }, 'ssd'],
    ['azure', { diskType: 'Standard_LRS' }, 'hdd'],
    ['azure', { diskType: 'StandardSSD_LRS' }, 'ssd'],
    ['azure', { diskType: 'Premium_ZRS' }, 'ssd'],
    ['ovh', { diskType: 'classic' }, 'hdd'],
    ['ovh', { diskType: 'high-speed' }, 'ssd'],
    ['onprem', { storageClass: 'ceph-hdd' }, 'hdd'],
    ['onprem', { storageClass: 'fast-nvme' }, 'ssd'],
  ])('of %s with %o is %s, without a flag', async (provider, changes, medium) => {
    expect(await volumeFor(provider, changes)).toMatchObject({ medium, flags: [] });
  });

  test.each<[Provider, Partial<VolumeUsage>]>([
    ['onprem', {}],
    ['gcp', { storageClass: 'standard' }],
    ['onprem', { provisioner: 'nfs.csi.k8s.io', storageClass: 'data' }],
  ])('of %s with %o is not known: an SSD, flagged', async (provider, changes) => {
    const volume = await volumeFor(provider, changes);
    expect(volume).toMatchObject({ medium: 'ssd', wattHoursPerTerabyteHour: 1.2 });
    expect(volume.flags).toEqual(['Nothing tells its medium; an SSD is taken.']);
  });
});

describe('the copies of a volume', () => {
  test.each<[Provider, number]>([
    ['aws', 2],
    ['gcp', 2],
    ['azure', 3],
    ['ovh', 3],
    ['scaleway', 3],
    ['onprem', 1],
  ])('%s keeps %d', async (provider, replication) => {
    expect(await volumeFor(provider, { diskType: 'ssd' })).toMatchObject({ replication, flags: [] });
  });

  test('are three where storage in the cluster keeps them', async () => {
    for (const provisioner of ['rook-ceph.rbd.csi.ceph.com', 'rbd.csi.ceph.com', 'driver.longhorn.io']) {
      expect(await volumeFor('onprem', { provisioner, diskType: 'ssd' })).toMatchObject({ replication: 3 });
    }
  });

  test('of a provider without a row are assumed, and flagged', async () => {
    const volume = await volumeFor('hetzner', { provisioner: 'csi.hetzner.cloud' });
    expect(volume).toMatchObject({ medium: 'ssd', replication: 3 });
    expect(volume.flags).toEqual(['How many copies hetzner keeps is not known; 3 are taken.']);
  });
});

test('a piece of a disk of the node takes nothing more', async () => {
  const volume = await volumeFor('onprem', { provisioner: 'rancher.io/local-path' });
  expect(volume).toMatchObject({ wattHoursPerTerabyteHour: 0, factor: { low: 1, high: 1 } });
  expect(volume.flags).toEqual(["It lies on its node's own disk, whose energy is in the node's."]);
});

test('the range is that of the medium and of the copies together', async () => {
  const { factor } = await volumeFor('aws', { diskType: 'gp3' });
  expect(factor.low).toBeCloseTo(Math.exp(-Math.hypot(Math.log(1.2 / 0.8), Math.log(2))), 9);
  expect(factor.high).toBeCloseTo(Math.exp(Math.hypot(Math.log(2.5 / 1.2), Math.log(1.5))), 9);
});
