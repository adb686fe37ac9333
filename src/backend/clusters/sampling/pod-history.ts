import type { PodSample } from '../../../core/ports/usage-samples.ts';
import type { EpochSeconds, TimeRange } from '../../../model/time.ts';
import type { PodUsage } from '../../../model/usage.ts';
import { CounterSeries, GaugeSeries } from './series.ts';

/** The samples of one pod on one node. */
export class PodHistory {
  readonly #pod: Pick<PodSample, 'namespace' | 'name' | 'uid'>;
  readonly #startedAtSeconds: EpochSeconds | null;
  readonly #cpu = new CounterSeries();
  readonly #receive = new CounterSeries();
  readonly #transmit = new CounterSeries();
  readonly #memory = new GaugeSeries();
  readonly #ephemeral = new GaugeSeries();
  #lastSeen: EpochSeconds;

  constructor(pod: PodSample, atSeconds: EpochSeconds) {
    this.#pod = { namespace: pod.namespace, name: pod.name, uid: pod.uid };
    this.#startedAtSeconds = pod.startedAtSeconds;
    this.#lastSeen = atSeconds;
  }

  get lastSeen(): EpochSeconds {
    return this.#lastSeen;
  }

  /** @param bornAfter a pod that started after this instant is counted from its start: its counters were zero then */
  add(pod: PodSample, atSeconds: EpochSeconds, bornAfter: EpochSeconds): void {
    const started = this.#startedAtSeconds;
    const counters = [
      [this.#receive, pod.networkReceiveBytes],
      [this.#transmit, pod.networkTransmitBytes],
    ] as const;
    if (this.#cpu.first === null && started !== null && started >= bornAfter && started < atSeconds) {
      if (pod.cpu?.kind === 'counter') this.#cpu.add(started, 0);
      for (const [series, bytes] of counters) if (bytes !== null) series.add(started, 0);
    }
    this.#cpu.addCpu(pod.cpu);
    for (const [series, bytes] of counters) if (bytes !== null) series.add(atSeconds, bytes);
    this.#memory.add(atSeconds, pod.memoryBytes);
    this.#ephemeral.add(atSeconds, pod.ephemeralStorageBytes);
    this.#lastSeen = Math.max(this.#lastSeen, atSeconds);
  }

  forgetBefore(atSeconds: EpochSeconds): void {
    for (const series of [this.#cpu, this.#receive, this.#transmit]) series.forgetBefore(atSeconds);
    for (const series of [this.#memory, this.#ephemeral]) series.forgetBefore(atSeconds);
  }

  /**
   * Null where the pod was not there. A pod that later samples of its node lack is taken to have ended half an
   * interval after its last one.
   */
  usage(
    range: TimeRange,
    on: { readonly node: string; readonly source: 'kubelet' | 'metrics-server'; readonly nodeLastSeen: EpochSeconds },
    intervalSeconds: number,
  ): PodUsage | null {
    const isGone = on.nodeLastSeen > this.#lastSeen + intervalSeconds / 2;
    const from = Math.max(range.startSeconds, this.#startedAtSeconds ?? range.startSeconds);
    const to = isGone ? Math.min(range.endSeconds, this.#lastSeen + intervalSeconds / 2) : range.endSeconds;
    if (to <= from) return null;
    const alive = { startSeconds: from, endSeconds: to };
    return {
      ...this.#pod,
      node: on.node,
      cpuSeconds: this.#cpu.gain(alive),
      usageSource: on.source,
      memoryBytes: this.#memory.mean(range),
      networkReceiveBytes: this.#receive.gain(alive),
      networkTransmitBytes: this.#transmit.gain(alive),
      diskReadBytes: null,
      diskWriteBytes: null,
      ephemeralStorageBytes: this.#ephemeral.mean(range),
      restartCount: 0,
      aliveSeconds: to - from,
      requests: null,
      owner: null,
      phase: null,
    };
  }
}
