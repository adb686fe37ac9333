import type Database from 'better-sqlite3';
import { type EpochSeconds, floorTo, type Window } from '../../model/time.ts';
import { KeySums } from './key-sums.ts';
import { OpenHours } from './open-hours.ts';
import {
  dayFromHours,
  GRAINS,
  hasPeaks,
  hourFromRows,
  hourOntoDay,
  type PutSums,
  putSums,
  type RollupGrain,
} from './rollup-statements.ts';
import { addRow, KEPT, SUMS } from './row-sums.ts';
import { FIRST_NUMBER, type ResolvedRows, SOURCES_VALUE, VALUES_A_ROW } from './row-writer.ts';
import { storedSum } from './stored-sums.ts';

const HOUR = 3600;
const DAY = 86_400;
/** Open hours of a cluster beside the one that is written: collecting and catching up go on at once. */
const OPEN_BESIDE = 1;
/** Keys of all open hours whose sums are kept in memory, some 300 bytes each. */
const MOST_KEPT = 50_000;

const LATE_GRAINS = ['pod', 'workload'] as const;

/** Sums of the windows of an open hour so far. */
interface HourSums {
  readonly pod: KeySums;
  readonly workload: KeySums;
}

/** Sums of an open hour after one of its writings: of no worth once another process has written to it. */
interface Gathered extends HourSums {
  readonly touched: number;
}

/**
 * Hour and day roll-ups. By namespace each window is added at once. By pod and workload an hour is first open, that is
 * listed in `open_hours`, and its sums are gathered in memory; once all its windows are there, or others are worked on,
 * it is written: a twelfth of the work. Answers read the rows of an open hour. What is in memory is only there to save
 * reading the rows again: without it (after a start, or where a window was replaced) the sums come from the rows.
 */
export class RollupWriter {
  readonly #open: OpenHours;
  readonly #gathered = new Map<string, Gathered>();
  readonly #put: Readonly<Record<RollupGrain, { readonly hour: PutSums; readonly day: PutSums }>>;
  readonly #hourFromRows: Readonly<Record<RollupGrain, ReturnType<typeof hourFromRows>>>;
  readonly #hourOntoDay: Readonly<Record<RollupGrain, ReturnType<typeof hourOntoDay>>>;
  readonly #dayFromHours: Readonly<Record<RollupGrain, ReturnType<typeof dayFromHours>>>;

  constructor(database: Database.Database) {
    this.#open = new OpenHours(database);
    this.#put = byGrain((grain) => ({ hour: putSums(database, 'hour', grain), day: putSums(database, 'day', grain) }));
    this.#hourFromRows = byGrain((grain) => hourFromRows(database, grain));
    this.#hourOntoDay = byGrain((grain) => hourOntoDay(database, grain));
    this.#dayFromHours = byGrain((grain) => dayFromHours(database, grain));
  }

  /** What is gathered is no longer what is stored. */
  forget(): void {
    this.#gathered.clear();
  }

  /** A window that had no rows before now has these (or none); it is in the ledger. */
  add(cluster: number, window: Window, rows: ResolvedRows): void {
    const hour = floorTo(window.startSeconds, HOUR);
    if (rows.count > 0) this.#addRows(cluster, hour, window, rows);
    if (this.#open.touchedBy(cluster, hour) === null) return;
    if (this.#open.windowsOf(cluster, hour) * window.durationSeconds === HOUR) this.#compact(cluster, hour);
  }

  /** The rows of a window are others than before. */
  replace(cluster: number, startSeconds: EpochSeconds): void {
    const hour = floorTo(startSeconds, HOUR);
    if (this.#open.touchedBy(cluster, hour) === null) {
      this.recompute(cluster, hour);
    } else {
      this.#open.touch(cluster, hour);
      this.#gathered.delete(nameOf(cluster, hour));
      this.#recomputeGrains(['namespace'], cluster, hour);
    }
  }

  /** Sums an hour afresh from its rows, and its day from the hours; it is then no longer open. */
  recompute(cluster: number, startSeconds: EpochSeconds): void {
    const hour = floorTo(startSeconds, HOUR);
    this.#gathered.delete(nameOf(cluster, hour));
    this.#open.close(cluster, hour);
    this.#recomputeGrains(GRAINS, cluster, hour);
  }

  /** Writes one open hour that ended at or before an instant; false if there is none. */
  compactOne(nowSeconds: EpochSeconds): boolean {
    const found = this.#open.startedBefore(nowSeconds - HOUR + 1);
    if (found !== undefined) this.#compact(found.clusterKey, found.startSeconds);
    return found !== undefined;
  }

  #addRows(cluster: number, hour: EpochSeconds, window: Window, rows: ResolvedRows): void {
    const sums = { pod: new KeySums(), workload: new KeySums(), namespace: new KeySums() };
    const isOpen = this.#open.touchedBy(cluster, hour) !== null;
    // Only an hour whose every window was seen is gathered on.
    const isFirst = !isOpen && !this.#open.hasOtherRows(cluster, hour, window.startSeconds);
    const late: HourSums | undefined = isOpen ? this.#gatheredOf(cluster, hour) : sums;
    sumRows(rows, window.durationSeconds, late, sums.namespace);
    this.#putAll('namespace', cluster, hour, sums.namespace);
    if (isOpen || (isFirst && window.durationSeconds < HOUR)) {
      const touched = this.#open.touch(cluster, hour);
      if (late !== undefined) this.#gathered.set(nameOf(cluster, hour), { ...late, touched });
      this.#limit(cluster, hour);
    } else {
      for (const grain of LATE_GRAINS) {
        if (isFirst) this.#putFirst(grain, cluster, hour, sums[grain]);
        else this.#putAll(grain, cluster, hour, sums[grain]);
      }
    }
  }

  /** The hour had no sums: they go on to the day inside the store, which takes half as long as handing them in again. */
  #putFirst(grain: RollupGrain, cluster: number, hour: EpochSeconds, sums: KeySums): void {
    this.#putHour(grain, cluster, hour, sums);
    this.#hourOntoDay[grain](cluster, hour, floorTo(hour, DAY));
  }

