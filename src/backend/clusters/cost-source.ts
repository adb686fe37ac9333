import type { OpenCost } from '../../collectors/opencost/opencost.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { ConnectionSource, OpenCostSettings } from '../../core/ports/cluster-source.ts';
import type { Transport } from '../../core/ports/transport.ts';
import type { WindowCosts } from '../../model/costs.ts';
import type { Failure } from '../../model/failure.ts';
import type { ServiceDescription } from '../../model/inventory.ts';
import type { EpochSeconds, Window } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import type { ServiceAddress } from './metrics-source.ts';
import { Backoff } from './sampling/backoff.ts';
import { withPrefix } from './with-prefix.ts';

export interface CostDeps {
  readonly clock: Clock;
  readonly settings: OpenCostSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly serviceTransport: (service: ServiceAddress) => Transport;
}

interface FoundOpenCost {
  readonly openCost: OpenCost;
  readonly description: string;
  close(): Promise<void>;
}

const OPENCOST = 'opencost';

/**
 * OpenCost of one cluster: at the address that a person gave, else among the Services. One that failed is left alone
 * for a while; windows are priced by unit prices meanwhile.
 */
export class CostSource {
  readonly #deps: CostDeps;
  readonly #backoff: Backoff;
  #found: FoundOpenCost | null = null;
  #failure: Failure | null = null;
  #wasSought = false;
  #lastGoodAtSeconds: EpochSeconds | null = null;

  constructor(deps: CostDeps) {
    this.#deps = deps;
    this.#backoff = new Backoff(deps.clock);
  }

  get state(): ConnectionSource {
    const { settings } = this.#deps;
    const base = { id: OPENCOST, hint: null, lastGoodAtSeconds: this.#lastGoodAtSeconds } as const;
    if (settings.isOff) return { ...base, state: 'not-set-up', message: 'OpenCost is switched off for this cluster' };
    if (this.#failure !== null) {
      const { message, hint } = this.#failure;
      return { ...base, state: 'failed', message, hint };
    }
    if (this.#found !== null) return { ...base, state: 'working', message: this.#found.description };
    if (!this.#wasSought) return { ...base, state: 'waiting', message: null };
    return { ...base, state: 'not-set-up', ...NOT_FOUND };
  }

  /**
   * Null without OpenCost, where it has nothing of that time, and for a while after it failed, so that a failure is
   * thrown, and said, once.
   */
  async costsOf(
    window: Window,
    services: readonly ServiceDescription[],
    signal: AbortSignal,
  ): Promise<WindowCosts | null> {
    if (this.#deps.settings.isOff || this.#backoff.isOff(OPENCOST)) return null;
    try {
      const found = await this.#find(services);
      if (found === null) return null;
      const costs = await found.openCost.costsOf(window, signal);
      this.#failure = null;
      this.#lastGoodAtSeconds = this.#deps.clock.nowSeconds();
      this.#backoff.worked(OPENCOST);
      return costs;
    } catch (error) {
      const failure = asFailure(error);
      if (signal.aborted || failure.code === 'cancelled') throw error;
      await this.close();
      this.#failure = failure;
      this.#backoff.failed(OPENCOST, failure);
      throw failure;
    }
  }

  async close(): Promise<void> {
    const found = this.#found;
    this.#found = null;
    await found?.close().catch(() => undefined);
  }

  async #find(services: readonly ServiceDescription[]): Promise<FoundOpenCost | null> {
    if (this.#found !== null) return this.#found;
    this.#wasSought = true;
    const transport = await this.#transport(services);
    if (transport === null) return null;
    const { openCost } = await import('../../collectors/opencost/opencost.ts');
    const { description } = transport;
    this.#found = { openCost: openCost(transport, null), description, close: async () => transport.close?.() };
    return this.#found;
  }

  async #transport(services: readonly ServiceDescription[]): Promise<(Transport & { close?(): Promise<void> }) | null> {
    const { settings, env, serviceTransport } = this.#deps;
    if (settings.url !== null) {
      const { createUrlTransport } = await import('../../net/url-transport.ts');
      const auth = { kind: 'none' } as const;
      return createUrlTransport({ url: settings.url, auth, certificateAuthority: null, proxyFromEnv: env });
    }
    const { rankOpenCostServices } = await import('../../collectors/discovery/rank-opencost.ts');
    const [best] = rankOpenCostServices(services);
    return best === undefined ? null : withPrefix(serviceTransport(best), best.pathPrefix);
  }
}

const NOT_FOUND = {
  message: 'No OpenCost was found among the Services of the cluster; unit prices are used',
  hint: 'Install OpenCost in the cluster, or give its address in the settings of this context.',
};
