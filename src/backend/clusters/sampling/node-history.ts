import { coveredRanges, coveredSeconds } from '../../../collectors/prometheus/coverage.ts';
import type { ClaimSample, NodeSample, PodSample } from '../../../core/ports/usage-samples.ts';
import type { EpochSeconds, TimeRange } from '../../../model/time.ts';
import type { NodeUsage, PodUsage } from '../../../model/usage.ts';
import { PodHistory } from './pod-history.ts';
import { CounterSeries } from './series.ts';

/** Between two samples of one node. */
export const SAMPLE_SECONDS = 60;

export interface SampledNode {
  readonly node: NodeUsage;
  readonly pods: readonly PodUsage[];
}

/** What one source said of one node and its pods in the last hour. */
export class NodeHistory {
  readonly #node: string;
  readonly #source: 'kubelet' | 'metrics-server';
  readonly #cpu = new CounterSeries();
  readonly #pods = new Map<string, PodHistory>();
  readonly #claims = new Map<string, ClaimSample>();
  #times: EpochSeconds[] = [];

  constructor(node: string, source: 'kubelet' | 'metrics-server') {
    this.#node = node;
    this.#source = source;
  }

  /** Used bytes of the claims that pods of this node mounted last. */
  get claims(): readonly ClaimSample[] {
    return [...this.#claims.values()];
  }

  get lastSeen(): EpochSeconds {
    return this.#times.at(-1) ?? 0;
  }

  add(sample: NodeSample): void {
    const { atSeconds } = sample;
    const before = this.#times.at(-1);
    if (before !== undefined && atSeconds <= before) return;
    this.#cpu.addCpu(sample.cpu);
    this.#claims.clear();
    for (const pod of sample.pods) {
      // What began before the first look at the node was counted by nobody then.
      this.#historyOf(pod, atSeconds).add(pod, atSeconds, before ?? atSeconds - SAMPLE_SECONDS);
      for (const claim of pod.claims) this.#claims.set(`${claim.namespace}/${claim.claim}`, claim);
    }
    this.#times.push(atSeconds);
  }

  forgetBefore(atSeconds: EpochSeconds): void {
    this.#times = this.#times.filter((time) => time >= atSeconds);
    this.#cpu.forgetBefore(atSeconds);
    for (const [key, pod] of this.#pods) {
      if (pod.lastSeen < atSeconds) this.#pods.delete(key);
      else pod.forgetBefore(atSeconds);
    }
  }

  /** Null without any sample near the range. */
  usage(range: TimeRange): SampledNode | null {
    const covered = this.coveredSeconds(range);
    if (covered === 0) return null;
    const cpuSeconds = this.#cpu.gain(range);
    const on = { node: this.#node, source: this.#source, nodeLastSeen: this.lastSeen };
    return {
      node: {
        node: this.#node,
        cpuSeconds,
        cpuSource: cpuSeconds === null ? 'no-samples' : this.#source,
        coveredSeconds: covered,
        described: null,
      },
      pods: [...this.#pods.values()].flatMap((pod) => pod.usage(range, on, SAMPLE_SECONDS) ?? []),
    };
  }

  coveredSeconds(range: TimeRange): number {
    return coveredSeconds(coveredRanges(this.#times, SAMPLE_SECONDS), range);
  }

  #historyOf(pod: PodSample, atSeconds: EpochSeconds): PodHistory {
    const key = `${pod.namespace}/${pod.name}/${pod.uid ?? ''}`;
    const known = this.#pods.get(key);
    if (known !== undefined) return known;
    const history = new PodHistory(pod, atSeconds);
    this.#pods.set(key, history);
    return history;
  }
}
