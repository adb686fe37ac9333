import type { UsageColumn, UsageHours, UsageKey } from '../ports/usage-hours.ts';

/** The lines of one key: from `from` up to, not with, `to`. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

/** Lines by key, in the order of `keys`; a key without lines has an empty stretch. */
export function linesByKey(usage: UsageHours): Lines[] {
  const { keyIndex, keys } = usage;
  const lines = keys.map(() => ({ from: 0, to: 0 }));
  let from = 0;
  while (from < keyIndex.length) {
    const key = keyIndex[from] ?? 0;
    let to = from + 1;
    while (to < keyIndex.length && keyIndex[to] === key) to += 1;
    if (key < lines.length) lines[key] = { from, to };
    from = to;
  }
  return lines;
}

const PEAKS: readonly UsageColumn[] = ['cpuPeakPodMillicores', 'memoryPeakPodBytes'];

/**
 * The hours of one thing as dense columns: entry i belongs to hour i of the range, NaN where there is no data. Several
 * keys of one thing (its team changed) are added up; of peaks the highest counts.
 */
export class HourlyUsage {
  readonly hours: number;
  /** Hours with data. */
  readonly observed: number;
  readonly #usage: UsageHours;
  readonly #lines: readonly Lines[];
  readonly #columns = new Map<UsageColumn, Float64Array>();

  constructor(usage: UsageHours, lines: readonly Lines[], hours: number) {
    this.#usage = usage;
    this.#lines = lines;
    this.hours = hours;
    this.observed = this.column('podCount').reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
  }

  /** Dense values of a column, NaN for a missing hour. */
  column(name: UsageColumn): Float64Array {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    const dense = new Float64Array(this.hours).fill(Number.NaN);
    const values = this.#usage.columns[name];
    const peak = PEAKS.includes(name);
    for (const { from, to } of this.#lines) {
      for (let line = from; line < to; line += 1) {
        const hour = this.#usage.hourIndex[line] ?? -1;
        const value = values[line] ?? Number.NaN;
        const before = dense[hour];
        if (before === undefined) continue;
        if (Number.isNaN(before)) dense[hour] = value;
        else dense[hour] = peak ? Math.max(before, value) : before + value;
      }
    }
    this.#columns.set(name, dense);
    return dense;
  }

  /** Sum over the hours with data; with `where`, of those hours only. */
  sum(name: UsageColumn, where: (hour: number) => boolean = () => true): number {
    let total = 0;
    const values = this.column(name);
    for (let hour = 0; hour < values.length; hour += 1) {
      const value = values[hour] ?? Number.NaN;
      if (!Number.isNaN(value) && where(hour)) total += value;
    }
    return total;
  }

  /** Known values in order of time. */
  known(name: UsageColumn): number[] {
    return Array.from(this.column(name)).filter((value) => !Number.isNaN(value));
  }

  /** For charts: each hour's value times `scale`, null where there is none. */
  series(name: UsageColumn, scale = 1): (number | null)[] {
    return Array.from(this.column(name), (value) => (Number.isNaN(value) ? null : value * scale));
  }
}

/** One thing's lines: its first key and where its hours stand. */
export interface UsageGroup {
  readonly key: UsageKey;
  readonly lines: readonly Lines[];
}

/** Lines grouped by what `idOf` says of their key, in the order of their first key; keys without lines are left out. */
export function groupUsage(usage: UsageHours, idOf: (key: UsageKey) => string): UsageGroup[] {
  const lines = linesByKey(usage);
  const groups = new Map<string, { key: UsageKey; lines: Lines[] }>();
  for (const [index, key] of usage.keys.entries()) {
    const own = lines[index];
    if (own === undefined || own.from === own.to) continue;
    const id = idOf(key);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { key, lines: [own] });
    else group.lines.push(own);
  }
  return [...groups.values()];
}
