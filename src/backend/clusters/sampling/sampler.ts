import type { Kubelets } from '../../../collectors/kubelet/kubelet.ts';
import type { MetricsServer } from '../../../collectors/metrics-server/metrics-server.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { NodeSample, PodSample } from '../../../core/ports/usage-samples.ts';
import type { Failure } from '../../../model/failure.ts';
import type { Inventory, Notice, PodDescription } from '../../../model/inventory.ts';
import type { EpochSeconds, TimeRange } from '../../../model/time.ts';
import { asFailure } from '../../failures.ts';
import type { Timers } from '../../scheduler/timers.ts';
import { Backoff } from './backoff.ts';
import { NodeHistory, SAMPLE_SECONDS, type SampledNode } from './node-history.ts';
import { samplerNotices } from './sampler-notices.ts';
import type { Standing } from './standing.ts';

export interface SamplerDeps {
  readonly kubelets: Kubelets;
  readonly metricsServer: MetricsServer;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
}

/** Samples are remembered this long; no live window is read later than that. */
export const MEMORY_SECONDS = 3600;
const MOST_AT_ONCE = 4;
/** Rounds are this much apart from one another, so that many Podwatts don't ask in step. */
const JITTER = 0.1;
const METRICS_SERVER = 'metrics-server';

/**
 * Asks kubelets, and metrics.k8s.io for the nodes whose kubelet does not answer, once a minute, and remembers an hour
 * of it: these sources only know the present.
 */
export class Sampler {
  readonly #deps: SamplerDeps;
  readonly #backoff: Backoff;
  readonly #histories = { kubelet: new Map<string, NodeHistory>(), 'metrics-server': new Map<string, NodeHistory>() };
  #watched: readonly string[] = [];
  #pods: ReadonlyMap<string, PodDescription> = new Map();
  #loop: AbortController | null = null;
  #round: Promise<void> = Promise.resolve();
  #standing: Standing = 'resting';
  #kubeletFailure: Failure | null = null;
  #metricsFailure: Failure | null = null;
  #without: readonly string[] = [];
  #lastGoodAtSeconds: EpochSeconds | null = null;

  constructor(deps: SamplerDeps) {
    this.#deps = deps;
    this.#backoff = new Backoff(deps.clock);
  }

  get standing(): Standing {
    return this.#standing;
  }

  get lastGoodAtSeconds(): EpochSeconds | null {
    return this.#lastGoodAtSeconds;
  }