  #gatheredOf(cluster: number, hour: EpochSeconds): HourSums | undefined {
    const found = this.#gathered.get(nameOf(cluster, hour));
    return found?.touched === this.#open.touchedBy(cluster, hour) ? found : undefined;
  }

  #recomputeGrains(grains: readonly RollupGrain[], cluster: number, hour: EpochSeconds): void {
    for (const grain of grains) {
      this.#hourFromRows[grain](cluster, hour);
      this.#dayFromHours[grain](cluster, floorTo(hour, DAY));
    }
  }

  #putAll(grain: RollupGrain, cluster: number, hour: EpochSeconds, sums: KeySums): void {
    this.#putHour(grain, cluster, hour, sums);
    this.#putOnto(this.#put[grain].day, cluster, floorTo(hour, DAY), sums, SUMS);
  }

  #putHour(grain: RollupGrain, cluster: number, hour: EpochSeconds, sums: KeySums): void {
    this.#putOnto(this.#put[grain].hour, cluster, hour, sums, hasPeaks('hour', grain) ? KEPT : SUMS);
  }

  /** `figures`: of each key the sums, or the sums and the peaks. */
  #putOnto(statement: PutSums, cluster: number, startSeconds: EpochSeconds, sums: KeySums, figures: number): void {
    const line: (number | null)[] = [cluster, startSeconds];
    for (const key of sums.inOrder()) {
      const place = sums.placeOf(key);
      line[2] = key;
      for (let index = 0; index < figures; index += 1) line[3 + index] = storedSum(sums.buffer, place, index);
      statement.run(...line);
    }
  }

  #compact(cluster: number, hour: EpochSeconds): void {
    const sums = this.#gatheredOf(cluster, hour);
    for (const grain of LATE_GRAINS) {
      if (sums === undefined) {
        this.#hourFromRows[grain](cluster, hour);
        this.#hourOntoDay[grain](cluster, hour, floorTo(hour, DAY));
      } else {
        this.#putFirst(grain, cluster, hour, sums[grain]);
      }
    }
    this.#gathered.delete(nameOf(cluster, hour));
    this.#open.close(cluster, hour);
  }

  #limit(cluster: number, hour: EpochSeconds): void {
    const other = this.#open.tooMany(cluster, hour, OPEN_BESIDE);
    if (other !== undefined) this.#compact(cluster, other);
    let kept = 0;
    for (const { pod, workload } of this.#gathered.values()) kept += pod.size + workload.size;
    if (kept > MOST_KEPT) this.forget();
  }
}

function sumRows(rows: ResolvedRows, durationSeconds: number, late: HourSums | undefined, namespaces: KeySums): void {
  const one = new Float64Array(KEPT);
  const { values } = rows;
  rows.keys.forEach(({ pod, workload, namespace, kind }, index) => {
    const at = index * VALUES_A_ROW;
    one.fill(0);
    addRow(one, 0, values, at + FIRST_NUMBER, { kind, sources: values[at + SOURCES_VALUE] ?? 0, durationSeconds });
    namespaces.addAll(namespace, one, 0);
    late?.pod.addAll(pod, one, 0);
    late?.workload.addAll(workload, one, 0);
  });
}

function byGrain<Value>(make: (grain: RollupGrain) => Value): Readonly<Record<RollupGrain, Value>> {
  return { pod: make('pod'), workload: make('workload'), namespace: make('namespace') };
}

function nameOf(cluster: number, hour: EpochSeconds): string {
  return `${cluster} ${hour}`;
}
