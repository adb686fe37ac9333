const GLOBAL = ['cluster', 'last', 'start', 'end', 'tz', 'compare', 'metric'] as const;

/** The part of an address that goes along from page to page; what belongs to one page stays behind. */
export function keptSearch(search: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(GLOBAL.filter((key) => search[key] !== undefined).map((key) => [key, search[key]]));
}