  /** What the last round met, and what to do about it. */
  get notices(): readonly Notice[] {
    if (this.#standing === 'resting') return [];
    return samplerNotices({
      standing: this.#standing,
      asked: this.#watched.length,
      without: this.#without,
      kubelet: this.#kubeletFailure,
      metricsServer: this.#metricsFailure,
    });
  }

  /** Samples these nodes from now on; with none it rests. What it remembers stays. */
  watch(nodes: readonly string[], inventory: Inventory): void {
    this.#watched = nodes;
    this.#pods = new Map(inventory.pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod]));
    if (nodes.length === 0) this.#rest();
    else if (this.#loop === null) this.#start();
  }

  /** Resolves when the round under way is over, at the latest after the time; a round never fails. */
  async roundDone(milliseconds: number, signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    await Promise.race([this.#round, this.#deps.timers.wait(milliseconds, either)]);
    stop.abort();
  }

  /** By node: the kubelet's samples where they cover as much of the range as those of metrics.k8s.io. */
  usage(range: TimeRange): Map<string, SampledNode> {
    const found = new Map<string, SampledNode>();
    const names = new Set([...this.#histories.kubelet.keys(), ...this.#histories[METRICS_SERVER].keys()]);
    for (const name of names) {
      const kubelet = this.#histories.kubelet.get(name);
      const metrics = this.#histories[METRICS_SERVER].get(name);
      const isKubelet = (kubelet?.coveredSeconds(range) ?? 0) >= (metrics?.coveredSeconds(range) ?? 0);
      const usage = (isKubelet ? kubelet : metrics)?.usage(range) ?? null;
      if (usage !== null) found.set(name, usage);
    }
    return found;
  }

  /** Used bytes of claims as kubelets saw them last, by `namespace/claim`. */
  usedBytes(): Map<string, number> {
    const claims = [...this.#histories.kubelet.values()].flatMap((history) => history.claims);
    return new Map(
      claims.flatMap((each) =>
        each.usedBytes === null ? [] : [[`${each.namespace}/${each.claim}`, each.usedBytes] as const],
      ),
    );
  }

  close(): void {
    this.#watched = [];
    this.#rest();
  }

  #rest(): void {
    this.#loop?.abort();
    this.#loop = null;
    this.#standing = 'resting';
  }

  #start(): void {
    const loop = new AbortController();
    this.#loop = loop;
    this.#round = this.#sampleAll(loop.signal);
    void this.#run(loop.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { timers, random } = this.#deps;
    for (;;) {
      const started = timers.nowMilliseconds();
      await this.#round;
      const spread = 1 + JITTER * (random() - 0.5);
      const passed = timers.nowMilliseconds() - started;
      await timers.wait(Math.max(1000, SAMPLE_SECONDS * 1000 * spread - passed), signal);
      if (signal.aborted) return;
      this.#round = this.#sampleAll(signal);
    }
  }

  async #sampleAll(signal: AbortSignal): Promise<void> {
    const nodes = this.#watched;
    const without = await this.#askKubelets(nodes, signal);
    const still = without.length === 0 ? without : await this.#askMetricsServer(without, signal);
    if (signal.aborted) return;
    this.#without = still;
    if (still.length < nodes.length) this.#lastGoodAtSeconds = this.#deps.clock.nowSeconds();
    this.#standing =
      without.length < nodes.length ? 'kubelet' : still.length < nodes.length ? METRICS_SERVER : 'requests';
    this.#forget();
  }

  /** Answers the nodes whose kubelet gave nothing. */
  async #askKubelets(nodes: readonly string[], signal: AbortSignal): Promise<string[]> {
    const without: string[] = [];
    const waiting = [...nodes];
    let failure: Failure | null = null;
    const ask = async (node: string): Promise<void> => {
      const keys = ['kubelet', `kubelet/${node}`];
      if (keys.some((key) => this.#backoff.isOff(key))) {
        without.push(node);
        return;
      }
      try {
        const sample = await this.#deps.kubelets.sample(node, this.#deps.clock.nowSeconds(), signal);
        for (const key of keys) this.#backoff.worked(key);
        historyOf(this.#histories.kubelet, node, 'kubelet').add(sample);
      } catch (error) {
        failure = asFailure(error);
        without.push(node);
        // A missing right is missing for all of them.
        this.#backoff.failed(failure.code === 'forbidden' ? 'kubelet' : `kubelet/${node}`, failure);
      }
    };
    const work = async (): Promise<void> => {
      for (let node = waiting.shift(); node !== undefined && !signal.aborted; node = waiting.shift()) await ask(node);
    };
    await Promise.all(Array.from({ length: MOST_AT_ONCE }, work));
    if (without.length === 0) this.#kubeletFailure = null;
    else this.#kubeletFailure = failure ?? this.#kubeletFailure;
    return without;
  }

  /** Answers the nodes that metrics.k8s.io has nothing of either. */
  async #askMetricsServer(nodes: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    if (this.#backoff.isOff(METRICS_SERVER)) return nodes;
    const { metricsServer, clock } = this.#deps;
    try {
      const nodeOf = (pod: string): string | null => this.#pods.get(pod)?.node ?? null;
      const samples = await metricsServer.sample(nodeOf, clock.nowSeconds(), signal);
      this.#backoff.worked(METRICS_SERVER);
      this.#metricsFailure = null;
      const byNode = new Map(samples.map((sample) => [sample.node, sample]));
      return nodes.filter((node) => {
        const sample = byNode.get(node);
        if (sample === undefined) return true;
        historyOf(this.#histories[METRICS_SERVER], node, METRICS_SERVER).add(this.#described(sample));
        return false;
      });
    } catch (error) {
      this.#metricsFailure = asFailure(error);
      this.#backoff.failed(METRICS_SERVER, this.#metricsFailure);
      return nodes;
    }
  }

  /** metrics.k8s.io knows names only. */
  #described(sample: NodeSample): NodeSample {
    const pods = sample.pods.map((pod): PodSample => {
      const known = this.#pods.get(`${pod.namespace}/${pod.name}`);
      const startedAtSeconds = known?.startedAtSeconds ?? known?.createdAtSeconds ?? null;
      return { ...pod, uid: known?.uid ?? null, startedAtSeconds };
    });
    return { ...sample, pods };
  }

  #forget(): void {
    const oldest = this.#deps.clock.nowSeconds() - MEMORY_SECONDS;
    for (const histories of Object.values(this.#histories)) {
      for (const [node, history] of histories) {
        if (history.lastSeen < oldest) histories.delete(node);
        else history.forgetBefore(oldest);
      }
    }
  }
}

function historyOf(histories: Map<string, NodeHistory>, node: string, source: 'kubelet' | 'metrics-server') {
  const known = histories.get(node) ?? new NodeHistory(node, source);
  histories.set(node, known);
  return known;
}
