import { createKubelets } from '../../collectors/kubelet/kubelet.ts';
import { createMetricsServer } from '../../collectors/metrics-server/metrics-server.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type {
  ClusterConnection,
  ConnectionSource,
  ConnectOptions,
  SourceCheck,
} from '../../core/ports/cluster-source.ts';
import type { ObjectFeed } from '../../core/ports/object-feed.ts';
import type { Failure } from '../../model/failure.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import type { Timers } from '../scheduler/timers.ts';
import { checkSources } from './check-sources.ts';
import { connectionSources, type MeteredNodes, meteredNodes } from './connection-sources.ts';
import { CostSource } from './cost-source.ts';
import { type FoundMetrics, findMetrics } from './metrics-source.ts';
import { probeRung } from './sampling/probe-rung.ts';
import { Sampler } from './sampling/sampler.ts';
import type { SharedClient } from './shared-clients.ts';
import { UsageLadder } from './usage-ladder.ts';

export interface ConnectionDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
}

/** A search that ended in vain stands for a little while: one reading asks several times. */
const SEARCH_HOLDS_SECONDS = 30;

/** One cluster: its API server, and the sources of usage and cost that are found with the first use. */
export class KubeconfigConnection implements ClusterConnection {
  readonly contextName: string;
  readonly #client: SharedClient;
  readonly #settings: ConnectOptions;
  readonly #deps: ConnectionDeps;
  readonly #sampler: Sampler;
  readonly #ladder: UsageLadder;
  readonly #costs: CostSource;
  #metrics: FoundMetrics | null = null;
  #inVain: { readonly failure: Failure; readonly atSeconds: EpochSeconds } | null = null;
  #lastGoodAtSeconds: EpochSeconds | null = null;
  #inventory: Inventory | null = null;
  #isMetricsLost = false;
  #metered: MeteredNodes | null = null;

  constructor(client: SharedClient, settings: ConnectOptions, deps: ConnectionDeps) {
    this.contextName = client.contextName;
    this.#client = client;
    this.#settings = settings;
    this.#deps = deps;
    const kubelets = createKubelets(client.api);
    const metricsServer = createMetricsServer(client.api);
    this.#sampler = new Sampler({ ...deps, kubelets, metricsServer });
    this.#ladder = new UsageLadder({
      clock: deps.clock,
      sampler: this.#sampler,
      findMetrics: (inventory, signal) => this.#found(inventory, signal),
      forgetMetrics: () => {
        this.#isMetricsLost = true;
        return this.#forget();
      },
    });
    this.#costs = new CostSource({
      clock: deps.clock,
      env: deps.env,
      settings: settings.openCost,
      serviceTransport: (service) => client.serviceTransport(service),
    });
  }

  identify(signal: AbortSignal) {
    return this.#client.identify(signal);
  }

  async readInventory(signal: AbortSignal): Promise<Inventory> {
    // What is watched anyway need not be listed again, but for a Prometheus that went: where it is now must be sure.
    const offered = this.#isMetricsLost ? null : this.#client.offeredInventory();
    const inventory = offered ?? (await this.#client.readInventory(signal, this.#settings.ownerLabels));
    this.#inventory = inventory;
    return inventory;
  }

  async *readUsage(...[windows, inventory, signal]: Parameters<ClusterConnection['readUsage']>) {
    for await (const reading of this.#ladder.readUsage(windows, inventory, signal)) {
      if (this.#metrics !== null) this.#lastGoodAtSeconds = this.#deps.clock.nowSeconds();
      if (reading.nodes.length > 0) this.#metered = meteredNodes(reading);
      yield reading;
    }
  }

  async readCosts(...[window, signal]: Parameters<ClusterConnection['readCosts']>) {
    const inventory = this.#inventory ?? (await this.readInventory(signal));
    return this.#costs.costsOf(window, inventory.services, signal);
  }

  check(signal: AbortSignal): AsyncIterable<SourceCheck> {
    return checkSources({
      contextName: this.contextName,
      signal,
      identify: (until) => this.#client.identify(until),
      readInventory: (until) => this.readInventory(until),
      findMetrics: (inventory, until) => this.#found(inventory, until),
      probeRung: (inventory, until) => probeRung(this.#client.api, inventory, this.#deps.clock.nowSeconds(), until),
      tryCosts: async (inventory, until) => {
        const atSeconds = this.#deps.clock.nowSeconds();
        const hour = { startSeconds: atSeconds - (atSeconds % 3600) - 3600, durationSeconds: 3600 } as const;
        await this.#costs.costsOf(hour, inventory.services, until).catch(() => null);
        return this.#costs.state;
      },
      coefficientWords: async (until) => (await this.#settings.coefficientWords?.(until)) ?? null,
    });
  }

  async oldestUsageSeconds(signal: AbortSignal): Promise<EpochSeconds | null> {
    const inventory = this.#inventory ?? (await this.readInventory(signal));
    return (await this.#found(inventory, signal)).probe.oldestSampleSeconds;
  }

  async historyProblem(signal: AbortSignal): Promise<Failure | null> {
    try {
      await this.oldestUsageSeconds(signal);
      return null;
    } catch (error) {
      const failure = asFailure(error);
      if (signal.aborted || failure.code === 'cancelled') throw error;
      return failure;
    }
  }

  feed(): ObjectFeed {
    const { timers, random } = this.#deps;
    const { ownerLabels } = this.#settings;
    const pace = {
      nowMilliseconds: () => timers.nowMilliseconds(),
      wait: (milliseconds: number, signal: AbortSignal) => timers.wait(milliseconds, signal),
      random,
    };
    return {
      follow: (resource, sink, signal) => this.#client.follow(resource, sink, pace, signal, ownerLabels),
      offerInventory: (read) => this.#client.offerInventory(read),
    };
  }

  renew(): void {
    this.#client.renew();
  }

  isWorthKeeping(): boolean {
    return this.#sampler.standing !== 'resting';
  }

  sources(): readonly ConnectionSource[] {
    return connectionSources({
      metrics: this.#metrics,
      failure: this.#inVain?.failure ?? null,
      lastGoodAtSeconds: this.#lastGoodAtSeconds,
      sampler: this.#sampler,
      metered: this.#metered,
      cost: this.#costs.state,
    });
  }

  async close(): Promise<void> {
    this.#sampler.close();
    await Promise.all([this.#forget(), this.#costs.close()]);
    await this.#client.close();
  }

  async #forget(): Promise<void> {
    const metrics = this.#metrics;
    this.#metrics = null;
    await metrics?.close().catch(() => undefined);
  }

  async #found({ services, notices }: Inventory, signal: AbortSignal): Promise<FoundMetrics> {
    if (this.#metrics !== null) return this.#metrics;
    const { clock, env } = this.#deps;
    const inVain = this.#inVain;
    if (inVain !== null && clock.nowSeconds() - inVain.atSeconds < SEARCH_HOLDS_SECONDS) throw inVain.failure;
    const refused = notices.find(({ code }) => code === 'kubernetes-forbidden-services') ?? null;
    const serviceTransport = this.#client.serviceTransport.bind(this.#client);
    const search = { clock, env, settings: this.#settings.prometheus, serviceTransport };
    try {
      this.#metrics = await findMetrics({ services, refused }, search, signal);
      this.#inVain = null;
      this.#isMetricsLost = false;
      return this.#metrics;
    } catch (error) {
      const failure = asFailure(error);
      const isOver = signal.aborted || failure.code === 'cancelled';
      if (!isOver) this.#inVain = { failure, atSeconds: clock.nowSeconds() };
      throw error;
    }
  }
}
