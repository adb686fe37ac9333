import { type CostOwner, dayRow, emptyHour, hourRow } from '../../core/cost-attribution/attribute.ts';
import { DAY_SECONDS, HOUR_SECONDS, rangeOfDate, startOfDate } from '../../core/cost-attribution/calendar.ts';
import type { NamespaceHour } from '../../core/ports/cost-sums.ts';
import type { CostAttribution } from '../../model/kubernetes/objects.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { CostStore } from './cost-store.ts';
import type { NamespaceNames } from './namespace-names.ts';
import { ownersOf, type ParentsDeps } from './namespace-parents.ts';
import { costRowId } from './stable-ids.ts';

export interface BookDeps extends ParentsDeps {
  readonly store: CostStore;
  readonly names: NamespaceNames;
}

type Hours = Map<EpochSeconds, NamespaceHour>;

/**
 * One UTC day of a cluster as its rows of `combined_metrics` make it. It is read whole once; later only the hours that
 * changed are asked for, and the day's row is summed from the hours that are known.
 */
export class DayBook {
  readonly date: string;
  readonly epoch: number;
  readonly #clusterId: string;
  readonly #deps: BookDeps;
  /** Hours by namespace; an hour that had costs and has none now stays as an empty one. */
  readonly #hours = new Map<string, Hours>();
  /** Whom a day that is over belongs to: that was settled when it was written first. */
  readonly #settled = new Map<string, CostOwner>();
  #isLoaded = false;

  constructor(clusterId: string, date: string, epoch: number, deps: BookDeps) {
    this.date = date;
    this.epoch = epoch;
    this.#clusterId = clusterId;
    this.#deps = deps;
  }

  /** Writes these hours of the day, and the day, as they are now; all hours the first time. Answers how many hours. */
  async write(changed: readonly EpochSeconds[], nowSeconds: EpochSeconds): Promise<number> {
    const hours = this.#isLoaded ? await this.#readHours(changed) : await this.#load(nowSeconds);
    if (hours.size === 0) return 0;
    const touched = new Set([...hours.values()].flatMap((names) => [...names]));
    const { store } = this.#deps;
    const owners = await ownersOf(this.#clusterId, touched, this.epoch, nowSeconds, this.#deps);
    const context = { clusterId: this.#clusterId, updatedAtSeconds: nowSeconds, rowId: costRowId };
    const rows: CostAttribution[] = [];
    for (const name of touched) {
      const owner = this.#settled.get(name) ?? owners.get(name);
      if (owner === undefined) continue;
      const known = this.#of(name);
      for (const [start, names] of hours) {
        if (names.has(name)) rows.push(hourRow(known.get(start) ?? emptyHour(name, start), owner, context));
      }
      rows.push(dayRow([...known.values()], this.date, owner, context));
    }
    await store.putCosts(rows, this.epoch);
    this.#isLoaded = true;
    return hours.size;
  }

  /** The whole day, with what the store has written of it before and rows no longer have. */
  async #load(nowSeconds: EpochSeconds): Promise<Map<EpochSeconds, Set<string>>> {
    const { store, names } = this.#deps;
    this.#hours.clear();
    const range = rangeOfDate(this.date);
    for (const hour of await store.costsByNamespaceHour(this.#clusterId, range)) this.#put(hour);
    const isOver = range.endSeconds <= nowSeconds;
    for (const { namespaceId } of await store.costsBy('namespace', this.#clusterId, range)) {
      const name = await names.of(namespaceId);
      if (name === null) continue;
      for (const kept of await store.costs(namespaceId, range, 'hour', DAY_SECONDS / HOUR_SECONDS)) {
        const start = startOfDate(kept.date) + (kept.hour ?? 0) * HOUR_SECONDS;
        if (!this.#of(name).has(start)) this.#put(emptyHour(name, start));
        const { teamName, costCenter } = kept;
        if (isOver) this.#settled.set(name, { namespaceId, teamName, costCenter });
      }
    }
    const changed = new Map<EpochSeconds, Set<string>>();
    for (const [name, hours] of this.#hours) for (const start of hours.keys()) add(changed, start, name);
    return changed;
  }

  async #readHours(starts: readonly EpochSeconds[]): Promise<Map<EpochSeconds, Set<string>>> {
    const changed = new Map<EpochSeconds, Set<string>>();
    for (const { startSeconds, endSeconds } of runsOf(starts)) {
      const found = await this.#deps.store.costsByNamespaceHour(this.#clusterId, { startSeconds, endSeconds });
      for (const [name, hours] of this.#hours) {
        for (const start of hours.keys()) {
          if (start < startSeconds || start >= endSeconds) continue;
          hours.set(start, emptyHour(name, start));
          add(changed, start, name);
        }
      }
      for (const hour of found) {
        this.#put(hour);
        add(changed, hour.startSeconds, hour.namespace);
      }
    }
    return changed;
  }

  #put(hour: NamespaceHour): void {
    this.#of(hour.namespace).set(hour.startSeconds, hour);
  }

  #of(name: string): Hours {
    const known = this.#hours.get(name) ?? new Map<EpochSeconds, NamespaceHour>();
    this.#hours.set(name, known);
    return known;
  }
}

function add(to: Map<EpochSeconds, Set<string>>, start: EpochSeconds, name: string): void {
  const names = to.get(start) ?? new Set<string>();
  names.add(name);
  to.set(start, names);
}

/** Hours side by side are one question. */
function runsOf(starts: readonly EpochSeconds[]): { startSeconds: EpochSeconds; endSeconds: EpochSeconds }[] {
  const runs: { startSeconds: EpochSeconds; endSeconds: EpochSeconds }[] = [];
  for (const start of [...starts].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last.endSeconds === start) last.endSeconds = start + HOUR_SECONDS;
    else runs.push({ startSeconds: start, endSeconds: start + HOUR_SECONDS });
  }
  return runs;
}
