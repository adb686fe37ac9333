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

/** One cluster: its API server, and the metrics source that is found with the first use and kept until it fails. */
class KubeconfigConnection implements ClusterConnection {
  readonly contextName: string;
  readonly #client: KubernetesClient;
  readonly #settings: PrometheusSettings;
  readonly #options: KubeconfigSourceOptions;
  #metrics: FoundMetrics | null = null;
  #inventory: Inventory | null = null;

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
    this.#inventory = inventory;
    return inventory;
  }

  async *readUsage(...[windows, inventory, signal]: Parameters<ClusterConnection['readUsage']>) {
    const { usage } = await this.#found(inventory, signal);
    try {
      yield* usage.readUsage(windows, inventory, signal);
    } catch (error) {
      // It may have moved to another Service or port: the next reading looks for it again.
      await this.#forget();
      throw error;
    }
  }

  check(signal: AbortSignal): AsyncIterable<SourceCheck> {
    return checkSources({
      contextName: this.contextName,
      signal,
      identify: (until) => this.#client.identify(until),
      readInventory: (until) => this.readInventory(until),
      findMetrics: (inventory, until) => this.#found(inventory, until),
    });
  }

  async oldestUsageSeconds(signal: AbortSignal): Promise<number | null> {
    const inventory = this.#inventory ?? (await this.readInventory(signal));
    return (await this.#found(inventory, signal)).probe.oldestSampleSeconds;
  }

  async close(): Promise<void> {
    await this.#forget();
    await this.#client.close();
  }

  async #forget(): Promise<void> {
    const metrics = this.#metrics;
    this.#metrics = null;
    await metrics?.close().catch(() => undefined);
  }

  async #found({ services, notices }: Inventory, signal: AbortSignal): Promise<FoundMetrics> {
    const refused = notices.find(({ code }) => code === 'kubernetes-forbidden-services') ?? null;
    this.#metrics ??= await findMetrics(
      { services, refused },
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
