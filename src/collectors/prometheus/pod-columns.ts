import type { EpochSeconds } from '../../model/time.ts';
import type { Labels, Series } from './answer.ts';
import { type PodName, podKey, podNameOf } from './labels.ts';
import type { NodeNames } from './node-names.ts';

/** A pod on a node; `node` null where nothing tells. */
export interface PodPlace extends PodName {
  readonly node: string | null;
}

export function placeKey(place: PodPlace): string {
  return `${podKey(place)}@${place.node ?? ''}`;
}

/** One quantity: per pod on a node, a value for each window end. */
export class PodColumn {
  private readonly cells = new Map<EpochSeconds, Map<string, { readonly place: PodPlace; value: number }>>();

  /** Two targets that carry the same kubelet tell the same: the larger value stands, never the sum. */
  put(endSeconds: EpochSeconds, place: PodPlace, value: number): void {
    let row = this.cells.get(endSeconds);
    if (row === undefined) {
      row = new Map();
      this.cells.set(endSeconds, row);
    }
    const key = placeKey(place);
    const cell = row.get(key);
    if (cell === undefined) row.set(key, { place, value });
    else if (value > cell.value) cell.value = value;
  }

  get(endSeconds: EpochSeconds, place: PodPlace): number | null {
    return this.cells.get(endSeconds)?.get(placeKey(place))?.value ?? null;
  }

  places(endSeconds: EpochSeconds): readonly PodPlace[] {
    return [...(this.cells.get(endSeconds)?.values() ?? [])].map((cell) => cell.place);
  }
}

/** Finds where a pod was in the window that ends then, for series without a node. */
export type NodeOfPod = (pod: PodName, endSeconds: EpochSeconds) => string | null;

export function placeOf(
  labels: Labels,
  endSeconds: EpochSeconds,
  names: NodeNames,
  nodeOfPod: NodeOfPod,
): PodPlace | null {
  const pod = podNameOf(labels);
  if (pod === null) return null;
  return { ...pod, node: names.nodeOf(labels) ?? nodeOfPod(pod, endSeconds) };
}

export function columnOf(series: readonly Series[], names: NodeNames, nodeOfPod: NodeOfPod): PodColumn {
  const column = new PodColumn();
  for (const { labels, samples } of series) {
    const pod = podNameOf(labels);
    if (pod === null) continue;
    const node = names.nodeOf(labels);
    for (const { seconds, value } of samples) {
      column.put(seconds, { ...pod, node: node ?? nodeOfPod(pod, seconds) }, value);
    }
  }
  return column;
}
