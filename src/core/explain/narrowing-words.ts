import type { NarrowingPlace } from './narrowing-place.ts';
import type { NodeShare } from './node-share.ts';
import { rungTitle } from './rung-titles.ts';

export interface NarrowingAction {
  readonly kind:
    | 'set-pue'
    | 'install-meter'
    | 'connect-grid'
    | 'set-zone'
    | 'connect-boavizta'
    | 'connect-opencost'
    | 'set-prices'
    | 'label-nodes';
  readonly label: string;
}

/** Names the place: `PUE of eu-west-1`. */
export function titleOf(place: NarrowingPlace): string {
  const [first] = place.shares;
  if (first === undefined) return place.factor;
  const type = first.instanceType ?? 'nodes of unknown type';
  switch (place.factor) {
    case 'power':
      return `Power model of ${type}`;
    case 'gpu':
      return `Power of the GPUs of ${type}`;
    case 'storage':
      return `Energy of volumes at ${first.provider}`;
    case 'pue':
      return `PUE of ${first.region ?? first.provider}`;
    case 'intensity':
      return first.sources.intensity === 'world' ? 'Grid zone that is not known' : `Grid intensity of ${first.zone}`;
    case 'embodied':
      return `Embodied emissions of ${type}`;
    case 'price':
      return `Prices of ${first.clusterName}`;
  }
}

/** Distinct nodes; volumes are on none. */
export function nodesAmong(shares: readonly NodeShare[]): number {
  return new Set(shares.flatMap(({ clusterId, node }) => (node === '' ? [] : [`${clusterId} ${node}`]))).size;
}

/** What is used now, and on how many nodes. */
export function detailOf(place: NarrowingPlace, nodeCount: number): string {
  const [first] = place.shares;
  if (first === undefined) return '';
  const here = nodesAmong(place.shares);
  const nodes = here === 0 ? [] : [`${here} of ${nodeCount} ${nodeCount === 1 ? 'node' : 'nodes'}`];
  const volumes = place.shares.some(({ node }) => node === '') ? ['persistent volumes'] : [];
  return `${rungOf(place, first)}, on ${[...nodes, ...volumes].join(' and ')}`;
}

function rungOf({ factor }: NarrowingPlace, { sources }: NodeShare): string {
  switch (factor) {
    case 'power':
      return rungTitle('power', sources.power);
    case 'gpu':
      return rungTitle('gpu', sources.gpu);
    case 'storage':
      return 'watt hours by medium';
    case 'pue':
      return rungTitle('pue', sources.pue);
    case 'intensity':
      return rungTitle('intensity', sources.intensity);
    case 'embodied':
      return rungTitle('embodied', sources.embodied);
    case 'price':
      return rungTitle('cost', sources.cost);
  }
}

/** What a person can do; null where nothing better is known to Podwatt. */
export function actionOf({ factor, shares: [first] }: NarrowingPlace): NarrowingAction | null {
  if (first === undefined) return null;
  const { sources, provider } = first;
  switch (factor) {
    case 'power':
      return powerAction(first);
    case 'gpu':
      return sources.gpu === 'measured' ? null : { kind: 'install-meter', label: 'Install the DCGM exporter' };
    case 'pue':
      return sources.pue === 'person' ? null : { kind: 'set-pue', label: 'Set value' };
    case 'intensity':
      return intensityAction(first);
    case 'embodied':
      return sources.embodied === 'boavizta' || provider === 'onprem'
        ? null
        : { kind: 'connect-boavizta', label: 'Connect Boavizta' };
    case 'price':
      return sources.cost === 'default-prices'
        ? { kind: 'connect-opencost', label: 'Connect OpenCost or set prices' }
        : null;
    case 'storage':
      return null;
  }
}

function powerAction({ sources, instanceType }: NodeShare): NarrowingAction | null {
  if (sources.power === 'measured') return null;
  if (instanceType === null) return { kind: 'label-nodes', label: 'Label nodes with their type' };
  return { kind: 'install-meter', label: 'Install Kepler' };
}

function intensityAction({ sources }: NodeShare): NarrowingAction | null {
  switch (sources.intensity) {
    case 'live':
      return null;
    case 'world':
      return { kind: 'set-zone', label: 'Set the grid zone' };
    case 'person':
    case 'estimated':
    case 'zone-profile':
    case 'zone-year':
    case 'country-year':
      return { kind: 'connect-grid', label: 'Connect a grid source' };
  }
}
