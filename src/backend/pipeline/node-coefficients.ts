import { isOwnMetal } from '../../core/embodied/choose-embodied.ts';
import type { CoefficientSources, GridZone } from '../../core/ports/coefficient-sources.ts';
import type { IntensityValue, NodeCoefficients, VolumeCoefficient } from '../../model/coefficients.ts';
import type { VolumeFacts, WindowFacts } from '../../model/facts.ts';
import { Failure } from '../../model/failure.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';

/** What does not depend on time. Embodied emissions are not among it: a service may answer while a run goes on. */
type TimelessCoefficients = Omit<NodeCoefficients, 'intensity' | 'direct' | 'embodied'> & { readonly zone: GridZone };

interface FoundNode {
  readonly zone: string;
  readonly coefficients: NodeCoefficients;
}

/** What one window needs, looked up before the pure computation starts. */
export interface WindowCoefficients {
  coefficientsOf(node: NodeDescription): NodeCoefficients;
  zoneOf(node: NodeDescription): string;
  volumeOf(volume: VolumeFacts): VolumeCoefficient;
}

/** Asks the coefficient ports once per kind of node and volume, and once per zone and hour; lives as long as one run. */
export class CoefficientCache {
  readonly #sources: CoefficientSources;
  readonly #clusterId: string;
  readonly #labels: readonly string[];
  readonly #nodes = new Map<string, Promise<TimelessCoefficients>>();
  readonly #volumes = new Map<string, Promise<VolumeCoefficient>>();
  readonly #intensities = new Map<string, Promise<IntensityValue>>();
  readonly #directs = new Map<string, Promise<IntensityValue | null>>();

  constructor(sources: CoefficientSources, clusterId: string) {
    this.#sources = sources;
    this.#clusterId = clusterId;
    this.#labels = [...new Set(sources.labels ?? [])].sort();
  }

  /** Of the nodes, of the volumes, and of the places where volumes lie that no node of the window holds. */
  async forFacts({ window, nodes, volumes = [] }: WindowFacts): Promise<WindowCoefficients> {
    const foundNodes = new Map<string, FoundNode>();
    const foundVolumes = new Map<string, VolumeCoefficient>();
    for (const node of [...nodes.map(({ node }) => node), ...volumes.map(({ place }) => place)]) {
      const key = this.#kindOf(node);
      if (!foundNodes.has(key)) foundNodes.set(key, await this.#node(key, node, window.startSeconds));
    }
    for (const volume of volumes) {
      const key = kindOfVolume(volume);
      if (foundVolumes.has(key)) continue;
      const ask = () => this.#sources.power.volumeFor(volume, volume.place);
      foundVolumes.set(key, await remembered(this.#volumes, key, ask));
    }
    const of = (node: NodeDescription) => known(foundNodes.get(this.#kindOf(node)), node.name);
    return {
      coefficientsOf: (node) => of(node).coefficients,
      zoneOf: (node) => of(node).zone,
      volumeOf: (volume) => known(foundVolumes.get(kindOfVolume(volume)), volume.claim),
    };
  }

  async #node(key: string, node: NodeDescription, startSeconds: EpochSeconds): Promise<FoundNode> {
    const { zone, ...timeless } = await this.#timeless(key, node);
    const { grid, embodied } = this.#sources;
    const hour = `${zone.zone} ${zone.countryCode ?? ''} ${Math.floor(startSeconds / 3600)}`;
    const intensity = await remembered(this.#intensities, hour, () => grid.intensityFor(zone, startSeconds));
    const direct = isOwnMetal(node.provider)
      ? await remembered(this.#directs, hour, () => grid.directFor(zone, startSeconds))
      : null;
    const coefficients = {
      ...timeless,
      embodied: await embodied.embodiedFor(node),
      intensity,
      ...(zone.foundBy === 'country' ? { zoneFlags: [countryReason(node)] } : {}),
      ...(direct === null ? {} : { direct }),
    };
    return { zone: zone.zone, coefficients };
  }

  #timeless(key: string, node: NodeDescription): Promise<TimelessCoefficients> {
    const { power, pue, prices, grid, contracts } = this.#sources;
    return remembered(this.#nodes, key, async () => {
      const gpu = await power.gpuFor(node);
      const market = await contracts.contractFor(node);
      return {
        curve: await power.curveFor(node),
        pue: await pue.pueFor(node),
        prices: await prices.pricesFor(this.#clusterId),
        zone: await grid.zoneFor(node),
        ...(gpu === null ? {} : { gpu }),
        ...(market === null ? {} : { market }),
      };
    });
  }

  /** Everything of a node that a coefficient may depend on; its name, address and most of its labels are not among it. */
  #kindOf(node: NodeDescription): string {
    const { provider, region, zone, instanceType, architecture, gpuCount } = node;
    const size = [node.cpuCapacityMillicores, node.memoryCapacityBytes, gpuCount];
    const labels = this.#labels.map((name) => node.labels[name] ?? null);
    return JSON.stringify([provider, region, zone, instanceType, architecture, ...size, ...labels]);
  }
}

function countryReason({ region, zone }: NodeDescription): string {
  const name = region ?? zone;
  return `Grid zone of ${name === null ? 'the region' : `region ${name}`} is not known; the country's is taken.`;
}

/** Its size and age change what it takes, not how. */
function kindOfVolume({ place, storageClass, provisioner, diskType }: VolumeFacts): string {
  return JSON.stringify([place.provider, storageClass, provisioner, diskType]);
}

function known<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Failure('unexpected', `No coefficients were looked up for ${name}`);
  return found;
}

/** A failed lookup is forgotten, so that the next window asks again. */
function remembered<T>(cache: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const before = cache.get(key);
  if (before !== undefined) return before;
  const asked = ask();
  cache.set(key, asked);
  asked.catch(() => cache.delete(key));
  return asked;
}
