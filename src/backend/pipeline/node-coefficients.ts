import type { CoefficientSources } from '../../core/ports/coefficient-sources.ts';
import type { IntensityValue, NodeCoefficients } from '../../model/coefficients.ts';
import { Failure } from '../../model/failure.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';

type TimelessCoefficients = Omit<NodeCoefficients, 'intensity'> & {
  readonly zone: Awaited<ReturnType<CoefficientSources['grid']['zoneFor']>>;
};

/** What one window needs, looked up before the pure computation starts. */
export interface WindowCoefficients {
  coefficientsOf(node: NodeDescription): NodeCoefficients;
  zoneOf(node: NodeDescription): string;
}

/** Asks the coefficient ports once per kind of node and once per zone and hour; lives as long as one run. */
export class CoefficientCache {
  readonly #sources: CoefficientSources;
  readonly #clusterId: string;
  readonly #nodes = new Map<string, Promise<TimelessCoefficients>>();
  readonly #intensities = new Map<string, Promise<IntensityValue>>();

  constructor(sources: CoefficientSources, clusterId: string) {
    this.#sources = sources;
    this.#clusterId = clusterId;
  }

  async forWindow(nodes: readonly NodeDescription[], startSeconds: EpochSeconds): Promise<WindowCoefficients> {
    const found = new Map<string, { zone: string; coefficients: NodeCoefficients }>();
    for (const node of nodes) {
      const key = kindOf(node);
      if (found.has(key)) continue;
      const { zone, ...timeless } = await this.#timeless(key, node);
      const intensity = await this.#intensity(zone, startSeconds);
      found.set(key, { zone: zone.zone, coefficients: { ...timeless, intensity } });
    }
    const of = (node: NodeDescription) => {
      const known = found.get(kindOf(node));
      if (known === undefined) throw new Failure('unexpected', `No coefficients were looked up for node ${node.name}`);
      return known;
    };
    return { coefficientsOf: (node) => of(node).coefficients, zoneOf: (node) => of(node).zone };
  }

  #timeless(key: string, node: NodeDescription): Promise<TimelessCoefficients> {
    return remembered(this.#nodes, key, async () => ({
      curve: await this.#sources.power.curveFor(node),
      pue: await this.#sources.pue.pueFor(node),
      embodied: await this.#sources.embodied.embodiedFor(node),
      prices: await this.#sources.prices.pricesFor(this.#clusterId),
      zone: await this.#sources.grid.zoneFor(node),
    }));
  }

  #intensity(zone: TimelessCoefficients['zone'], startSeconds: EpochSeconds): Promise<IntensityValue> {
    const hour = Math.floor(startSeconds / 3600);
    return remembered(this.#intensities, `${zone.zone} ${zone.countryCode ?? ''} ${hour}`, () =>
      this.#sources.grid.intensityFor(zone, startSeconds),
    );
  }
}

/** Everything of a node that a coefficient may depend on; its labels and address are not among it. */
function kindOf(node: NodeDescription): string {
  const { provider, region, zone, instanceType, architecture, cpuCapacityMillicores, memoryCapacityBytes, gpuCount } =
    node;
  return JSON.stringify([
    provider,
    region,
    zone,
    instanceType,
    architecture,
    cpuCapacityMillicores,
    memoryCapacityBytes,
    gpuCount,
  ]);
}

/** A failed lookup is forgotten, so that the next window asks again. */
function remembered<T>(cache: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const asked = ask();
  cache.set(key, asked);
  asked.catch(() => cache.delete(key));
  return asked;
}
