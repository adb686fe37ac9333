import * as z from 'zod';
import { readTable, TextCell } from './read-table.ts';

const NamedZone = z.object({ zone: TextCell, zone_name: TextCell });

/** Names of grid zones for people, by Electricity Maps' key: `SE-SE3` is South Central Sweden. */
export async function loadZoneNames(dataDir: string): Promise<ReadonlyMap<string, string>> {
  const rows = await readTable(dataDir, 'electricity_maps_yearly_ODbL.csv', NamedZone);
  return new Map(rows.map((row) => [row.zone, row.zone_name]));
}
