import type { Clock } from '../../core/ports/clock.ts';
import { Failure } from '../../model/failure.ts';
import type { Inventory, Notice } from '../../model/inventory.ts';
import {
  type EpochSeconds,
  LIVE_WINDOW_SECONDS,
  type TimeRange,
  type Window,
  windowEndSeconds,
} from '../../model/time.ts';
import type { UsageReading } from '../../model/usage.ts';
import { asFailure } from '../failures.ts';
import { LEAST_SHARE } from '../pipeline/window-state.ts';
import { filledNotice, withoutPrometheus } from './ladder-notices.ts';
import type { FoundMetrics } from './metrics-source.ts';
import { mergeReadings, nodesOf, nodesWithGaps } from './sampling/merge-readings.ts';
import type { Sampler } from './sampling/sampler.ts';
import { volumesOf } from './volumes.ts';

export interface LadderDeps {
  readonly sampler: Sampler;
  readonly clock: Clock;
  /** Throws `Failure` where no Prometheus is found or none answers. */
  findMetrics(inventory: Inventory, signal: AbortSignal): Promise<FoundMetrics>;
  forgetMetrics(): Promise<void>;
}

interface FillContext {
  readonly inventory: Inventory;
  readonly metrics: FoundMetrics;
  readonly signal: AbortSignal;
  readonly isNewest: boolean;
}

/** Live windows are younger than this: the hour that samples are remembered, and the hour in which a context began. */
const LIVE_REACH_SECONDS = 2 * 3600;
/** A Prometheus that worked may come back and have it all: so long windows wait for it before they go without. */
const PATIENCE_SECONDS = 600;
const FIRST_ROUND_MILLISECONDS = 15_000;

/**
 * Usage by the ladder of METHODOLOGY 1.8 and 0.6: Prometheus, the kubelets, metrics.k8s.io, requests. Only Prometheus
 * knows the past: windows that are not live fail with its words, or close without data where no Prometheus exists.
 */
export class UsageLadder {
  readonly #deps: LadderDeps;
  #hasAnswered = false;
  #failedSinceSeconds: EpochSeconds | null = null;

  constructor(deps: LadderDeps) {
    this.#deps = deps;
  }

  async *readUsage(
    windows: readonly Window[],
    inventory: Inventory,
    signal: AbortSignal,
  ): AsyncGenerator<UsageReading, void> {
    let done = 0;
    let failure: Failure;
    try {
      const metrics = await this.#deps.findMetrics(inventory, signal);
      for await (const reading of metrics.usage.readUsage(windows, inventory, signal)) {
        this.#hasAnswered = true;
        this.#failedSinceSeconds = null;
        const isNewest = done + 1 === windows.length;
        const filled = await this.#filled(reading, { inventory, metrics, signal, isNewest });
        done += 1;
        yield filled;
      }
      return;
    } catch (error) {
      failure = asFailure(error);
      // It may have moved to another Service or port: the next reading looks for it again.
      await this.#deps.forgetMetrics();
      if (signal.aborted || failure.code === 'cancelled') throw error;
    }
    this.#failedSinceSeconds ??= this.#deps.clock.nowSeconds();
    yield* this.#without(failure, windows.slice(done), inventory, signal);
  }

  /** A node or pod that Prometheus has nothing of is sampled from now on, and filled with what was sampled. */
  async #filled(
    reading: UsageReading,
    { inventory, metrics: { probe }, signal, isNewest }: FillContext,
  ): Promise<UsageReading> {
    const { sampler } = this.#deps;
    if (!this.#isLive(reading.window)) return reading;
    const gaps = nodesWithGaps(reading, inventory);
    // What is missing now is what counts, not what was missing an hour ago.
    if (isNewest) sampler.watch(gaps, inventory);
    if (gaps.length === 0) return withVolumes(reading, inventory, sampler);
    const { reading: merged, nodes } = mergeReadings(reading, sampler.usage(rangeOf(reading.window)));
    const hasNothing = !probe.hasCadvisor && !probe.hasNodeExporter && merged.coveredSeconds < leastOf(reading.window);
    if (hasNothing) await sampler.roundDone(FIRST_ROUND_MILLISECONDS, signal);
    const isByRequests = hasNothing && sampler.standing === 'requests';
    const coveredSeconds = isByRequests ? reading.window.durationSeconds : merged.coveredSeconds;
    const filled = filledNotice(nodes, merged);
    // Where Prometheus serves the rest, what a node or two lack is worth a word, not a warning.
    const sampled = hasNothing
      ? sampler.notices
      : sampler.notices.map((each) => ({ ...each, severity: 'info' as const }));
    const notices = [...merged.notices, ...(filled === null ? [] : [filled]), ...sampled];
    return withVolumes({ ...merged, coveredSeconds, notices }, inventory, sampler);
  }

  async *#without(
    failure: Failure,
    windows: readonly Window[],
    inventory: Inventory,
    signal: AbortSignal,
  ): AsyncGenerator<UsageReading, void> {
    const { sampler } = this.#deps;
    sampler.watch(nodesOf(inventory), inventory);
    await sampler.roundDone(FIRST_ROUND_MILLISECONDS, signal);
    for (const window of windows) {
      if (signal.aborted) throw new Failure('cancelled', 'The reading was stopped');
      yield this.#sampled(failure, window, inventory);
    }
  }

  #sampled(failure: Failure, window: Window, inventory: Inventory): UsageReading {
    const { sampler } = this.#deps;
    const notices: readonly Notice[] = [withoutPrometheus(failure, sampler.standing), ...sampler.notices];
    const nothing: UsageReading = { window, coveredSeconds: 0, nodes: [], pods: [], notices };
    if (!this.#isLive(window)) {
      const isHistory = window.durationSeconds !== LIVE_WINDOW_SECONDS;
      if (isHistory || (failure.code !== 'not-found' && this.#isFresh())) throw failure;
      return nothing;
    }
    const { reading } = mergeReadings(nothing, sampler.usage(rangeOf(window)));
    if (reading.coveredSeconds >= leastOf(window)) return withVolumes(reading, inventory, sampler);
    if (this.#hasAnswered && this.#isFresh()) throw failure;
    // Without any source of usage the reservations stand, and nodes count at idle power.
    if (sampler.standing !== 'requests') return reading;
    return withVolumes({ ...nothing, coveredSeconds: window.durationSeconds }, inventory, sampler);
  }

  #isFresh(): boolean {
    const since = this.#failedSinceSeconds ?? 0;
    return this.#deps.clock.nowSeconds() - since < PATIENCE_SECONDS;
  }

  #isLive(window: Window): boolean {
    const age = this.#deps.clock.nowSeconds() - windowEndSeconds(window);
    return window.durationSeconds === LIVE_WINDOW_SECONDS && age < LIVE_REACH_SECONDS;
  }
}

function withVolumes(reading: UsageReading, inventory: Inventory, sampler: Sampler): UsageReading {
  if (reading.volumes !== undefined) return reading;
  const volumes = volumesOf(inventory, reading.window, sampler.usedBytes());
  return volumes === null ? reading : { ...reading, volumes };
}

function leastOf(window: Window): number {
  return window.durationSeconds * LEAST_SHARE;
}

function rangeOf(window: Window): TimeRange {
  return { startSeconds: window.startSeconds, endSeconds: windowEndSeconds(window) };
}
