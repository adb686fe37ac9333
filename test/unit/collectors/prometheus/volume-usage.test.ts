import { describe, expect, it } from 'vitest';
import { energySeries } from '../../../../src/collectors/prometheus/energy-series.ts';
import { createSelect } from '../../../../src/collectors/prometheus/matchers.ts';
import { createNodeNames } from '../../../../src/collectors/prometheus/node-names.ts';
import {
  createVolumes,
  type VolumeAnswers,
  volumeQueries,
} from '../../../../src/collectors/prometheus/volume-usage.ts';
import type { VolumeDescription } from '../../../../src/model/inventory.ts';
import { series } from './fake-client.ts';

// Labels: docs/metrics/storage and docs/metrics/workload of kubernetes/kube-state-metrics; kubelet_volume_stats_used_bytes
// {namespace,persistentvolumeclaim} of the kubelet.
const END = 3600;
const WINDOW = { startSeconds: 0, durationSeconds: 3600 } as const;
const CLAIM = { namespace: 'shop', persistentvolumeclaim: 'data' };
const GIB = 1_073_741_824;
const LISTED: VolumeDescription = {
  namespace: 'shop',
  claim: 'data',
  storageClass: 'gp3',
  provisioner: 'ebs.csi.aws.com',
  diskType: 'gp3',
  requestedBytes: 999,
  node: 'node-z',
  team: 'web',
  createdAtSeconds: null,
};

const WHOLE: VolumeAnswers = {
  info: [series({ ...CLAIM, storageclass: 'fast', volumename: 'pvc-1' }, [END, 1])],
  requested: [series(CLAIM, [END, 100 * GIB])],
  bound: [series(CLAIM, [END, 60])],
  told: [series({}, [END, 60])],
  mounts: [series({ ...CLAIM, pod: 'db-0' }, [END, 1])],
  classes: [series({ storageclass: 'fast', provisioner: 'pd.csi.storage.gke.io' }, [END, 1])],
  drivers: [series({ persistentvolume: 'pvc-1', csi_driver: 'nfs.csi.k8s.io' }, [END, 1])],
  used: [series({ ...CLAIM, node: 'node-b' }, [END, 30 * GIB])],
};

function volumesOf(given: Partial<VolumeAnswers> = {}, listed: readonly VolumeDescription[] = []) {
  const nodeOfPod = ({ name }: { readonly name: string }) => (name === 'db-0' ? 'node-a' : null);
  return createVolumes({ ...WHOLE, ...given }, { names: createNodeNames([], []), nodeOfPod, listed })(WINDOW);
}

describe('createVolumes', () => {
  it('puts a claim together from its series', () => {
    expect(volumesOf()).toEqual([
      {
        namespace: 'shop',
        claim: 'data',
        storageClass: 'fast',
        provisioner: 'pd.csi.storage.gke.io',
        diskType: null,
        requestedBytes: 100 * GIB,
        usedBytes: 30 * GIB,
        aliveSeconds: 3600,
        node: 'node-a',
        team: null,
      },
    ]);
  });

  it('reads a scrape without honor_labels', () => {
    const renamed = { namespace: 'monitoring', exported_namespace: 'shop', persistentvolumeclaim: 'data' };
    const [volume] = volumesOf({
      info: [series({ ...renamed, storageclass: 'fast' }, [END, 1])],
      requested: [series(renamed, [END, GIB])],
      bound: [series(renamed, [END, 60])],
      mounts: [series({ ...renamed, pod: 'ksm-1', exported_pod: 'db-0' }, [END, 1])],
    });
    expect(volume).toMatchObject({ namespace: 'shop', storageClass: 'fast', node: 'node-a' });
  });

  it('finds the node by the kubelet where no pod is known to mount it, else says none', () => {
    expect(volumesOf({ mounts: [] })[0]?.node).toBe('node-b');
    expect(volumesOf({ mounts: [], used: [] })[0]).toMatchObject({ node: null, usedBytes: null });
  });

  it('names the driver of the volume where the class is gone, or there is none', () => {
    expect(volumesOf({ classes: [] })[0]?.provisioner).toBe('nfs.csi.k8s.io');
    const none = volumesOf({ info: [series({ ...CLAIM, storageclass: '', volumename: 'pvc-1' }, [END, 1])] })[0];
    expect(none).toMatchObject({ storageClass: null, provisioner: 'nfs.csi.k8s.io' });
    expect(volumesOf({ classes: [], drivers: [] })[0]?.provisioner).toBeNull();
  });

  it.each([
    [60, 60, 3600],
    [59, 60, 3600],
    [30, 60, 1800],
    // A hole in the scrapes is not the claim's.
    [40, 40, 3600],
    [1, 60, 60],
  ])('takes %i of %i minutes bound for %i seconds', (bound, told, seconds) => {
    const given = { bound: [series(CLAIM, [END, bound])], told: [series({}, [END, told])] };
    expect(volumesOf(given)[0]?.aliveSeconds).toBe(seconds);
  });

  it('leaves out claims that were not bound in the window, or ask for nothing', () => {
    expect(volumesOf({ bound: [] })).toEqual([]);
    expect(volumesOf({ bound: [series(CLAIM, [END, 0])] })).toEqual([]);
    expect(volumesOf({ requested: [series(CLAIM, [END, 0])] })).toEqual([]);
    expect(volumesOf({ requested: [series(CLAIM, [END + 3600, GIB])] })).toEqual([]);
  });

  it('takes kind of disk and team from what the API server lists, and size and node from then', () => {
    const gp3 = { info: [series({ ...CLAIM, storageclass: 'gp3', volumename: 'pvc-1' }, [END, 1])], classes: [] };
    expect(volumesOf({ ...gp3, drivers: [] }, [LISTED])[0]).toMatchObject({
      provisioner: 'ebs.csi.aws.com',
      diskType: 'gp3',
      team: 'web',
      requestedBytes: 100 * GIB,
      node: 'node-a',
    });
    // The claim of another name and the same class is told by the class alone.
    expect(volumesOf(gp3, [{ ...LISTED, claim: 'other' }])[0]).toMatchObject({ diskType: 'gp3', team: null });
    // Its class was another one then.
    expect(volumesOf({}, [LISTED])[0]).toMatchObject({ storageClass: 'fast', diskType: null, team: 'web' });
  });
});

describe('volumeQueries', () => {
  const select = createSelect(['cluster="prod"']);
  const there = (...found: readonly string[]) => energySeries(new Map(found.map((name) => [name, 1])));

  it('carry the matchers of the person', () => {
    const queries = volumeQueries(select, 3600, there('kubelet_volume_stats_used_bytes'));
    for (const query of Object.values(queries)) expect(query).toContain('cluster="prod"');
  });

  it('ask kubelets only where they tell', () => {
    expect(volumeQueries(select, 3600, there()).used).toBeNull();
    expect(volumeQueries(select, 3600, there('kubelet_volume_stats_used_bytes')).used).toContain('avg_over_time');
  });
});
