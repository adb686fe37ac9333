import type { estypes } from '@elastic/elasticsearch';

type Property = estypes.MappingProperty;

/** A name that is searched, grouped by and shown. Longer ones than Lucene takes are kept in `_source` only. */
export const keyword: Property = { type: 'keyword', ignore_above: 8000 };

/** A name that is grouped by and shown, and rarely searched: searching it works, but reads all values of the time asked. */
export const unindexedKeyword: Property = { type: 'keyword', ignore_above: 8000, index: false };

/** Text that is shown and never searched, of any length. */
export const unindexedText: Property = { type: 'keyword', index: false, doc_values: false };

/** A figure: added up and sorted by, not searched by, so it needs no index of its own. */
export const figure: Property = { type: 'double', index: false };

/** A whole number that is shown and added up. */
export const whole: Property = { type: 'long', index: false };

/** ISO-8601 with seconds, UTC: `2026-11-21T10:05:00Z`. Questions may also give seconds since the epoch. */
export const instant: Property = { type: 'date', format: 'strict_date_time_no_millis||epoch_second' };

export const yesOrNo: Property = { type: 'boolean' };

/** Anything that is shown as it came and not searched. */
export const unindexedObject: Property = { type: 'object', enabled: false };

/** The same property for each of these names. */
export function each(names: readonly string[], property: Property): Record<string, Property> {
  return Object.fromEntries(names.map((name) => [name, property]));
}
