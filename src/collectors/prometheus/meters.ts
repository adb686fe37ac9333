import type { NodeMeter } from '../../model/energy.ts';
import type { Inventory } from '../../model/inventory.ts';
import { type Window, windowEndSeconds } from '../../model/time.ts';
import { coveredSeconds, gainOfIncrease } from './coverage.ts';
import { existedRange } from './existed.ts';
import type { PodEdge } from './kepler-queries.ts';
import { nodeRanges, rangeOf } from './node-times.ts';
import { type PodPlace, placeKey } from './pod-columns.ts';
import type { KeplerAnswers } from './read-kepler.ts';
import type { PieceAnswers } from './read-piece.ts';

/** The meters of the nodes in one window. */
export interface MetersOfWindow {
  readonly byNode: ReadonlyMap<string, NodeMeter>;
  /**
   * Joules above idle of a pod by the zone that counts for its node; null where the node has no meter, or its exporter
   * tells nothing of pods. A pod that the exporter doesn't name on a node of which it names others took nothing.
   *
   * @param isNew the pod began in this window, so that what its counters held when first seen is of this window
   */
  activeJoules(place: PodPlace, isNew: boolean): number | null;
}

export const NO_METERS: MetersOfWindow = { byNode: new Map(), activeJoules: () => null };

/** Below this share of a window that the exporter was scraped in, the window has no meter. */
const LEAST_COVERED_SHARE = 0.5;

interface ChosenMeter {
  readonly meter: NodeMeter;
  readonly answers: KeplerAnswers;
  /** What `increase()` is multiplied by to stand for all of the time that the node existed. */
  readonly factor: number;
}

export function metersOfWindow(answers: PieceAnswers, window: Window, inventory: Inventory): MetersOfWindow {
  if (answers.energy.kepler.length === 0) return NO_METERS;
  const endSeconds = windowEndSeconds(window);
  const chosen = new Map<string, ChosenMeter>();
  for (const kepler of answers.energy.kepler) {
    for (const node of kepler.times.keys()) {
      if (chosen.has(node)) continue;
      const meter = meterOf(answers, kepler, window, node, inventory);
      if (meter !== null) chosen.set(node, meter);
    }
  }
  const withPods = new Set<string>();
  for (const { answers: kepler, meter } of chosen.values()) {
    for (const key of kepler.podJoules(meter.zone, endSeconds).keys())
      withPods.add(`${kepler.exporter} ${nodeOfKey(key)}`);
  }
  return {
    byNode: new Map([...chosen].map(([node, { meter }]) => [node, meter])),
    activeJoules(place, isNew) {
      const found = place.node === null ? undefined : chosen.get(place.node);
      if (found === undefined) return null;
      const { answers: kepler, meter, factor } = found;
      if (!withPods.has(`${kepler.exporter} ${place.node ?? ''}`)) return null;
      const key = placeKey(place);
      const edge = (name: PodEdge): number => kepler.podEdge(meter.zone, name, endSeconds, key);
      const steady = (kepler.podJoules(meter.zone, endSeconds).get(key) ?? 0) * factor;
      return Math.max(0, steady + edge('tail') + (isNew ? edge('head') + edge('whole') : 0));
    },
  };
}

function meterOf(
  answers: PieceAnswers,
  kepler: KeplerAnswers,
  window: Window,
  node: string,
  inventory: Inventory,
): ChosenMeter | null {
  const range = rangeOf(window);
  const times = kepler.times.get(node) ?? [];
  const zone = kepler.zoneOf(range.endSeconds, node);
  if (zone === null) return null;
  if (coveredSeconds(nodeRanges(times), range) < LEAST_COVERED_SHARE * window.durationSeconds) return null;
  const existed = existedRange(answers, window, node, inventory);
  const factor = gainOfIncrease(range, existed, { increase: 1, times, startRate: null, endRate: null });
  if (factor === null) return null;
  const meter: NodeMeter = {
    exporter: kepler.exporter,
    zone: zone.zone,
    activeJoules: zone.activeJoules * factor,
    idleJoules: zone.idleJoules * factor,
    isModelled: zone.isModelled,
  };
  return { meter, answers: kepler, factor };
}

function nodeOfKey(key: string): string {
  return key.slice(key.indexOf('@') + 1);
}
