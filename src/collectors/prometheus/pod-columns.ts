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

/** Numbers for the places of one piece, each made once: the columns share them. */
export class PlaceNumbers {
  readonly #numbers = new Map<string, number>();
  readonly places: PodPlace[] = [];

  find(place: PodPlace): number | undefined {
    return this.#numbers.get(placeKey(place));
  }

  of(place: PodPlace): number {
    const key = placeKey(place);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const made = this.places.push(place) - 1;
    this.#numbers.set(key, made);
    return made;
  }
}

/** One quantity: per pod on a node, a value for each window end. */
export class PodColumn {
  readonly #numbers: PlaceNumbers;
  /** By window end: a value at each place's number, NaN for none. */
  readonly #cells = new Map<EpochSeconds, Float64Array>();

  constructor(numbers: PlaceNumbers = new PlaceNumbers()) {
    this.#numbers = numbers;
  }

  put(endSeconds: EpochSeconds, place: PodPlace, value: number): void {
    this.putAt(endSeconds, this.#numbers.of(place), value);
  }

  /**
   * Two targets that carry the same kubelet tell the same: the larger value stands, never the sum.
   * @param number the place's in the numbers of this column
   */
  putAt(endSeconds: EpochSeconds, number: number, value: number): void {
    let row = this.#cells.get(endSeconds);
    if (row === undefined || row.length <= number) {
      row = grown(row, Math.max(number + 1, this.#numbers.places.length));
      this.#cells.set(endSeconds, row);
    }
    const before = row[number] ?? Number.NaN;
    if (!(value <= before)) row[number] = value;
  }

  get(endSeconds: EpochSeconds, place: PodPlace): number | null {
    const number = this.#numbers.find(place);
    const value = number === undefined ? undefined : this.#cells.get(endSeconds)?.[number];
    return value === undefined || Number.isNaN(value) ? null : value;
  }

  places(endSeconds: EpochSeconds): readonly PodPlace[] {
    const row = this.#cells.get(endSeconds);
    if (row === undefined) return [];
    return this.#numbers.places.filter((_, number) => !Number.isNaN(row[number] ?? Number.NaN));
  }
}

function grown(row: Float64Array | undefined, length: number): Float64Array {
  const larger = new Float64Array(Math.ceil(length * 1.25)).fill(Number.NaN);
  if (row !== undefined) larger.set(row);
  return larger;
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

/** @param numbers those of the piece; its columns share them */
export function columnOf(
  series: readonly Series[],
  names: NodeNames,
  nodeOfPod: NodeOfPod,
  numbers: PlaceNumbers = new PlaceNumbers(),
): PodColumn {
  const column = new PodColumn(numbers);
  for (const { labels, samples } of series) {
    const pod = podNameOf(labels);
    if (pod === null) continue;
    const node = names.nodeOf(labels);
    const number = node === null ? null : numbers.of({ ...pod, node });
    for (const { seconds, value } of samples) {
      if (number !== null) column.putAt(seconds, number, value);
      else column.put(seconds, { ...pod, node: nodeOfPod(pod, seconds) }, value);
    }
  }
  return column;
}
