import type { IntensityValue } from '../../model/coefficients.ts';
import { type EpochSeconds, floorTo, type TimeRange } from '../../model/time.ts';

const HOUR = 3600;

interface Served {
  readonly atSeconds: EpochSeconds;
  readonly signature: string;
}

/** What figures were computed with in the last days, so that a better value is known to change them. */
export class ServedHours {
  readonly #zones = new Map<string, Map<EpochSeconds, Served>>();
  readonly #sinceSeconds: EpochSeconds;
  readonly #keptSeconds: number;

  /** Hours before `sinceSeconds` were computed by an earlier run, with what nobody remembers. */
  constructor(sinceSeconds: EpochSeconds, keptSeconds: number) {
    this.#sinceSeconds = sinceSeconds;
    this.#keptSeconds = keptSeconds;
  }

  note(zone: string, atSeconds: EpochSeconds, value: IntensityValue, nowSeconds: EpochSeconds): void {
    if (atSeconds < nowSeconds - this.#keptSeconds) return;
    const hours = this.#zones.get(zone) ?? new Map<EpochSeconds, Served>();
    this.#zones.set(zone, hours);
    hours.set(floorTo(atSeconds, HOUR), { atSeconds, signature: signatureOf(value) });
    for (const hour of hours.keys()) if (hour < nowSeconds - this.#keptSeconds - HOUR) hours.delete(hour);
  }

  /**
   * The stretch of `range` whose figures another value would change: hours that were served with another one, and
   * hours of an earlier run whose best value is another one than `before` knew. Null where nothing changes.
   */
  changed(
    zone: string,
    range: TimeRange,
    before: (atSeconds: EpochSeconds) => IntensityValue | null,
    after: (atSeconds: EpochSeconds) => IntensityValue | null,
  ): TimeRange | null {
    const hours = this.#zones.get(zone);
    let startSeconds: EpochSeconds | null = null;
    let endSeconds = 0;
    for (let hour = floorTo(range.startSeconds, HOUR); hour < range.endSeconds; hour += HOUR) {
      const served = hours?.get(hour);
      if (served === undefined && hour >= this.#sinceSeconds) continue;
      const atSeconds = served?.atSeconds ?? hour;
      const now = after(atSeconds);
      if (now === null) continue;
      const earlier = before(atSeconds);
      const was = served?.signature ?? (earlier === null ? null : signatureOf(earlier));
      if (was === signatureOf(now)) continue;
      startSeconds ??= hour;
      endSeconds = hour + HOUR;
    }
    return startSeconds === null ? null : { startSeconds, endSeconds };
  }
}

function signatureOf({ source, gramsPerKwh, factor, factorType }: IntensityValue): string {
  return `${source} ${factorType} ${gramsPerKwh} ${factor.low} ${factor.high}`;
}
