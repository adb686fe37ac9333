import type { estypes } from '@elastic/elasticsearch';

/** How often a family starts a new index; `none`: it is one index, named without a date. */
export type Partition = 'none' | 'day' | 'month' | 'year';

/** One published table as an index family: its indices are `<prefix>-<name>` or `<prefix>-<name>-<date>`. */
export interface IndexFamily {
  /** The table's name with dashes: `combined-metrics`. */
  readonly name: string;
  readonly partition: Partition;
  /** Explicit mappings; what is not named here is refused (`dynamic: strict`). */
  readonly properties: Readonly<Record<string, estypes.MappingProperty>>;
  /** Fields that are only added up, never shown: kept as doc values and left out of `_source`. */
  readonly sumOnly?: readonly string[];
}
