import type { CpuSample } from '../../../core/ports/usage-samples.ts';
import type { EpochSeconds, TimeRange } from '../../../model/time.ts';

interface Point {
  readonly atSeconds: EpochSeconds;
  readonly value: number;
}

/** A counter by time that never falls: where the source began anew, what it counted since is added to what was. */
export class CounterSeries {
  #points: Point[] = [];
  #lastRaw = 0;
  #before = 0;

  get first(): Point | null {
    return this.#points[0] ?? null;
  }

  get last(): Point | null {
    return this.#points.at(-1) ?? null;
  }

  /** A sample that is not younger than the last one is the same measurement once more, and is left out. */
  add(atSeconds: EpochSeconds, raw: number): void {
    const { last } = this;
    if (last !== null && atSeconds <= last.atSeconds) return;
    if (last !== null && raw < this.#lastRaw) this.#before += this.#lastRaw;
    this.#lastRaw = raw;
    this.#points.push({ atSeconds, value: this.#before + raw });
  }

  /** A mean over the seconds before holds since the last sample; the first one for its own seconds. */
  addRate(atSeconds: EpochSeconds, perSecond: number, overSeconds: number): void {
    if (this.last === null) this.add(atSeconds - overSeconds, 0);
    const { last } = this;
    if (last !== null) this.add(atSeconds, last.value + perSecond * (atSeconds - last.atSeconds));
  }

  addCpu(cpu: CpuSample | null): void {
    if (cpu?.kind === 'counter') this.add(cpu.atSeconds, cpu.coreSeconds);
    else if (cpu !== null) this.addRate(cpu.atSeconds, cpu.cores, cpu.overSeconds);
  }

  /**
   * What was counted in a range: between samples in proportion, and where samples don't reach to an end of it at the
   * mean rate of the rest. Null where no two samples enclose any of it.
   */
  gain(range: TimeRange): number | null {
    const { first, last } = this;
    if (first === null || last === null) return null;
    const from = Math.max(range.startSeconds, first.atSeconds);
    const to = Math.min(range.endSeconds, last.atSeconds);
    if (to <= from) return null;
    const inner = this.#valueAt(to) - this.#valueAt(from);
    return (inner * (range.endSeconds - range.startSeconds)) / (to - from);
  }

  /** Keeps the last sample before the instant, so that what follows it can still be told. */
  forgetBefore(atSeconds: EpochSeconds): void {
    const kept = this.#points.findIndex((point) => point.atSeconds >= atSeconds);
    if (kept > 1) this.#points = this.#points.slice(kept - 1);
    else if (kept === -1) this.#points = this.#points.slice(-1);
  }

  #valueAt(atSeconds: EpochSeconds): number {
    const next = this.#points.findIndex((point) => point.atSeconds >= atSeconds);
    const right = this.#points[next];
    const left = this.#points[next - 1];
    if (right === undefined) return this.last?.value ?? 0;
    if (left === undefined || right.atSeconds === atSeconds) return right.value;
    const share = (atSeconds - left.atSeconds) / (right.atSeconds - left.atSeconds);
    return left.value + share * (right.value - left.value);
  }
}

/** A value by time, for example a working set. */
export class GaugeSeries {
  #points: Point[] = [];

  add(atSeconds: EpochSeconds, value: number | null): void {
    const last = this.#points.at(-1);
    if (value !== null && (last === undefined || atSeconds > last.atSeconds)) this.#points.push({ atSeconds, value });
  }

  /** Mean of the samples in a range; null without one. */
  mean(range: TimeRange): number | null {
    const inside = this.#points.filter(
      (point) => point.atSeconds >= range.startSeconds && point.atSeconds <= range.endSeconds,
    );
    return inside.length === 0 ? null : inside.reduce((sum, point) => sum + point.value, 0) / inside.length;
  }

  forgetBefore(atSeconds: EpochSeconds): void {
    this.#points = this.#points.filter((point) => point.atSeconds >= atSeconds);
  }
}
