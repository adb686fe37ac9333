import type { PueRow } from './schemas.ts';

/** Region of a row that holds for all of a provider. */
const ANY_REGION = '*';

/** Latest PUE of `provider/region`, and of `provider/*`. */
export type PueIndex = ReadonlyMap<string, number>;

export function indexPue(rows: readonly PueRow[]): PueIndex {
  const latest = new Map<string, PueRow>();
  for (const row of rows) {
    const key = `${row.provider}/${row.region_id}`;
    const known = latest.get(key);
    if (known === undefined || known.year < row.year) latest.set(key, row);
  }
  return new Map([...latest].map(([key, row]) => [key, row.pue]));
}

export function pueOfRegion(index: PueIndex, provider: string, regions: readonly string[]): number | null {
  for (const region of regions) {
    const pue = region === ANY_REGION ? undefined : index.get(`${provider}/${region}`);
    if (pue !== undefined) return pue;
  }
  return null;
}

export function pueOfProvider(index: PueIndex, provider: string): number | null {
  return index.get(`${provider}/${ANY_REGION}`) ?? null;
}
