import type { NarrowingFactor } from './narrowing-place.ts';
import { actionOf, detailOf, type NarrowingAction, nodesAmong, titleOf } from './narrowing-words.ts';
import type { NodeShare } from './node-share.ts';
import {
  embodiedFactor,
  gpuFactor,
  intensityFactor,
  logVariance,
  powerFactor,
  priceFactor,
  pueFactor,
  storageFactor,
} from './source-factors.ts';
import type { ExplainMetric } from './step.ts';

/** A factor whose better knowledge would narrow the range; `share` of the width that it causes, 0 to 1. */
export interface Narrowing {
  readonly factor: NarrowingFactor;
  readonly title: string;
  readonly detail: string;
  readonly share: number;
  readonly action: NarrowingAction | null;
}

const MOST_LISTED = 8;
/** Less than this is not worth a line. */
const LEAST_SHARE = 0.005;

/**
 * What makes the range wide, the widest first: for each factor and place the squared log width of its range, weighted by
 * the energy, grams or money that it acts on, as a share of all of them. METHODOLOGY 1.13.
 */
export function rankNarrowing(shares: readonly NodeShare[], metric: ExplainMetric): Narrowing[] {
  const places = new Map<string, { factor: NarrowingFactor; shares: NodeShare[]; width: number }>();
  for (const share of shares) {
    for (const [factor, width] of widthsOf(share, metric)) {
      if (width <= 0) continue;
      const key = `${factor} ${placeKey(factor, share)}`;
      const place = places.get(key) ?? { factor, shares: [], width: 0 };
      place.shares.push(share);
      place.width += width;
      places.set(key, place);
    }
  }
  const nodes = nodesAmong(shares);
  const total = [...places.values()].reduce((sum, { width }) => sum + width, 0);
  return [...places.values()]
    .map((place) => ({ place, share: total > 0 ? place.width / total : 0 }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_LISTED)
    .map(({ place, share }) => ({
      factor: place.factor,
      title: titleOf(place),
      detail: detailOf(place, nodes),
      share: Math.min(1, share),
      action: actionOf(place),
    }));
}

function widthsOf(share: NodeShare, metric: ExplainMetric): (readonly [NarrowingFactor, number])[] {
  if (metric === 'cost') return [['price', share.cost * logVariance(priceFactor(share.sources.cost))]];
  const { sources, joules, joulesGpu, joulesStorage } = share;
  const unit = metric === 'carbon' ? share.co2eGrams : joules;
  const part = (of: number) => (joules > 0 ? (unit * of) / joules : 0);
  const host = Math.max(0, joules - joulesGpu - joulesStorage);
  const energy: (readonly [NarrowingFactor, number])[] = [
    ['power', part(host) * logVariance(share.curveFactor ?? powerFactor(sources.power))],
    ['gpu', part(joulesGpu) * logVariance(gpuFactor(sources.gpu))],
    ['storage', part(joulesStorage) * logVariance(storageFactor())],
  ];
  const pue = ['pue', unit * logVariance(pueFactor(sources.pue, share.provider))] as const;
  if (metric === 'energy') return [...energy, pue];
  return [
    ...energy,
    pue,
    ['intensity', unit * logVariance(intensityFactor(sources.intensity))],
    ['embodied', share.embodiedGrams * logVariance(embodiedFactor(sources.embodied))],
  ];
}

/** What one better source would serve at once. */
function placeKey(factor: NarrowingFactor, share: NodeShare): string {
  const { sources, provider, region, instanceType, zone, clusterId } = share;
  switch (factor) {
    case 'power':
      return `${sources.power} ${provider} ${instanceType ?? ''}`;
    case 'gpu':
      return `${sources.gpu} ${instanceType ?? ''}`;
    case 'storage':
      return provider;
    case 'pue':
      return `${sources.pue} ${provider} ${region ?? ''}`;
    case 'intensity':
      return `${sources.intensity} ${zone}`;
    case 'embodied':
      return `${sources.embodied} ${provider} ${instanceType ?? ''}`;
    case 'price':
      return `${sources.cost} ${clusterId}`;
  }
}
