import type { GpuUsage } from '../../model/energy.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { Series } from './answer.ts';
import { type ExporterNodes, exporterKey, nodeOfExporter } from './exporter-labels.ts';
import { type PodName, podKey } from './labels.ts';

/** Joules of a pod on the cards of its node; `card` null where Kepler doesn't tell them apart. */
export interface PodGpuShare {
  readonly pod: PodName;
  readonly card: string | null;
  readonly joules: number | null;
  /** Sum of the samples of its watts. */
  readonly wattSamples: number | null;
}

/** What Kepler knows of the cards of a node in one window. */
export interface KeplerGpus {
  readonly cards: readonly {
    readonly card: string;
    readonly uuid: string;
    readonly model: string | null;
    readonly watts: number;
    readonly count: number;
  }[];
  readonly pods: readonly PodGpuShare[];
}

export type KeplerGpusByNode = ReadonlyMap<EpochSeconds, ReadonlyMap<string, KeplerGpus>>;

/** Answers of `keplerGpuQuery`. */
export function keplerGpus(series: readonly Series[], nodes: ExporterNodes): KeplerGpusByNode {
  const rows = new Map<EpochSeconds, Map<string, { readonly labels: Series['labels']; readonly value: number }[]>>();
  for (const one of series) {
    const node = nodeOfExporter(nodes, one, 'exported_instance');
    if (node === null) continue;
    for (const { seconds, value } of one.samples) {
      const row = rows.get(seconds) ?? new Map<string, { labels: Series['labels']; value: number }[]>();
      rows.set(seconds, row);
      const found = row.get(node) ?? [];
      row.set(node, found);
      found.push({ labels: one.labels, value });
    }
  }
  return new Map(
    [...rows].map(([end, row]) => [end, new Map([...row].map(([node, found]) => [node, oneExporter(found)]))]),
  );
}

/** Two jobs that scrape one Kepler tell the same: the one that tells more stands. */
function oneExporter(found: readonly { readonly labels: Series['labels']; readonly value: number }[]): KeplerGpus {
  const groups = [...Map.groupBy(found, ({ labels }) => exporterKey(labels)).values()];
  groups.sort((left, right) => right.length - left.length);
  const own = groups[0] ?? [];
  const of = (what: string) => own.filter(({ labels }) => labels.what === what);
  const counts = new Map(of('count').map(({ labels, value }) => [labels.gpu ?? '', value]));
  const share = (what: 'podJoules' | 'podWattSamples'): PodGpuShare[] =>
    of(what).flatMap(({ labels, value }) => {
      const { pod_name: name = '', pod_namespace: namespace = '', gpu = '' } = labels;
      if (name === '' || namespace === '' || value <= 0) return [];
      const joules = what === 'podJoules' ? value : null;
      return [
        {
          pod: { namespace, name },
          card: gpu === '' ? null : gpu,
          joules,
          wattSamples: joules === null ? value : null,
        },
      ];
    });
  return {
    cards: of('watts').map(({ labels, value }) => ({
      card: labels.gpu ?? '',
      uuid: labels.gpu_uuid ?? labels.gpu ?? '',
      model: labels.gpu_name ?? null,
      watts: value,
      count: counts.get(labels.gpu ?? '') ?? 0,
    })),
    pods: [...share('podJoules'), ...share('podWattSamples')],
  };
}

/**
 * The cards of a node: each pod with the joules that Kepler gives it, and what is left of each card in no hand. A card
 * that one pod alone used is that pod's whole, with what it drew while it waited.
 *
 * @param seconds of the window in which the node existed
 */
export function gpusOfKepler({ cards, pods }: KeplerGpus, seconds: number): readonly GpuUsage[] {
  const samples = Math.max(1, ...cards.map((card) => card.count));
  const joulesOf = (share: PodGpuShare): number => share.joules ?? ((share.wattSamples ?? 0) / samples) * seconds;
  // Without a card in the pods' series, what a pod drew is spread over the cards as they drew.
  const total = cards.reduce((sum, other) => sum + other.watts, 0);
  return cards.flatMap(({ card, uuid, model, watts }): GpuUsage[] => {
    const whole = watts * seconds;
    const gpu = (joules: number, pod: PodName | null): GpuUsage => ({
      card: uuid,
      model,
      joules,
      utilisation: null,
      pod,
    });
    const portion = (share: PodGpuShare): number =>
      share.card === null ? (total === 0 ? 0 : watts / total) : share.card === card ? 1 : 0;
    const own = pods.filter((share) => portion(share) > 0);
    const first = own[0];
    const isTold = cards.length === 1 || own.every((share) => share.card !== null);
    const isAlone = own.every((share) => first !== undefined && podKey(share.pod) === podKey(first.pod));
    if (first !== undefined && isTold && isAlone) return [gpu(whole, first.pod)];
    const used = own.map((share) => ({ pod: share.pod, joules: joulesOf(share) * portion(share) }));
    const sum = used.reduce((all, share) => all + share.joules, 0);
    // The gauges of pods and cards are read at other instants: together the pods never took more than the card.
    const scale = sum > whole ? whole / sum : 1;
    const rest = whole - sum * scale;
    return [...used.map((share) => gpu(share.joules * scale, share.pod)), ...(rest > 0 ? [gpu(rest, null)] : [])];
  });
}
