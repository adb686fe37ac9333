import type { VolumeUsage } from '../../model/energy.ts';
import type { VolumeDescription } from '../../model/inventory.ts';
import { type Window, windowEndSeconds } from '../../model/time.ts';
import type { Labels, Series } from './answer.ts';
import { type EnergySeries, VOLUME_USED } from './energy-series.ts';
import { ownLabel, podNameOf } from './labels.ts';
import type { Select } from './matchers.ts';
import type { NodeNames } from './node-names.ts';
import type { NodeOfPod } from './pod-columns.ts';
import { SeriesIndex } from './series-index.ts';

/**
 * PromQL over volume claims for one window length, each to be evaluated at window ends. Names and labels: docs/metrics
 * of github.com/kubernetes/kube-state-metrics; `kubelet_volume_stats_used_bytes{namespace,persistentvolumeclaim}` is
 * the kubelet's own.
 */
export interface VolumeQueries {
  readonly info: string;
  readonly requested: string;
  /** Minutes of the window in which the claim was bound. */
  readonly bound: string;
  /** Minutes of the window in which kube-state-metrics told anything. */
  readonly told: string;
  readonly mounts: string;
  readonly classes: string;
  readonly drivers: string;
  readonly used: string | null;
}

const CLAIM = 'namespace,exported_namespace,persistentvolumeclaim';

export function volumeQueries(select: Select, windowSeconds: number, there: EnergySeries): VolumeQueries {
  const range = `[${windowSeconds}s]`;
  const minutes = `[${windowSeconds}s:60s]`;
  const last = (metric: string): string => `last_over_time(${select(metric)}${range})`;
  const max = (labels: string, expression: string): string => `max by (${labels}) (${expression})`;
  const bound = max(CLAIM, select('kube_persistentvolumeclaim_status_phase', 'phase="Bound"'));
  return {
    info: max(`${CLAIM},storageclass,volumename`, last('kube_persistentvolumeclaim_info')),
    requested: max(CLAIM, last('kube_persistentvolumeclaim_resource_requests_storage_bytes')),
    bound: `sum_over_time((${bound})${minutes})`,
    told: `count_over_time((count(${select('kube_node_info')} or ${select('kube_persistentvolumeclaim_info')}))${minutes})`,
    mounts: max(`${CLAIM},pod,exported_pod`, last('kube_pod_spec_volumes_persistentvolumeclaims_info')),
    classes: max('storageclass,provisioner', last('kube_storageclass_info')),
    drivers: max('persistentvolume,csi_driver', last('kube_persistentvolume_info')),
    used: there.has(VOLUME_USED)
      ? max(
          `${CLAIM},node,exported_node,kubernetes_node,kubernetes_io_hostname,instance`,
          `avg_over_time(${select(VOLUME_USED)}${range})`,
        )
      : null,
  };
}

export type VolumeAnswers = Readonly<Record<keyof VolumeQueries, readonly Series[]>>;

/** Where a pod's claim is mounted, and the names that lead a series of a kubelet to its node. */
export interface VolumePlaces {
  readonly names: NodeNames;
  readonly nodeOfPod: NodeOfPod;
  /** What the API server lists now: of classes it knows what no metric tells. */
  readonly listed: readonly VolumeDescription[];
}

/** The claims that were bound in a window, by what kube-state-metrics told then. */
export function createVolumes(
  answers: VolumeAnswers,
  places: VolumePlaces,
): (window: Window) => readonly VolumeUsage[] {
  const index = (series: readonly Series[]) => new SeriesIndex(series, claimKey);
  const [info, requested, bound, mounts, used] = [
    index(answers.info),
    index(answers.requested),
    index(answers.bound),
    index(answers.mounts),
    index(answers.used),
  ];
  const told = new SeriesIndex(answers.told, () => '');
  const classes = new SeriesIndex(answers.classes, (labels) => labels.storageclass ?? null);
  const drivers = new SeriesIndex(answers.drivers, (labels) => labels.persistentvolume ?? null);
  const now = new Map(places.listed.map((volume) => [`${volume.namespace}/${volume.claim}`, volume]));
  const classesNow = new Map(places.listed.map((volume) => [volume.storageClass, volume]));
  const text = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);

  return (window) => {
    const end = windowEndSeconds(window);
    const minutes = told.all(end, '')[0]?.value ?? 0;
    const volumes: VolumeUsage[] = [];
    for (const key of requested.keys(end)) {
      const requestedBytes = requested.all(end, key)[0]?.value ?? 0;
      const aliveSeconds = aliveOf(window, bound.all(end, key)[0]?.value ?? 0, minutes);
      const labels = requested.all(end, key)[0]?.labels ?? {};
      const namespace = ownLabel(labels, 'namespace');
      if (requestedBytes <= 0 || aliveSeconds <= 0 || namespace === null) continue;
      // A claim has one row without a volume until it is bound.
      const rows = info.all(end, key);
      const own = (rows.find((row) => (row.labels.volumename ?? '') !== '') ?? rows[0])?.labels ?? {};
      const storageClass = text(own.storageclass);
      const byClass = storageClass === null ? undefined : classes.all(end, storageClass)[0]?.labels.provisioner;
      const byVolume = drivers.all(end, own.volumename ?? '').find((row) => (row.labels.csi_driver ?? '') !== '');
      const usage = used.all(end, key);
      const alike = storageClass === null ? now.get(key) : classesNow.get(storageClass);
      volumes.push({
        namespace,
        claim: labels.persistentvolumeclaim ?? '',
        storageClass,
        provisioner: text(byClass) ?? text(byVolume?.labels.csi_driver) ?? alike?.provisioner ?? null,
        diskType: alike?.diskType ?? null,
        requestedBytes,
        usedBytes: usage.length === 0 ? null : Math.max(...usage.map((row) => row.value)),
        aliveSeconds,
        node: nodeOf(mounts.all(end, key), end, places) ?? kubeletOf(usage, places),
        team: now.get(key)?.team ?? null,
      });
    }
    return volumes;
  };
}

/** One scrape more or less is not told from the whole window. */
function aliveOf(window: Window, boundMinutes: number, toldMinutes: number): number {
  if (boundMinutes <= 0 || toldMinutes <= 0) return 0;
  const isWhole = boundMinutes >= toldMinutes - 1 && boundMinutes >= toldMinutes / 2;
  return isWhole ? window.durationSeconds : (window.durationSeconds * boundMinutes) / toldMinutes;
}

function nodeOf(mounts: readonly { readonly labels: Labels }[], end: number, places: VolumePlaces): string | null {
  const nodes = mounts.flatMap(({ labels }) => {
    const pod = podNameOf(labels);
    const node = pod === null ? null : places.nodeOfPod(pod, end);
    return node === null ? [] : [node];
  });
  return nodes.sort()[0] ?? null;
}

function kubeletOf(used: readonly { readonly labels: Labels }[], { names }: VolumePlaces): string | null {
  return used.map(({ labels }) => names.nodeOf(labels)).find((node) => node !== null) ?? null;
}

function claimKey(labels: Labels): string | null {
  const namespace = ownLabel(labels, 'namespace');
  const claim = labels.persistentvolumeclaim ?? '';
  return namespace === null || claim === '' ? null : `${namespace}/${claim}`;
}
