import type { GpuUsage } from '../../model/energy.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { Labels, Series } from './answer.ts';
import { type ExporterNodes, exporterKey, nodeOfExporter } from './exporter-labels.ts';
import { type PodName, podKey } from './labels.ts';

/** One card in the hands of one pod (or of none) in one window; a card that changed hands has several. */
export interface CardShare {
  readonly card: string;
  readonly model: string | null;
  readonly pod: PodName | null;
  /** Samples in the window. */
  readonly count: number;
  readonly watts: number | null;
  readonly joules: number | null;
  /** 0 to 1. */
  readonly utilisation: number | null;
  /** Several parts of one card at the same time, each of which carries the figures of the whole card. */
  readonly isPart: boolean;
}

/** By window end, then node. */
export type SharesByNode = ReadonlyMap<EpochSeconds, ReadonlyMap<string, readonly CardShare[]>>;

const EXPORTER_NAME = /dcgm/i;

/** Answers of `dcgmQuery`; series whose labels lead to no node are left out. */
export function dcgmShares(series: readonly Series[], nodes: ExporterNodes): SharesByNode {
  const renamed = new Set(series.filter(({ labels }) => isRenamed(labels)).map(({ labels }) => exporterKey(labels)));
  const drafts = new Map<EpochSeconds, Map<string, Draft>>();
  for (const one of series) {
    const { labels } = one;
    const node = nodeOfDcgm(one, nodes);
    if (node === null) continue;
    const pod = holderOf(labels, renamed.has(exporterKey(labels)));
    const part = [labels.GPU_I_ID ?? '', labels.vgpu ?? ''].filter((text) => text !== '').join('/');
    const card = labels.UUID ?? labels.gpu ?? '';
    const key = [node, card, part, pod === null ? '' : podKey(pod), exporterKey(labels)].join('\n');
    for (const { seconds, value } of one.samples) {
      const row = drafts.get(seconds) ?? new Map<string, Draft>();
      drafts.set(seconds, row);
      const draft = row.get(key) ?? { node, card, part, pod, model: labels.modelName ?? null, figures: new Map() };
      row.set(key, draft);
      addFigure(draft.figures, labels.what ?? '', value);
    }
  }
  return new Map([...drafts].map(([end, row]) => [end, byNode([...row.values()])]));
}

interface Draft {
  readonly node: string;
  readonly card: string;
  readonly part: string;
  readonly pod: PodName | null;
  readonly model: string | null;
  readonly figures: Map<string, number>;
}

/** An exporter that was made anew has two series in one window: counts and joules add up, means stay means. */
function addFigure(figures: Map<string, number>, what: string, value: number): void {
  const before = figures.get(what);
  if (before === undefined) figures.set(what, value);
  else figures.set(what, what === 'count' || what === 'joules' ? before + value : (before + value) / 2);
}

function byNode(drafts: readonly Draft[]): ReadonlyMap<string, readonly CardShare[]> {
  // Of two jobs that scrape one exporter, the one with more samples.
  const best = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = [draft.node, draft.card, draft.part, draft.pod === null ? '' : podKey(draft.pod)].join('\n');
    const other = best.get(key);
    if (other === undefined || (draft.figures.get('count') ?? 0) > (other.figures.get('count') ?? 0))
      best.set(key, draft);
  }
  const result = new Map<string, CardShare[]>();
  for (const { node, card, part, pod, model, figures } of best.values()) {
    const percent = figures.get('utilisation');
    const share: CardShare = {
      card,
      model,
      pod,
      count: figures.get('count') ?? 0,
      watts: figures.get('watts') ?? null,
      joules: figures.get('joules') ?? null,
      utilisation: percent === undefined ? null : Math.min(1, Math.max(0, percent / 100)),
      isPart: part !== '',
    };
    const same = result.get(node);
    if (same === undefined) result.set(node, [share]);
    else same.push(share);
  }
  return result;
}

/** A counter that gained less than this share of mean power times time was not scraped all the time. */
const LEAST_COUNTED_SHARE = 0.8;

/**
 * The cards of a node in one window. A card's joules are its counter's where it has one that was scraped all the time
 * and the card stayed in one hand, else its mean power times the seconds; a card that changed hands is told apart by how
 * often each hand was seen.
 *
 * @param seconds of the window in which the node existed
 */
export function gpusOf(shares: readonly CardShare[], seconds: number): readonly GpuUsage[] {
  const gpus: GpuUsage[] = [];
  for (const [, own] of Map.groupBy(shares, (share) => share.card)) {
    const count = own.reduce((sum, share) => sum + share.count, 0);
    for (const share of own) {
      const part = count === 0 ? 1 / own.length : share.count / count;
      const mean = share.watts === null ? null : share.watts * seconds * part;
      const counted = share.joules === null ? null : share.isPart ? share.joules / own.length : share.joules;
      gpus.push({
        card: share.card,
        model: share.model,
        joules: isWhole(own, counted, mean) ? counted : mean,
        utilisation: share.utilisation,
        pod: share.pod,
      });
    }
  }
  return gpus.sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
}

function isWhole(own: readonly CardShare[], counted: number | null, mean: number | null): boolean {
  if (counted === null || mean === null) return counted !== null;
  return own.length === 1 && counted >= LEAST_COUNTED_SHARE * mean;
}

function nameOf(gpu: GpuUsage): string {
  return `${gpu.card} ${gpu.pod === null ? '' : podKey(gpu.pod)}`;
}

/** `Hostname` is the node's name where the exporter was told it, else that of its own pod. */
function nodeOfDcgm(series: Series, nodes: ExporterNodes): string | null {
  const { labels } = series;
  const byTarget = nodes.names.nodeOf(labels);
  if (byTarget !== null && (nodes.names.known.size === 0 || nodes.names.known.has(byTarget))) return byTarget;
  const host = nodes.names.nodeOfHost(labels.Hostname ?? '');
  if (host !== null) return host;
  return byTarget ?? nodeOfExporter(nodes, series, 'Hostname');
}

function isRenamed(labels: Labels): boolean {
  return ['exported_pod', 'exported_namespace'].some((name) => (labels[name] ?? '') !== '');
}

/** The pod that holds the card. Where the scrape renamed labels, or the card is free, `pod` is the exporter's own. */
function holderOf(labels: Labels, renamed: boolean): PodName | null {
  const { exported_pod: pod = '', exported_namespace: namespace = '' } = labels;
  if (pod !== '' && namespace !== '') return { namespace, name: pod };
  if (renamed || EXPORTER_NAME.test(labels.pod ?? '') || EXPORTER_NAME.test(labels.container ?? '')) return null;
  const { pod: plainPod = '', namespace: plainNamespace = '' } = labels;
  return plainPod === '' || plainNamespace === '' ? null : { namespace: plainNamespace, name: plainPod };
}
