import type { CoefficientSources } from '../../core/ports/coefficient-sources.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { PlaceCoefficients, RestatedPlace } from '../../core/restate/new-coefficients.ts';
import { PROVIDERS, type Provider } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { NodeSnapshot, NodeWindowRow, WindowResult } from '../../model/results.ts';
import { windowEndSeconds } from '../../model/time.ts';
import { CoefficientCache } from '../pipeline/node-coefficients.ts';

/** Labels of nodes as the API server gives them now, by name; null where nobody was asked. */
export type NodeLabels = ReadonlyMap<string, NodeDescription['labels']> | null;

/**
 * What the settings and sources of now say of the places of stored windows. Labels of nodes are not stored: where a zone
 * may hang on one that is not known any more, the zone stays as it was.
 */
export class PlaceCoefficientsFinder {
  readonly #clusterId: string;
  readonly #sources: CoefficientSources;
  readonly #store: Pick<ResultsStore, 'nodes'>;
  readonly #labels: NodeLabels;
  readonly #cache: CoefficientCache;
  readonly #byZone = new Map<string, CoefficientCache>();

  constructor(clusterId: string, sources: CoefficientSources, store: Pick<ResultsStore, 'nodes'>, labels: NodeLabels) {
    this.#clusterId = clusterId;
    this.#sources = sources;
    this.#store = store;
    this.#labels = labels;
    this.#cache = new CoefficientCache(sources, clusterId);
  }

  /** Everything that one window needs, so that restating it is plain arithmetic. */
  async forWindow(content: WindowResult): Promise<(place: RestatedPlace) => PlaceCoefficients> {
    const snapshots = await this.#snapshotsOf(content);
    const found = new Map<string, PlaceCoefficients>();
    for (const place of placesOf(content)) {
      const key = keyOf(place);
      if (found.has(key)) continue;
      found.set(key, await this.#place(place, likeOf(place, snapshots), content));
    }
    return (place) => {
      const known = found.get(keyOf(place));
      if (known === undefined) throw new Failure('unexpected', `No coefficients were looked up for ${keyOf(place)}`);
      return known;
    };
  }

  /** A volume at a place where no node is known stays in its zone: nothing tells its region. */
  async #place(place: RestatedPlace, snapshot: NodeSnapshot | null, content: WindowResult): Promise<PlaceCoefficients> {
    const { window } = content.entry;
    const name = snapshot?.name ?? place.node;
    const nodeWindow = content.nodeWindows.find((each) => each.node === name) ?? null;
    const needsLabels = (this.#sources.labels ?? []).length > 0;
    const labels = needsLabels ? (this.#labels?.get(name) ?? null) : {};
    const node = { ...describe(place, name, snapshot, nodeWindow), labels: labels ?? {} };
    const stays = labels === null || snapshot === null;
    const cache = stays ? this.#cacheOfZone(place.emapsZone) : this.#cache;
    const facts = { node, cpuSeconds: null, cpuSource: 'no-samples', existedSeconds: 0, pods: [] } as const;
    const all = await cache.forFacts({ window, coveredSeconds: window.durationSeconds, nodes: [facts] });
    return { coefficients: all.coefficientsOf(node), emapsZone: all.zoneOf(node) };
  }

  #cacheOfZone(zone: string): CoefficientCache {
    const known = this.#byZone.get(zone);
    if (known !== undefined) return known;
    const { labels: _labels, ...sources } = this.#sources;
    const fixed = { zone, countryCode: zone.split('-')[0] ?? null, foundBy: 'region' } as const;
    const grid = {
      zoneFor: async () => fixed,
      intensityFor: sources.grid.intensityFor.bind(sources.grid),
      directFor: sources.grid.directFor.bind(sources.grid),
    };
    const made = new CoefficientCache({ ...sources, grid }, this.#clusterId);
    this.#byZone.set(zone, made);
    return made;
  }

  /** Those that were written with the window, else the newest before its end. */
  async #snapshotsOf({ entry, nodeSnapshots, nodeWindows }: WindowResult): Promise<Map<string, NodeSnapshot>> {
    const known = new Map(nodeSnapshots.map((snapshot) => [snapshot.name, snapshot]));
    if (nodeWindows.every(({ node }) => known.has(node))) return known;
    const { startSeconds } = entry.window;
    const range = { startSeconds, endSeconds: windowEndSeconds(entry.window) };
    for (const snapshot of await this.#store.nodes([entry.clusterId], range)) {
      if (!known.has(snapshot.name)) known.set(snapshot.name, snapshot);
    }
    return known;
  }
}

function placesOf({ rows, nodeSnapshots }: WindowResult): RestatedPlace[] {
  const ofSnapshots = nodeSnapshots.map(({ name, provider, zone, emapsZone }) => ({
    node: name,
    provider,
    nodeZone: zone,
    emapsZone,
  }));
  return [...rows, ...ofSnapshots];
}

/** Rows of one node are of one place; volumes are of theirs. */
function keyOf({ node, provider, nodeZone, emapsZone }: RestatedPlace): string {
  return node === '' ? JSON.stringify([provider, nodeZone, emapsZone]) : node;
}

/** The node itself, or for a volume one that is where it is. */
function likeOf(place: RestatedPlace, snapshots: ReadonlyMap<string, NodeSnapshot>): NodeSnapshot | null {
  if (place.node !== '') return snapshots.get(place.node) ?? null;
  const { provider, nodeZone, emapsZone } = place;
  const isThere = (each: NodeSnapshot) =>
    each.provider === provider && each.zone === nodeZone && each.emapsZone === emapsZone;
  return [...snapshots.values()].find(isThere) ?? null;
}

function describe(
  place: RestatedPlace,
  name: string,
  snapshot: NodeSnapshot | null,
  window: NodeWindowRow | null,
): NodeDescription {
  return {
    name,
    uid: null,
    providerId: null,
    provider: providerOf(place.provider),
    region: snapshot?.region ?? null,
    zone: place.nodeZone,
    instanceType: snapshot?.instanceType ?? null,
    architecture: snapshot?.architecture ?? null,
    os: snapshot?.os ?? null,
    cpuCapacityMillicores: window?.cpuCapacityMillicores ?? snapshot?.cpuCapacityMillicores ?? 0,
    memoryCapacityBytes: window?.memoryCapacityBytes ?? snapshot?.memoryCapacityBytes ?? 0,
    cpuAllocatableMillicores: window?.cpuAllocatableMillicores ?? 0,
    memoryAllocatableBytes: window?.memoryAllocatableBytes ?? 0,
    gpuCount: window?.gpuCount ?? 0,
    ready: true,
    createdAtSeconds: null,
    addresses: [],
    labels: {},
  };
}

function providerOf(name: string): Provider {
  return PROVIDERS.find((provider) => provider === name) ?? 'unknown';
}
