import type {
  ClusterConnection,
  ConnectOptions,
  ContextDescription,
  ContextSource,
  SourceCheck,
} from '../../../src/core/ports/cluster-source.ts';
import type { ClusterIdentity } from '../../../src/model/cluster.ts';
import type { WindowCosts } from '../../../src/model/costs.ts';
import type { Failure } from '../../../src/model/failure.ts';
import type { Inventory, NodeDescription, Notice, PodDescription } from '../../../src/model/inventory.ts';
import type { Window } from '../../../src/model/time.ts';
import type { UsageReading } from '../../../src/model/usage.ts';

const GIB = 1_073_741_824;

function node(name: string): NodeDescription {
  return {
    name,
    uid: null,
    providerId: null,
    provider: 'aws',
    region: 'eu-west-3',
    zone: 'eu-west-3a',
    instanceType: 'm5.large',
    architecture: 'amd64',
    os: 'linux',
    cpuCapacityMillicores: 2000,
    memoryCapacityBytes: 8 * GIB,
    cpuAllocatableMillicores: 1900,
    memoryAllocatableBytes: 7 * GIB,
    gpuCount: 0,
    ready: true,
    createdAtSeconds: 0,
    addresses: [],
    labels: {},
  };
}

function pod(name: string, on: string): PodDescription {
  return {
    namespace: name.split('-')[0] ?? 'default',
    name,
    uid: null,
    node: on,
    owner: { kind: 'Deployment', name: name.split('-')[0] ?? name },
    phase: 'Running',
    requests: { cpuMillicores: 500, memoryBytes: GIB },
    team: null,
    createdAtSeconds: 0,
    startedAtSeconds: 0,
    finishedAtSeconds: null,
  };
}

/** A cluster of two nodes and three pods whose answers a test can bend. */
export class FakeCluster implements ContextSource {
  readonly name: string;
  identity: ClusterIdentity;
  nodes = [node('n1'), node('n2')];
  pods = [pod('shop-cart-1', 'n1'), pod('shop-web-1', 'n1'), pod('jobs-nightly-1', 'n2')];
  notices: Notice[] = [];
  oldestSeconds: number | null = null;
  /** Covered seconds of a window; all of it unless a test says otherwise. */
  covered: (window: Window) => number = (window) => window.durationSeconds;
  /** Called before each reading; may throw or wait. */
  before: (window: Window) => void | Promise<void> = () => undefined;
  /** What OpenCost of the cluster says of a window. */
  costs: (window: Window) => WindowCosts | null = () => null;
  /** Why the past can't be read. */
  historyProblem: Failure | null = null;
  /** It remembers samples that a new connection would lack. */
  isWorthKeeping = false;
  onIdentify: () => void | Promise<void> = () => undefined;
  readonly asked: Window[][] = [];
  connections = 0;
  /** What the last connection was asked for with. */
  lastOptions: ConnectOptions | null = null;
  closed = 0;
  isSample = false;
  problem: ContextDescription['problem'] = null;
  #changed: (() => void)[] = [];

  constructor(name = 'one', clusterId = `id-of-${name}`) {
    this.name = name;
    this.identity = {
      id: clusterId,
      idSource: 'kube-system',
      name: `cluster ${name}`,
      serverUrl: 'https://k8s.test',
      serverVersion: 'v1.34.0',
    };
  }

  fileChanged(): void {
    for (const call of this.#changed) call();
  }

  async list() {
    const context: ContextDescription = {
      name: this.name,
      file: '/home/me/.kube/config',
      clusterName: this.identity.name,
      serverUrl: this.identity.serverUrl,
      userName: 'me',
      namespace: null,
      authKind: 'token',
      isCurrent: true,
      isSample: this.isSample,
      problem: this.problem,
    };
    return { files: [{ path: '/home/me/.kube/config', problem: null }], contexts: [context] };
  }

  watch(onChange: () => void): () => void {
    this.#changed.push(onChange);
    return () => {
      this.#changed = this.#changed.filter((each) => each !== onChange);
    };
  }

  async connect(_contextName?: string, options?: ConnectOptions): Promise<ClusterConnection> {
    this.connections += 1;
    this.lastOptions = options ?? null;
    return {
      contextName: this.name,
      identify: async () => {
        await this.onIdentify();
        return this.identity;
      },
      readInventory: async () => this.inventory(),
      readUsage: (windows, _inventory, signal) => this.#readings(windows, signal),
      readCosts: async (window) => this.costs(window),
      check: () => this.#checks(),
      oldestUsageSeconds: async () => this.oldestSeconds,
      historyProblem: async () => this.historyProblem,
      isWorthKeeping: () => this.isWorthKeeping,
      close: async () => {
        this.closed += 1;
      },
    };
  }

  inventory(): Inventory {
    return {
      readAtSeconds: 0,
      nodes: this.nodes,
      pods: this.pods,
      namespaces: [],
      services: [],
      notices: this.notices,
    };
  }

  reading(window: Window): UsageReading {
    const { durationSeconds } = window;
    const coveredSeconds = this.covered(window);
    // Something that differs from window to window, and is the same each time a window is read.
    const load = 0.2 + ((window.startSeconds / 300) % 7) / 20;
    return {
      window,
      coveredSeconds,
      nodes: this.nodes.map(({ name }) => ({
        node: name,
        cpuSeconds: 1.2 * load * durationSeconds,
        cpuSource: 'node-exporter',
        coveredSeconds,
        described: null,
      })),
      pods: this.pods.map((each) => ({
        namespace: each.namespace,
        name: each.name,
        node: each.node,
        uid: null,
        cpuSeconds: 0.5 * load * durationSeconds,
        usageSource: 'cadvisor',
        memoryBytes: 0.7 * GIB,
        networkReceiveBytes: 1000,
        networkTransmitBytes: 2000,
        diskReadBytes: 0,
        diskWriteBytes: 0,
        ephemeralStorageBytes: 0,
        restartCount: 0,
        aliveSeconds: durationSeconds,
        requests: null,
        owner: null,
        phase: null,
      })),
      notices: [],
    };
  }

  async *#readings(windows: readonly Window[], signal: AbortSignal): AsyncGenerator<UsageReading, void> {
    this.asked.push([...windows]);
    for (const window of windows) {
      signal.throwIfAborted();
      await this.before(window);
      yield this.reading(window);
    }
  }

  async *#checks(): AsyncGenerator<SourceCheck, void> {
    const base = { hint: null, latencyMilliseconds: 12, failure: null };
    yield { ...base, source: 'kubernetes', state: 'passed', detail: '2 nodes' };
    yield { ...base, source: 'usage', state: 'failed', detail: 'No Prometheus was found', hint: 'Give its address.' };
  }
}
