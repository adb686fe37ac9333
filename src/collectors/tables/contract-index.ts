import type { CfeRow } from './schemas.ts';

/** Latest share of carbon-free energy by region of Google Cloud. */
export type CfeIndex = ReadonlyMap<string, number>;

export function indexCfe(rows: readonly CfeRow[]): CfeIndex {
  const latest = new Map<string, { year: number; share: number }>();
  for (const row of rows) {
    const share = row.google_cfe_fraction;
    if (share === null) continue;
    const known = latest.get(row.region_id);
    if (known === undefined || known.year < row.year) latest.set(row.region_id, { year: row.year, share });
  }
  return new Map([...latest].map(([region, { share }]) => [region, share]));
}
