import { SUM_COLUMNS } from '../sql/sums.ts';

// Roll-ups here leave out market-based grams that are the location-based ones. Without contracts that is every line, and
// null takes one byte where a figure takes nine. `rollupExpressions` fills them in for whoever reads.
const MARKET = 'co2e_market_grams';
const LOCATION = 'co2e_grams';
const MARKET_PLACE = SUM_COLUMNS.findIndex(({ column }) => column === MARKET);
const LOCATION_PLACE = SUM_COLUMNS.findIndex(({ column }) => column === LOCATION);

const marketOf = (line: string): string => `COALESCE(${line}.${MARKET}, ${line}.${LOCATION})`;

/** What a roll-up keeps of one sum: of those that start at `sums[at]`, in the order of SUM_COLUMNS. */
export function storedSum(sums: Float64Array, at: number, place: number): number | null {
  const value = sums[at + place] ?? 0;
  return place === MARKET_PLACE && value === sums[at + LOCATION_PLACE] ? null : value;
}

/** Every sum of rows `r` with keys `k`, as a roll-up keeps it. */
export function storedRowSums(): string {
  return SUM_COLUMNS.map(({ column, ofRow }) =>
    column === MARKET ? `NULLIF(SUM(${ofRow}), SUM(r.${LOCATION}))` : `SUM(${ofRow})`,
  ).join(', ');
}

/** Every sum of lines `r` of a finer roll-up, as a coarser one keeps it. */
export function storedLineSums(): string {
  return SUM_COLUMNS.map(({ column }) =>
    column === MARKET ? `NULLIF(SUM(${marketOf('r')}), SUM(r.${LOCATION}))` : `SUM(r.${column})`,
  ).join(', ');
}

/** `column = what line t and the excluded one are together`, for every sum. */
export const ADDED_SUMS: string = SUM_COLUMNS.map(({ column }) =>
  column === MARKET
    ? `${MARKET} = NULLIF(${marketOf('t')} + ${marketOf('excluded')}, t.${LOCATION} + excluded.${LOCATION})`
    : `${column} = t.${column} + excluded.${column}`,
).join(', ');
