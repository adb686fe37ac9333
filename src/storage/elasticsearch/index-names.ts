import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import type { IndexFamily, Partition } from './templates/family.ts';
import { FAMILIES } from './templates/index.ts';

const DAY = 86_400;
const MOST_NAMED = 40;

/** Names of the indices of one store; all begin with its prefix. */
export class IndexNames {
  readonly #prefix: string;
  readonly #families: ReadonlyMap<string, IndexFamily>;

  constructor(prefix: string) {
    this.#prefix = prefix;
    this.#families = new Map(FAMILIES.map((family) => [family.name, family]));
  }

  /** The index that a document of an instant belongs to: `podwatt-combined-metrics-2026.11.21`. */
  of(family: string, seconds: EpochSeconds = 0): string {
    const suffix = suffixOf(this.#partition(family), seconds);
    return suffix === '' ? `${this.#prefix}-${family}` : `${this.#prefix}-${family}-${suffix}`;
  }

  /** All indices of a family. */
  all(family: string): string {
    const name = `${this.#prefix}-${family}`;
    return this.#partition(family) === 'none' ? name : `${name}-*`;
  }

  /** The indices of a family that can hold documents of a time; a pattern where that would be a long list. */
  within(family: string, range: TimeRange): string[] {
    const partition = this.#partition(family);
    if (partition === 'none') return [this.of(family)];
    const names = new Set<string>();
    for (let day = Math.floor(range.startSeconds / DAY) * DAY; day < range.endSeconds; day += DAY) {
      names.add(this.of(family, day));
      if (names.size > MOST_NAMED) return [this.all(family)];
    }
    return [...names];
  }

  /** When the time of an index of a family begins and ends; null for names that are not of it. */
  timeOf(family: string, index: string): TimeRange | null {
    const start = `${this.#prefix}-${family}-`;
    if (!index.startsWith(start)) return null;
    const [year, month, day] = index.slice(start.length).split('.').map(Number);
    if (year === undefined || !Number.isInteger(year)) return null;
    const from = Date.UTC(year, (month ?? 1) - 1, day ?? 1) / 1000;
    const partition = this.#partition(family);
    const to = partition === 'day' ? Date.UTC(year, (month ?? 1) - 1, (day ?? 1) + 1) : undefined;
    const end = to ?? (partition === 'month' ? Date.UTC(year, month ?? 1, 1) : Date.UTC(year + 1, 0, 1));
    return { startSeconds: from, endSeconds: end / 1000 };
  }

  /** Fits every index of the store. */
  get pattern(): string {
    return `${this.#prefix}-*`;
  }

  /** Name of the family's index template. */
  template(family: string): string {
    return `${this.#prefix}-${family}`;
  }

  #partition(family: string): Partition {
    const known = this.#families.get(family);
    if (known === undefined) throw new RangeError(`${family} is no index family`);
    return known.partition;
  }
}

function suffixOf(partition: Partition, seconds: EpochSeconds): string {
  const [year = '', month = '', day = ''] = new Date(seconds * 1000).toISOString().slice(0, 10).split('-');
  switch (partition) {
    case 'none':
      return '';
    case 'day':
      return `${year}.${month}.${day}`;
    case 'month':
      return `${year}.${month}`;
    case 'year':
      return year;
  }
}
