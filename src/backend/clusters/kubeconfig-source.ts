import type { Kubeconfigs } from '../../collectors/kubernetes/kubeconfigs.ts';
import type { KubernetesClient } from '../../collectors/kubernetes/kubernetes-client.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type {
  ClusterConnection,
  ContextSource,
  PrometheusSettings,
  SourceCheck,
} from '../../core/ports/cluster-source.ts';
import type { Inventory } from '../../model/inventory.ts';
import { checkSources } from './check-sources.ts';
import { type FoundMetrics, findMetrics } from './metrics-source.ts';

export interface KubeconfigSourceOptions {
  /** Files that the person named; null means: KUBECONFIG, else `~/.kube/config`. */
  readonly paths: readonly string[] | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly clock: Clock;
}

/** The contexts of the person's kubeconfig files, each with the Prometheus of its cluster. */
export function createKubeconfigSource(options: KubeconfigSourceOptions): ContextSource {
  let opened: Promise<Kubeconfigs> | null = null;
  const kubeconfigs = (): Promise<Kubeconfigs> => {
    opened ??= import('../../collectors/kubernetes/kubeconfigs.ts').then(({ createKubeconfigs }) =>
      createKubeconfigs({ ...options, nowSeconds: () => options.clock.nowSeconds() }),
    );
    return opened;
  };
  return {
    list: async () => (await kubeconfigs()).list(),
    watch: (onChange) => {
      const watching = kubeconfigs()
        .then((files) => files.watch(onChange))
        .catch(() => () => undefined);
      return () => void watching.then((stop) => stop());
    },
    connect: async (contextName, { prometheus }) => {
      const client = await (await kubeconfigs()).open(contextName);
      return new KubeconfigConnection(client, prometheus, options);
    },
  };
}

/** One cluster: its API server, and the metrics source that is found with the first use and then kept. */
class KubeconfigConnection implements ClusterConnection {
  readonly contextName: string;
  readonly #client: KubernetesClient;
  readonly #settings: PrometheusSettings;
  readonly #options: KubeconfigSourceOptions;
  #metrics: FoundMetrics | null = null;
  #services: Inventory['services'] | null = null;

  constructor(client: KubernetesClient, settings: PrometheusSettings, options: KubeconfigSourceOptions) {
    this.contextName = client.contextName;
    this.#client = client;
    this.#settings = settings;
    this.#options = options;
  }

  identify(signal: AbortSignal) {
    return this.#client.identify(signal);
  }

  async readInventory(signal: AbortSignal): Promise<Inventory> {
    const inventory = await this.#client.readInventory(signal);
    this.#services = inventory.services;
    return inventory;
  }

  async *readUsage(...[windows, inventory, signal]: Parameters<ClusterConnection['readUsage']>) {
    const { usage } = await this.#found(inventory.services, signal);
    yield* usage.readUsage(windows, inventory, signal);
  }

  check(signal: AbortSignal): AsyncIterable<SourceCheck> {
    return checkSources({
      identify: () => this.#client.identify(signal),
      readInventory: () => this.readInventory(signal),
      findMetrics: (services) => this.#found(services, signal),
    });
  }

  async oldestUsageSeconds(signal: AbortSignal): Promise<number | null> {
    const services = this.#services ?? (await this.readInventory(signal)).services;
    return (await this.#found(services, signal)).probe.oldestSampleSeconds;
  }

  async close(): Promise<void> {
    await this.#metrics?.close().catch(() => undefined);
    await this.#client.close();
  }

  async #found(services: Inventory['services'], signal: AbortSignal): Promise<FoundMetrics> {
    this.#metrics ??= await findMetrics(
      services,
      {
        clock: this.#options.clock,
        settings: this.#settings,
        env: this.#options.env,
        serviceTransport: (service) => this.#client.serviceTransport(service),
      },
      signal,
    );
    return this.#metrics;
  }
}
